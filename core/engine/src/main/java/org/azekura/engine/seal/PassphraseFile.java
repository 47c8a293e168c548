package org.azekura.engine.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.azekura.api.BackupException;

/**
 * A secret that travels as a file, closed with a passphrase: a line that says what it is, a line with how the passphrase makes the key, as {@link Protection}
 * writes it, then the content, sealed (AES-256-GCM; the second line is bound to it).
 *
 * @param kind what is in it, like {@code azekura-twin 1}; no line break is in it
 */
public record PassphraseFile(String kind) {

    private static final int LONGEST_LINE = 200;

    /** @param passphrase not empty */
    public byte[] close(byte[] content, char[] passphrase) {
        Protection protection = Protection.Argon2id.usual(new SecureRandom());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes((kind + "\n" + protection.text() + "\n").getBytes(StandardCharsets.UTF_8));
        file.writeBytes(protection.close(content, passphrase));
        return file.toByteArray();
    }

    /** @throws BackupException {@code key.passphrase}; {@code file.foreign} if it is another file, or damaged before its content */
    public byte[] open(byte[] file, char[] passphrase) throws BackupException {
        int first = lineEnd(file, 0);
        int second = lineEnd(file, first + 1);
        if (!kind.equals(text(file, 0, first))) {
            throw foreign();
        }
        return protection(text(file, first + 1, second)).open(Arrays.copyOfRange(file, second + 1, file.length), passphrase);
    }

    /** One that is not protected was not made here. */
    private Protection protection(String text) throws BackupException {
        try {
            return switch (Protection.parse(text)) {
                case Protection.None none -> throw foreign();
                case Protection.Argon2id known -> known;
            };
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private int lineEnd(byte[] file, int from) throws BackupException {
        for (int i = from; i < Math.min(file.length, from + LONGEST_LINE); i++) {
            if (file[i] == '\n') {
                return i;
            }
        }
        throw foreign();
    }

    private static String text(byte[] file, int from, int to) {
        return new String(file, from, to - from, StandardCharsets.UTF_8);
    }

    private BackupException foreign() {
        return BackupException.operator("file.foreign", "", "this is no file of the kind \"" + kind + "\"");
    }
}
