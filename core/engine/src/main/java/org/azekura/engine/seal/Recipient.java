package org.azekura.engine.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.azekura.api.BackupException;
import org.azekura.engine.format.FormatVersion;

/**
 * Somebody who can open key rings made for him: a public key and what people call it.
 *
 * <pre>
 * AZEKURA PUBLIC KEY VERSION          decimal
 * (empty line, text for people, empty line)
 * name: TEXT
 * key id: 16 hexadecimal digits
 * public key: base64                  76 characters a line, further lines begin with one space
 * checksum: 16 hexadecimal digits     as in {@link RecoveryFile}
 * </pre>
 *
 * @param name      1 to {@value #MAX_NAME_BYTES} bytes of UTF-8 without control characters, not blank at its ends
 * @param publicKey an X-Wing public key; whether it is one shows when something is closed with it
 */
public record Recipient(String name, byte[] publicKey) {

    /** No name has more bytes. */
    public static final int MAX_NAME_BYTES = 63;

    private static final int VERSION = FormatVersion.FIRST;
    private static final String TITLE = "AZEKURA PUBLIC KEY";
    private static final String CORRUPT = "publickey.corrupt";
    private static final int MAX_CHARS = 8192;

    /** @throws IllegalArgumentException saying what is wrong with the name or the length of the key */
    public Recipient {
        if (name.isEmpty() || !name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("the name of a recipient is one line of 1 to " + MAX_NAME_BYTES + " bytes, like \"Ann's safe\"");
        }
        if (publicKey.length != XWing.PUBLIC_BYTES) {
            throw new IllegalArgumentException("a recipient's public key has " + XWing.PUBLIC_BYTES + " bytes, not " + publicKey.length);
        }
        publicKey = publicKey.clone();
    }

    /** Whoever has this key. */
    public static Recipient of(String name, RecipientKey key) {
        return new Recipient(name, key.publicKey());
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The id of the key: 16 hexadecimal digits. */
    public String id() {
        return RecipientKey.id(publicKey);
    }

    /** As a file that may be shown to anybody. */
    public String text() {
        return KeyText.sealed("""
                %s

                This is no secret. Who makes or changes a pool with it lets the holder of the key read the pool:
                    azekura pool create NAME ... --sealed --recipient THIS-FILE
                    azekura key recipient add --pool NAME THIS-FILE

                name: %s
                key id: %s
                public key: %s
                """.formatted(TITLE + " " + VERSION, name, id(), KeyText.base64(publicKey)));
    }

    /** @throws BackupException {@code publickey.corrupt} if this is no public key file or not as it was made */
    public static Recipient parse(String text) throws BackupException {
        KeyText lines = KeyText.open(text, TITLE, VERSION, MAX_CHARS, CORRUPT, "public key file");
        Recipient recipient;
        try {
            recipient = new Recipient(lines.value("name"), Base64.getMimeDecoder().decode(lines.value("public key")));
        } catch (IllegalArgumentException e) {
            throw lines.corrupt(e.getMessage());
        }
        if (!recipient.id().equals(lines.value("key id"))) {
            throw lines.corrupt("its key has the id " + recipient.id() + ", expected " + lines.value("key id"));
        }
        return recipient;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recipient r && name.equals(r.name) && Arrays.equals(publicKey, r.publicKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return name + " (" + id() + ")";
    }
}
