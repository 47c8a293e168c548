package org.azekura.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Knows the token by its hash and compares in a time that does not depend on where two tokens differ. */
final class Access {

    private final byte[] expected;

    Access(String token) {
        expected = hash(token);
    }

    /** @param header of the name {@code Authorization}, null if there is none */
    boolean grants(String header) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        return MessageDigest.isEqual(expected, hash(header.substring(7).strip()));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
