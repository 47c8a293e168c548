package org.azekura.client.content;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.Unsealer;

/** Tells whether sealed chunks are what their ids say. Thread-safe. */
final class ContentCheck {

    private final ChunkNamer namer;

    /** @param idKey of the pool */
    ContentCheck(byte[] idKey) {
        this.namer = new ChunkNamer(idKey);
    }

    /** @param frame as the node sent it; nothing: it could not read the chunk */
    boolean isRight(ByteBuffer frame, ChunkId expected, byte[] key) {
        try {
            if (!frame.hasRemaining()) {
                return false;
            }
            Frame parsed = Frame.parse(frame);
            byte[] plain = Unsealer.open(parsed, key);
            ChunkId found = switch (parsed.header().kind()) {
                case DATA -> namer.data(plain, 0, plain.length);
                case TREE -> namer.tree(clear(parsed), plain);
            };
            return found.equals(expected);
        } catch (BackupException e) {
            return false;
        }
    }

    private static byte[] clear(Frame frame) {
        byte[] clear = new byte[frame.clear().remaining()];
        frame.clear().get(frame.clear().position(), clear);
        return clear;
    }
}
