package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;

/**
 * A sealed chunk as it is sent and as it stands in a pack.
 *
 * @param clear  the clear part, empty for data
 * @param sealed nonce, ciphertext and tag
 */
public record Frame(FrameHeader header, ByteBuffer clear, ByteBuffer sealed) {

    /** What stands before the clear part. */
    public static final int HEADER_BYTES = FrameHeader.ENCODED_BYTES + Integer.BYTES;

    /** No frame is longer. */
    public static final int MAX_BYTES = HEADER_BYTES + FrameHeader.MAX_CLEAR + (4 << 20) + FrameHeader.SEAL_BYTES;

    /**
     * Takes a frame apart and checks it. The parts are views of the buffer, whose position stays.
     *
     * @param frame from position to limit exactly one frame
     * @throws BackupException {@code frame.corrupt}
     */
    public static Frame parse(ByteBuffer frame) throws BackupException {
        FrameHeader header = header(frame);
        if (frame.remaining() != header.frameLength()) {
            throw corrupt(header.id().toString(), frame.remaining() + " bytes, expected " + header.frameLength());
        }
        int at = frame.position();
        int found = frame.duplicate().getInt(at + FrameHeader.ENCODED_BYTES);
        int expected = checksum(frame);
        if (found != expected) {
            throw corrupt(header.id().toString(), "checksum %08x, expected %08x".formatted(found, expected));
        }
        int clear = at + HEADER_BYTES;
        int sealed = clear + header.clearLength();
        return new Frame(header, frame.slice(clear, header.clearLength()), frame.slice(sealed, header.sealedLength()));
    }

    /**
     * Reads what stands before the clear part; the checksum is not looked at. The buffer's position stays.
     *
     * @param frame at least {@link #HEADER_BYTES} bytes
     * @throws BackupException {@code frame.corrupt}
     */
    public static FrameHeader header(ByteBuffer frame) throws BackupException {
        if (frame.remaining() < HEADER_BYTES) {
            throw corrupt("", frame.remaining() + " bytes, expected at least " + HEADER_BYTES);
        }
        return FrameHeader.read(frame.duplicate());
    }

    /** Puts the checksum into a frame that is complete but for it; the buffer's position stays. */
    public static void stamp(ByteBuffer frame) {
        frame.duplicate().putInt(frame.position() + FrameHeader.ENCODED_BYTES, checksum(frame));
    }

    private static int checksum(ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame.slice(frame.position(), FrameHeader.ENCODED_BYTES));
        crc.update(frame.slice(frame.position() + HEADER_BYTES, frame.remaining() - HEADER_BYTES));
        return (int) crc.getValue();
    }

    static BackupException corrupt(String chunk, String what) {
        return BackupException.corrupt("frame.corrupt", chunk, "frame" + (chunk.isEmpty() ? "" : " of chunk " + chunk) + ": " + what);
    }
}
