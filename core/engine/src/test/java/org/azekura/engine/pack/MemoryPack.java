package org.azekura.engine.pack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;

/** A pack in an array. */
final class MemoryPack {

    static final PackId ID = new PackId(0x0123456789abcdefL, 0x0f1e2d3c4b5a6978L);
    static final TrustGroup GROUP = new TrustGroup(5, 6);
    static final List<SealedSession> SESSIONS = List.of(new SealedSession(Frames.OTHER, new byte[] {7, 8, 9}),
            new SealedSession(Frames.SESSION, new byte[] {1, 2, 3, 4}));

    final List<IndexEntry> entries = new ArrayList<>();
    final byte[] bytes;

    MemoryPack(Random random, ChunkKind kind, int frames, int maxPlain) throws BackupException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackWriter writer = new PackWriter(ID, kind, GROUP, SESSIONS, sink(out));
        for (int i = 0; i < frames; i++) {
            ByteBuffer frame = Frames.frame(random, kind, i % 3 == 0 ? Frames.OTHER : Frames.SESSION, 1 + random.nextInt(maxPlain));
            FrameHeader header = Frame.header(frame);
            entries.add(new IndexEntry(header.id(), header.session(), writer.append(frame), frame.remaining()));
        }
        writer.finish();
        bytes = out.toByteArray();
        if (writer.size() != bytes.length || writer.chunks() != frames) {
            throw new AssertionError("the writer counts " + writer.size() + " bytes, " + writer.chunks() + " chunks");
        }
    }

    static PackSink sink(ByteArrayOutputStream out) {
        return buffer -> {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            out.writeBytes(bytes);
        };
    }

    static PackReader reader(byte[] pack) {
        return new PackReader(new PackSource() {
            @Override
            public long size() {
                return pack.length;
            }

            /** Gives less than asked for, as a device may. */
            @Override
            public int read(long offset, ByteBuffer into) {
                int length = (int) Math.min(Math.min(into.remaining(), 1000), Math.max(0, pack.length - offset));
                into.put(pack, (int) offset, length);
                return length;
            }
        });
    }
}
