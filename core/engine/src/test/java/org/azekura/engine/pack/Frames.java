package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.Seeded;
import org.azekura.engine.chunk.ChunkKind;

/** Frames whose sealed parts are random bytes: packs do not care. */
final class Frames {

    static final SessionId SESSION = new SessionId(0x11, 0x22);
    static final SessionId OTHER = new SessionId(0x33, 0x44);

    private Frames() {}

    static ByteBuffer frame(Random random, ChunkKind kind, SessionId session, int plain) {
        byte[] clear = kind == ChunkKind.TREE ? Seeded.bytes(random, random.nextInt(50)) : new byte[0];
        ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        FrameHeader header = new FrameHeader(id, kind, Codec.STORED, plain, clear.length, plain + FrameHeader.SEAL_BYTES, session);
        ByteBuffer frame = ByteBuffer.allocate(header.frameLength());
        frame.put(header.encoded()).putInt(0).put(clear).put(Seeded.bytes(random, header.sealedLength()));
        frame.flip();
        Frame.stamp(frame);
        return frame;
    }
}
