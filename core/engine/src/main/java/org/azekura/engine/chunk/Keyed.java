package org.azekura.engine.chunk;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under one key. Thread-safe: every use has its own clone, which costs less than a look-up of the algorithm. */
final class Keyed {

    private final Mac fresh;

    Keyed(byte[] key) {
        try {
            fresh = Mac.getInstance("HmacSHA256");
            fresh.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    Mac mac() {
        try {
            return (Mac) fresh.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the HmacSHA256 of this Java cannot be cloned", e);
        }
    }
}
