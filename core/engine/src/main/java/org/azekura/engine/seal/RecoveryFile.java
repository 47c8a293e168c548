package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;

/**
 * What opens a pool when nothing else is left: a recipient key and the key ring as it was when the file was made. Packs of later epochs need
 * the later ring, which lies on every volume; the key stays the same.
 *
 * <pre>
 * AZEKURA RECOVERY FILE 0
 * (empty line, text for people, empty line)
 * pool: NAME
 * key id: 16 hexadecimal digits
 * protection: none                    the key stands here as it is; other words are for later versions
 * key: 8 groups of 8 hexadecimal digits
 * key ring: base64                    76 characters a line, further lines begin with one space
 * checksum: 16 hexadecimal digits     first 8 bytes of SHA-256 of all lines before, with LF line ends
 * </pre>
 *
 * <p>Line ends may be CR LF and empty lines and spaces at line ends may come or go: the checksum is over the lines without them.
 */
public record RecoveryFile(PoolName pool, RecipientKey key, byte[] keyRing) {

    private static final String TITLE = "AZEKURA RECOVERY FILE 0";
    private static final String UNPROTECTED = "none";
    private static final int GROUP = 8;

    /** A ring of the greatest size and the text around it fit. */
    static final int MAX_CHARS = 2 * KeyRing.MAX_BYTES;

    public RecoveryFile {
        keyRing = keyRing.clone();
    }

    @Override
    public byte[] keyRing() {
        return keyRing.clone();
    }

    /** The file's content. It is a secret: whoever reads it and has the volumes reads everything. */
    public String text() {
        String lines = """
                %s

                This file opens every backup of the pool "%s". Whoever has it and a volume of the pool can
                read everything that was ever saved there. Keep it secret, apart from the backups, and in
                more than one place: without it, and without the appliance, the backups cannot be read.

                To read backups without the appliance:    azekura extract --key THIS-FILE ...
                To bring the pool to a new appliance:     azekura key import THIS-FILE

                pool: %s
                key id: %s
                protection: %s
                key: %s
                key ring: %s
                """.formatted(TITLE, pool, pool, key.id(), UNPROTECTED, grouped(HexFormat.of().formatHex(key.seed())), wrapped(keyRing));
        return lines + "checksum: " + checksum(lines) + "\n";
    }

    private static String grouped(String hex) {
        return String.join(" ", hex.split("(?<=\\G.{" + GROUP + "})"));
    }

    private static String wrapped(byte[] bytes) {
        return Base64.getMimeEncoder(76, "\n ".getBytes(US_ASCII)).encodeToString(bytes);
    }

    private static String checksum(String lines) {
        StringBuilder counted = new StringBuilder();
        lines.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).forEach(line -> counted.append(line).append('\n'));
        return HexFormat.of().formatHex(SealedKey.sha256(counted.toString().getBytes(UTF_8)), 0, 8);
    }

    /** @throws BackupException {@code recovery.corrupt} if this is no recovery file or not as it was made */
    public static RecoveryFile parse(String text) throws BackupException {
        if (text.length() > MAX_CHARS || !text.stripLeading().startsWith(TITLE)) {
            throw corrupt("it does not begin with \"" + TITLE + "\"");
        }
        int end = text.lastIndexOf("\nchecksum: ") + 1;
        if (end == 0) {
            throw corrupt("its last line, \"checksum: ...\", is missing");
        }
        String found = value(text.substring(end), "checksum");
        String expected = checksum(text.substring(0, end));
        if (!found.equals(expected)) {
            throw corrupt("checksum " + found + ", expected " + expected + ": it was changed or copied wrongly");
        }
        return read(text.substring(0, end));
    }

    private static RecoveryFile read(String lines) throws BackupException {
        String protection = value(lines, "protection");
        if (!protection.equals(UNPROTECTED)) {
            throw corrupt("its key is protected by \"" + protection + "\", which this program does not know");
        }
        RecoveryFile file;
        try {
            byte[] seed = HexFormat.of().parseHex(value(lines, "key").replace(" ", ""));
            byte[] ring = Base64.getMimeDecoder().decode(value(lines, "key ring"));
            file = new RecoveryFile(new PoolName(value(lines, "pool")), new RecipientKey(seed), ring);
        } catch (IllegalArgumentException e) {
            throw corrupt(e.getMessage());
        }
        String id = value(lines, "key id");
        if (!file.key().id().equals(id)) {
            throw corrupt("its key has the id " + file.key().id() + ", expected " + id);
        }
        return file;
    }

    /** What stands behind the first such name at the beginning of a line, with the lines behind it that begin with a space. */
    private static String value(String lines, String name) throws BackupException {
        StringBuilder value = null;
        for (String line : lines.split("\\R")) {
            if (value == null && line.startsWith(name + ": ")) {
                value = new StringBuilder(line.substring(name.length() + 2));
            } else if (value != null && line.startsWith(" ")) {
                value.append(line, 1, line.length());
            } else if (value != null) {
                break;
            }
        }
        if (value == null) {
            throw corrupt("its line \"" + name + ": ...\" is missing");
        }
        return value.toString().strip();
    }

    private static BackupException corrupt(String what) {
        return BackupException.corrupt("recovery.corrupt", "", "recovery file: " + what);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryFile f && pool.equals(f.pool) && key.equals(f.key) && Arrays.equals(keyRing, f.keyRing);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "recovery file of pool " + pool + ", key " + key.id();
    }
}
