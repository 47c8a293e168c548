package org.azekura.client.collect;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of small files. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
