package org.azekura.server.prune;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.Codec;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;
import org.azekura.server.trees.TreeStore;

/** Makes pages by their grammar, with clear parts alone, and ids that never come twice. */
final class TestPages {

    private final SessionId session;
    private long next;

    TestPages(SessionId session) {
        this.session = session;
    }

    ChunkId id() {
        next++;
        return new ChunkId(next * 0x9e37_79b9_7f4a_7c15L, next, ~next, 7);
    }

    List<ChunkId> ids(int count) {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(id());
        }
        return ids;
    }

    /** A page with these references; its sealed part is of no use. */
    ChunkId page(TreeStore store, List<ChunkId> data, List<ChunkId> trees) throws BackupException {
        ChunkId id = id();
        int clear = 5 + 33 * (data.size() + trees.size());
        FrameHeader header = new FrameHeader(id, ChunkKind.TREE, Codec.STORED, 10, clear, 10 + FrameHeader.SEAL_BYTES, session);
        ByteBuffer frame = ByteBuffer.allocate(header.frameLength());
        frame.put(header.encoded()).putInt(0).put((byte) FormatVersion.FIRST).putInt(data.size() + trees.size());
        for (ChunkId chunk : data) {
            frame.put((byte) 0);
            chunk.write(frame);
        }
        for (ChunkId tree : trees) {
            frame.put((byte) 1);
            tree.write(frame);
        }
        Frame.stamp(frame.flip().limit(header.frameLength()));
        store.append(frame);
        return id;
    }
}
