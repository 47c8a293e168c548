package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.format.FormatVersion;

/**
 * What is known of a sealed chunk without any key. Checks its own bounds: who has one may allocate by it.
 *
 * @param plainLength  bytes of the opened chunk
 * @param clearLength  bytes of the clear part, 0 for data
 * @param sealedLength bytes of nonce, ciphertext and tag
 * @param session      names the key it is sealed with
 */
public record FrameHeader(ChunkId id, ChunkKind kind, Codec codec, int plainLength, int clearLength, int sealedLength,
        SessionId session) {

    /** What sealing adds: nonce and tag. */
    public static final int SEAL_BYTES = 12 + 16;

    /** No clear part is longer. */
    public static final int MAX_CLEAR = 1 << 20;

    /** Size of {@link #encoded()}. */
    public static final int ENCODED_BYTES = 20 + SessionId.BYTES + ChunkId.BYTES;

    static final int MAGIC = 0x415a4600 | PackHeader.VERSION; // AZF and the version

    /** @throws IllegalArgumentException if a length is out of bounds */
    public FrameHeader {
        Objects.requireNonNull(id);
        Objects.requireNonNull(session);
        String problem = problem(kind, codec, plainLength, clearLength, sealedLength);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static String problem(ChunkKind kind, Codec codec, int plain, int clear, int sealed) {
        if (plain < 1 || plain > Extent.MAX_CHUNK) {
            return "plain length " + Integer.toUnsignedString(plain) + ", expected 1 to " + Extent.MAX_CHUNK;
        }
        int maxClear = kind == ChunkKind.TREE ? MAX_CLEAR : 0;
        if (clear < 0 || clear > maxClear) {
            return "clear length " + Integer.toUnsignedString(clear) + ", expected 0 to " + maxClear;
        }
        int stored = plain + SEAL_BYTES;
        boolean fits = switch (codec) {
            case STORED -> sealed == stored;
            case ZSTD -> sealed > SEAL_BYTES && sealed < stored;
        };
        return fits ? null : "sealed length " + Integer.toUnsignedString(sealed) + ", expected "
                + (codec == Codec.STORED ? "" : "less than ") + stored;
    }

    /** Size of the whole frame. */
    public int frameLength() {
        return Frame.HEADER_BYTES + clearLength + sealedLength;
    }

    /** The byte form without its checksum. Together with the clear part it is the associated data of the seal. */
    public byte[] encoded() {
        ByteBuffer to = ByteBuffer.allocate(ENCODED_BYTES);
        to.putInt(MAGIC).put((byte) kind.ordinal()).put((byte) codec.ordinal()).putShort((short) 0);
        to.putInt(plainLength).putInt(clearLength).putInt(sealedLength);
        session.write(to);
        id.write(to);
        return to.array();
    }

    /** Reads {@link #ENCODED_BYTES} bytes at the buffer's position. */
    static FrameHeader read(ByteBuffer from) throws BackupException {
        int magic = from.getInt();
        if (magic != MAGIC) {
            throw Frame.corrupt("", (magic ^ MAGIC) >>> Byte.SIZE == 0 ? FormatVersion.message(magic & 0xff, PackHeader.VERSION)
                    : "begins with %08x, expected %08x (AZF and the version)".formatted(magic, MAGIC));
        }
        int kind = from.get();
        int codec = from.get();
        int zero = from.getShort();
        if ((kind & ~1) != 0 || (codec & ~1) != 0 || zero != 0) {
            throw Frame.corrupt("", "kind %d, codec %d, zero %d; expected 0 or 1, 0 or 1, 0".formatted(kind, codec, zero));
        }
        int plain = from.getInt();
        int clear = from.getInt();
        int sealed = from.getInt();
        SessionId session = SessionId.read(from);
        ChunkId id = ChunkId.read(from);
        try {
            return new FrameHeader(id, ChunkKind.values()[kind], Codec.values()[codec], plain, clear, sealed, session);
        } catch (IllegalArgumentException e) {
            throw Frame.corrupt(id.toString(), e.getMessage());
        }
    }
}
