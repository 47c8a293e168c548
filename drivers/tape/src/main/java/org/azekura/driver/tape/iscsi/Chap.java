package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * How both sides prove in a login that they know a secret without telling it (RFC 7143, 12.1; RFC 1994): one gives a number and random bytes, the other the hash of
 * number, secret and bytes. SHA3-256 (8) is offered before MD5 (5), which is what older targets have. SHA-256 (7) is not: tgtd takes 7 for SHA-1.
 */
final class Chap {

    private static final Map<String, String> ALGORITHMS = Map.of("8", "SHA3-256", "5", "MD5");
    private static final String OFFERED = "8,5";
    private static final int MOST_CHALLENGE = 1024;
    private static final int OUR_CHALLENGE = 32;
    private static final int MOST_NUMBER = 255;

    private final ChapAccount account;
    private final byte[] challenge = new byte[OUR_CHALLENGE];
    private final int number;
    private String algorithm;
    private boolean answered;
    private boolean proven;

    Chap(ChapAccount account, SecureRandom random) {
        this.account = account;
        random.nextBytes(challenge);
        number = random.nextInt(MOST_NUMBER + 1);
    }

    /** The ways in which we would let ourselves, and perhaps the target, be tried. */
    String methods() {
        return account.isMutual() ? "CHAP" : "CHAP,None";
    }

    /** Whether we have said all there is to say. */
    boolean isAnswered() {
        return answered;
    }

    /** What to say to what the target has said just now. */
    Text reply(Map<String, String> said) throws IOException {
        if (algorithm == null && !said.containsKey("CHAP_A")) {
            return new Text().put("CHAP_A", OFFERED);
        }
        if (!answered) {
            return answer(said);
        }
        check(said);
        return new Text();
    }

    private Text answer(Map<String, String> said) throws IOException {
        algorithm = ALGORITHMS.get(said.getOrDefault("CHAP_A", ""));
        if (algorithm == null) {
            throw new ProtocolException("the target wants the hash " + said.get("CHAP_A") + " for CHAP, and was offered " + OFFERED);
        }
        byte[] theirs = bytes("CHAP_C", said);
        if (Arrays.equals(theirs, challenge)) {
            throw new ProtocolException("the target asks what it was asked itself");
        }
        Text answer = new Text().put("CHAP_N", account.user()).put("CHAP_R", "0x" + HexFormat.of().formatHex(hash(number(said), account.secret(), theirs)));
        if (account.isMutual()) {
            answer.put("CHAP_I", Integer.toString(number)).put("CHAP_C", "0x" + HexFormat.of().formatHex(challenge));
        }
        answered = true;
        return answer;
    }

    private void check(Map<String, String> said) throws IOException {
        if (!account.isMutual() || !said.containsKey("CHAP_R")) {
            return;
        }
        proven = account.targetUser().equals(said.get("CHAP_N"))
                && MessageDigest.isEqual(hash(number, account.targetSecret(), challenge), bytes("CHAP_R", said));
    }

    /** @throws IOException if the target has not proven who it is, and was to */
    void requireProof() throws IOException {
        if (account.isMutual() && !proven) {
            throw new IOException("the target has not proven that it is " + account.targetUser() + ", or has another secret than targetSecret of chapFile; nothing was sent to it");
        }
    }

    private byte[] hash(int id, String secret, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update((byte) id);
            digest.update(secret.getBytes(StandardCharsets.US_ASCII));
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    private static int number(Map<String, String> said) throws ProtocolException {
        try {
            int value = Integer.decode(said.getOrDefault("CHAP_I", ""));
            if (value >= 0 && value <= MOST_NUMBER) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProtocolException("the target says CHAP_I=" + said.get("CHAP_I") + ", expected 0 to " + MOST_NUMBER);
    }

    /** Written as 0x and digits, or 0b and base 64. */
    private static byte[] bytes(String key, Map<String, String> said) throws ProtocolException {
        String text = said.getOrDefault(key, "");
        try {
            String form = text.length() < 2 ? "" : text.substring(0, 2).toLowerCase(Locale.ROOT);
            byte[] value = switch (form) {
                case "0x" -> HexFormat.of().parseHex(text, 2, text.length());
                case "0b" -> Base64.getDecoder().decode(text.substring(2));
                default -> new byte[0];
            };
            if (value.length >= 1 && value.length <= MOST_CHALLENGE) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ProtocolException("the target's " + key + " is not 1 to " + MOST_CHALLENGE + " bytes, written as 0x... or 0b...");
    }
}
