package org.azekura.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Words that nobody guesses. */
record Secrets(RandomGenerator random) {

    private static final int BYTES = 32;
    /** What programs that look for leaked secrets know ours by. */
    private static final String TOKEN = "azk_";
    /** Without those that are read for each other. */
    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP = 5;

    /** 256 bits. */
    byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The same, for programs. */
    String word() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    String token() {
        return TOKEN + word();
    }

    /** 98 bits, to be read and typed. */
    String password() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** What a secret of ours is kept as: it is long enough that nothing slow is needed. */
    static byte[] hash(String secret) {
        return sha256().digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** In a time that does not depend on where they differ. */
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
