package org.azekura.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * A code by which a host joins: a clear part by which the server finds it, and 125 bits of secret. In Crockford's base 32, read in either
 * case; O is read as 0, I and L as 1, hyphens and spaces are nothing.
 *
 * @param id     4 digits
 * @param secret 25 digits; never logged and never sent
 */
public record JoinCode(String id, String secret) {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int ID = 4;
    private static final int GROUP = 5;
    private static final int SECRET = 25;

    /** A new one. */
    public static JoinCode random(SecureRandom random) {
        return new JoinCode(digits(random, ID), digits(random, SECRET));
    }

    private static String digits(SecureRandom random, int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return digits.toString();
    }

    /** @throws IllegalArgumentException without what was given: that may be nearly a secret */
    public static JoinCode parse(String text) {
        String digits = text.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "").replace('O', '0').replace('I', '1').replace('L', '1');
        if (digits.length() != ID + SECRET || !isDigits(digits)) {
            throw new IllegalArgumentException("a code has " + (ID + SECRET) + " letters and digits, in six groups like"
                    + " 7K2M-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX");
        }
        return new JoinCode(digits.substring(0, ID), digits.substring(ID));
    }

    /** Whether it has no other signs than an id has. */
    static boolean isDigits(String text) {
        return text.chars().allMatch(sign -> DIGITS.indexOf(sign) >= 0);
    }

    /** As people read and type it. */
    public String text() {
        StringBuilder text = new StringBuilder(id);
        for (int i = 0; i < SECRET; i += GROUP) {
            text.append('-').append(secret, i, i + GROUP);
        }
        return text.toString();
    }

    /** What both sides prove that they know. The code can't be had from it. */
    public byte[] key() {
        return SignedText.mac(secret.getBytes(StandardCharsets.US_ASCII), SignedText.of("azekura join code 1", id));
    }

    @Override
    public String toString() {
        return "code " + id;
    }
}
