package org.azekura.api.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/**
 * One line of the audit log.
 *
 * @param number    1 for the first, without gaps
 * @param time      retention time
 * @param machine   what the machine's clock said
 * @param who       as {@link org.azekura.api.access.Caller#name}
 * @param from      the address that it came from, empty on this machine
 * @param operation what was asked for
 * @param object    what it was asked of, empty if that is all there is
 * @param outcome   {@code done}, or the code of what it failed with
 * @param hash      SHA-256 over the hash of the line before and this one; see {@link org.azekura.api.access.AuditLog}
 */
public record AuditEntry(long number, Instant time, Instant machine, String who, String from, String operation, String object, String outcome, byte[] hash) {

    private static final int HASH_BYTES = 32;

    /** What stands for the hash of a line before the first. */
    public static byte[] beginning() {
        return new byte[HASH_BYTES];
    }

    /**
     * The same under this number, with its hash.
     *
     * @param before hash of the line before
     */
    public AuditEntry behind(long number, byte[] before) {
        AuditEntry bare = new AuditEntry(number, time, machine, who, from, operation, object, outcome, null);
        return new AuditEntry(number, time, machine, who, from, operation, object, outcome, bare.hashBehind(before));
    }

    /** Whether it follows from the line before, whose hash this is. */
    public boolean follows(byte[] before) {
        return MessageDigest.isEqual(hash, hashBehind(before));
    }

    /** As {@link org.azekura.api.access.AuditLog} says. */
    private byte[] hashBehind(byte[] before) {
        MessageDigest digest = sha256();
        digest.update(before);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        for (String text : List.of(time.toString(), machine.toString(), who, from, operation, object, outcome)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
