package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Codec;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;

/** Frames whose sealed part is random: a node cannot open them anyway. */
final class TestFrames {

    private final Random random;

    TestFrames(long seed) {
        random = new Random(seed);
    }

    ChunkId id() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    SessionId session() {
        return new SessionId(random.nextLong(), random.nextLong());
    }

    ByteBuffer data(SessionId session, ChunkId id, int plainLength) {
        return frame(new FrameHeader(id, ChunkKind.DATA, Codec.STORED, plainLength, 0, plainLength + FrameHeader.SEAL_BYTES, session));
    }

    ByteBuffer tree(SessionId session, ChunkId id, int plainLength) {
        return frame(new FrameHeader(id, ChunkKind.TREE, Codec.STORED, plainLength, 64, plainLength + FrameHeader.SEAL_BYTES, session));
    }

    private ByteBuffer frame(FrameHeader header) {
        byte[] bytes = new byte[header.frameLength()];
        random.nextBytes(bytes);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.put(0, header.encoded());
        Frame.stamp(frame);
        return frame;
    }
}
