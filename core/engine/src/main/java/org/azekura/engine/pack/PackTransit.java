package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.format.Sha256;

/**
 * Looks at a pack as it passes, from its first byte to its last: that it is the one that is meant, and by the SHA-256 at its end that every byte is
 * what was written. No key is needed; memory is that of the header. One thread.
 */
public final class PackTransit {

    private final PackId expected;
    private final long size;
    private final MessageDigest hash = Sha256.begin();
    private final byte[] told = new byte[PackTrailer.HASH_BYTES];
    private byte[] head = new byte[PackHeader.LENGTH_BYTES];
    /** Of the header; less than its length until it is complete. */
    private int had;
    private boolean lengthKnown;
    private long passed;

    /** @param size of the whole pack in bytes */
    public PackTransit(PackId expected, long size) {
        this.expected = expected;
        this.size = size;
    }

    /**
     * The next bytes pass; the buffer stays as it is.
     *
     * @throws BackupException {@code pack.corrupt} if this can't be the pack; then it is not to be gone on with
     */
    public void take(ByteBuffer bytes) throws BackupException {
        if (bytes.remaining() > size - passed) {
            throw corrupt("more than " + size + " bytes came");
        }
        header(bytes.duplicate());
        int hashed = Math.clamp(size - PackTrailer.HASH_BYTES - passed, 0, bytes.remaining());
        hash.update(bytes.slice(bytes.position(), hashed));
        int rest = bytes.remaining() - hashed;
        if (rest > 0) {
            bytes.get(bytes.limit() - rest, told, (int) (passed + hashed - Math.max(0, size - PackTrailer.HASH_BYTES)), rest);
        }
        passed += bytes.remaining();
    }

    private void header(ByteBuffer from) throws BackupException {
        while (had < head.length && from.hasRemaining()) {
            int length = Math.min(head.length - had, from.remaining());
            from.get(head, had, length);
            had += length;
            if (had == head.length && !lengthKnown) {
                lengthKnown = true;
                head = Arrays.copyOf(head, headerLength());
            } else if (had == head.length) {
                PackId found = PackHeader.parse(head).pack();
                if (!found.equals(expected)) {
                    throw corrupt("it is pack " + found);
                }
            }
        }
    }

    private int headerLength() throws BackupException {
        int found = PackHeader.length(ByteBuffer.wrap(head));
        if (found > size) {
            throw corrupt("header of " + found + " bytes, expected at most " + size);
        }
        return found;
    }

    /**
     * That was all.
     *
     * @throws BackupException {@code pack.corrupt} unless every byte of the pack has passed as it was written
     */
    public void end() throws BackupException {
        if (passed != size || size < PackTrailer.BYTES || had < head.length || !lengthKnown) {
            throw corrupt("ends at " + passed + ", expected " + size + " bytes");
        }
        byte[] found = hash.digest();
        if (!Arrays.equals(found, told)) {
            throw corrupt("SHA-256 " + hex(found) + "…, expected " + hex(told) + "…");
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, 4);
    }

    private BackupException corrupt(String what) {
        return PackReader.corrupt(expected.toString(), what);
    }
}
