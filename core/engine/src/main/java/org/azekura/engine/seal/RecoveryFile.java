package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.format.FormatVersion;

/**
 * A recipient key on paper or in a file: what opens a pool when nothing else is left. A pool's file also has the key ring as it was when the
 * file was made. Packs of later epochs need the later ring, which lies on every volume; the key stays the same.
 *
 * <pre>
 * AZEKURA RECOVERY FILE VERSION       decimal
 * (empty line, text for people, empty line)
 * pool: NAME                          not in an owner's key, which may open several pools
 * pool mark: 16 hexadecimal digits    {@link PoolKeys#mark}; not in an owner's key
 * key id: 16 hexadecimal digits
 * protection: PROTECTION
 * key: groups of 8 hexadecimal digits  8 groups a line, further lines begin with one space
 * key ring: base64                    76 characters a line, further lines begin with one space; not on a sheet, not in an owner's key
 * checksum: 16 hexadecimal digits     first 8 bytes of SHA-256 of all lines before, from the title on, with LF line ends
 *
 * PROTECTION = none                   the key is the 32 bytes of its seed
 *            | argon2id m=KIB t=PASSES p=LANES salt=32 hexadecimal digits
 *                                     the key is gcm(argon2id(passphrase in UTF-8, NFC), 12 zero bytes, PROTECTION, seed), 48 bytes;
 *                                     argon2id (RFC 9106, version 0x13) gives 32 bytes, without secret and associated data
 * </pre>
 *
 * <p>Line ends may be CR LF and empty lines and spaces at line ends may come or go: the checksum is over the lines without them.
 * A further line is put behind the one before without the space it begins with. The first line of a name counts; lines of other names are passed over:
 * the text for people is such lines. The seed is that of an X-Wing key; see the package for it, {@code gcm} and the key's id.
 *
 * <p>The <b>sheet</b> for a safe has the same lines without text for people and without the ring, so that they fit a QR code: it holds exactly the
 * bytes of these lines, LF behind each. What a scanner gives is a recovery file.
 */
public final class RecoveryFile {

    private static final int VERSION = FormatVersion.FIRST;
    private static final String TITLE = "AZEKURA RECOVERY FILE";
    private static final String CORRUPT = "recovery.corrupt";

    /** A ring of the greatest size and the text around it fit. */
    public static final int MAX_CHARS = 2 * KeyRing.MAX_BYTES;

    private final PoolName pool;
    private final String mark;
    private final String keyId;
    private final Protection protection;
    private final byte[] closed;
    private final byte[] keyRing;

    private RecoveryFile(PoolName pool, String mark, String keyId, Protection protection, byte[] closed, byte[] keyRing) {
        this.pool = pool;
        this.mark = mark;
        this.keyId = keyId;
        this.protection = protection;
        this.closed = closed;
        this.keyRing = keyRing;
    }

    /**
     * That of a pool, not protected.
     *
     * @throws BackupException {@code key.wrong} if the key does not open the ring, {@code keyring.corrupt}
     */
    public static RecoveryFile of(PoolName pool, RecipientKey key, KeyRing ring) throws BackupException {
        return new RecoveryFile(pool, ring.unlock(key).mark(), key.id(), new Protection.None(), key.seed(), ring.encoded());
    }

    /** That of somebody who is, or will be, a recipient of pools; not protected. */
    public static RecoveryFile owner(RecipientKey key) {
        return new RecoveryFile(null, null, key.id(), new Protection.None(), key.seed(), null);
    }

    /** The same, closed with a passphrase. Takes about half a second and 64 MiB. */
    public RecoveryFile protectedBy(char[] passphrase) {
        return protectedBy(passphrase, Protection.Argon2id.usual(new SecureRandom()));
    }

    RecoveryFile protectedBy(char[] passphrase, Protection by) {
        if (isProtected()) {
            throw new IllegalStateException("the key is protected already");
        }
        return new RecoveryFile(pool, mark, keyId, by, by.close(closed, passphrase), keyRing);
    }

    /** The pool it was made for, null in an owner's key. */
    public PoolName pool() {
        return pool;
    }

    /** The mark of that pool, null in an owner's key. */
    public String mark() {
        return mark;
    }

    public String keyId() {
        return keyId;
    }

    /** Whether it takes a passphrase. */
    public boolean isProtected() {
        return !(protection instanceof Protection.None);
    }

    /** The key ring as it was, null if there is none in it. */
    public byte[] keyRing() {
        return keyRing == null ? null : keyRing.clone();
    }

    /**
     * The key. Takes about half a second and 64 MiB (or what the file says, at most 1 GiB) if it is protected.
     *
     * @param passphrase null if there is none
     * @throws BackupException {@code key.passphrase} if the passphrase is missing or wrong, {@code recovery.corrupt} if it opens another key
     */
    public RecipientKey key(char[] passphrase) throws BackupException {
        RecipientKey key = new RecipientKey(protection.open(closed, passphrase));
        if (!key.id().equals(keyId)) {
            throw BackupException.operator(CORRUPT, "", "recovery file: its key has the id " + key.id() + ", expected " + keyId);
        }
        return key;
    }

    /**
     * The same, not protected: for an appliance that shall use the key.
     *
     * @param key what {@link #key} gave
     * @throws BackupException {@code key.wrong} if it is another key
     */
    public RecoveryFile opened(RecipientKey key) throws BackupException {
        if (!key.id().equals(keyId)) {
            throw BackupException.operator("key.wrong", key.id(), "the recovery file is of key " + keyId + ", not " + key.id());
        }
        return new RecoveryFile(pool, mark, keyId, new Protection.None(), key.seed(), keyRing);
    }

    /**
     * The file's content. Unless it is protected it is a secret: whoever reads it and has the volumes reads everything. Protected, it is as
     * good as its passphrase.
     */
    public String text() {
        String what = pool == null ? """
                This file opens every backup of the pools that were made, or changed, for its public key. Whoever has
                it and a volume of such a pool can read everything that was ever saved there."""
                : """
                This file opens every backup of the pool "%s". Whoever has it and a volume of the pool can
                read everything that was ever saved there.""".formatted(pool);
        String lines = """
                %s

                %s Keep it secret, apart from the backups, and in
                more than one place: without it, and without the appliance, the backups cannot be read.%s

                To read backups without the appliance:    azekura extract --key THIS-FILE ...
                To bring the key to an appliance:         azekura key import THIS-FILE

                """.formatted(TITLE + " " + VERSION, what, isProtected() ? "\nIt is of use only with its passphrase." : "");
        String ring = keyRing == null ? "" : "key ring: " + KeyText.base64(keyRing) + "\n";
        return KeyText.sealed(lines + keyLines() + ring);
    }

    /** The lines of a sheet: a recovery file without text for people and without the ring. As secret as the file. */
    public String sheetLines() {
        return KeyText.sealed(TITLE + " " + VERSION + "\n" + keyLines());
    }

    private String keyLines() {
        String whose = pool == null ? "" : "pool: " + pool + "\npool mark: " + mark + "\n";
        return whose + "key id: " + keyId + "\nprotection: " + protection.text() + "\nkey: " + KeyText.grouped(closed) + "\n";
    }

    /** @throws BackupException {@code recovery.corrupt} if this is no recovery file or not as it was made */
    public static RecoveryFile parse(String text) throws BackupException {
        KeyText lines = KeyText.open(text, TITLE, VERSION, MAX_CHARS, CORRUPT, "recovery file");
        String pool = lines.optional("pool");
        String ring = lines.optional("key ring");
        RecoveryFile file;
        try {
            file = new RecoveryFile(pool == null ? null : new PoolName(pool), pool == null ? null : lines.value("pool mark"),
                    lines.value("key id"), Protection.parse(lines.value("protection")),
                    HexFormat.of().parseHex(lines.value("key").replace(" ", "")), ring == null ? null : Base64.getMimeDecoder().decode(ring));
        } catch (IllegalArgumentException e) {
            throw lines.corrupt(e.getMessage());
        }
        int expected = RecipientKey.BYTES + (file.isProtected() ? Gcm.TAG_BYTES : 0);
        if (file.closed.length != expected) {
            throw lines.corrupt("a key of " + file.closed.length + " bytes, expected " + expected);
        }
        if (!file.isProtected()) {
            file.key(null);
        }
        return file;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryFile f && text().equals(f.text());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyId.getBytes(UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return (pool == null ? "owner's key " : "recovery file of pool " + pool + ", key ") + keyId;
    }
}
