package org.azekura.client.job;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.Unsealer;

/** A chunk as it came from a storage node, out of its seal. */
public final class Opened {

    private Opened() {}

    /** Null if it is damaged, or another one. */
    public static byte[] of(ByteBuffer bytes, ChunkId expected, byte[] key) {
        try {
            Frame frame = Frame.parse(bytes);
            return frame.header().id().equals(expected) ? Unsealer.open(frame, key) : null;
        } catch (BackupException e) {
            return null;
        }
    }
}
