package org.azekura.rest.peer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;

/**
 * How one server makes sure that it has reached another one of the same catalog, whoever signed that one's certificate: it asks by a word that only such
 * a server reads, and is told, for that word alone, by which certificate the other is known. Who stands between shows another certificate.
 */
final class Introduction {

    static final String QUESTION = "X-Azekura-Question";
    static final String ANSWER = "X-Azekura-Answer";

    private static final int WORD = 16;

    private final Seal seal;
    private final byte[] word = new byte[WORD];

    Introduction(Seal seal) {
        this.seal = seal;
        new SecureRandom().nextBytes(word);
    }

    String question() {
        return seal.seal(word, "peer question");
    }

    /** @throws BackupException if no server of this catalog asks */
    static String answer(Seal seal, String question, String fingerprint) throws BackupException {
        return seal.seal(fingerprint.getBytes(StandardCharsets.US_ASCII), answerTo(seal.open(question, "peer question")));
    }

    /** @throws BackupException if no server of this catalog answers */
    String fingerprint(String answer) throws BackupException {
        return new String(seal.open(answer, answerTo(word)), StandardCharsets.US_ASCII);
    }

    private static String answerTo(byte[] word) {
        return "peer answer to " + HexFormat.of().formatHex(word);
    }
}
