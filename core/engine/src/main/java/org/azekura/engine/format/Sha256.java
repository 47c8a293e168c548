package org.azekura.engine.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which forms say what they are. */
public final class Sha256 {

    /** Of the hash. */
    public static final int BYTES = 32;

    private Sha256() {}

    /** One that has seen nothing yet. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** The hash of all of these bytes. */
    public static byte[] of(byte[] bytes) {
        return begin().digest(bytes);
    }
}
