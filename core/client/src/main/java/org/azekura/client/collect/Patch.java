package org.azekura.client.collect;

import java.util.Arrays;
import org.azekura.api.BackupException;

/** Puts the changed blocks of a file together to new chunks. One thread. */
final class Patch {

    private static final int FIRST_BYTES = 64 << 10;
    /** So many pieces of the file may wait for the name of the chunk. */
    private static final int MAX_PARTS = 4096;

    private final Pipeline pipeline;
    private final ExtentContent content;
    private final int capacity;
    private ChunkName name;
    private byte[] bytes;
    private int used;
    private long begun;

    Patch(Pipeline pipeline, ExtentContent content, int capacity) {
        this.pipeline = pipeline;
        this.content = content;
        this.capacity = capacity;
    }

    /** Takes the next bytes of the content. */
    void add(byte[] from, int offset, int length) throws BackupException {
        for (int done = 0; done < length;) {
            int part = Math.min(length - done, capacity - used);
            makeRoom(part);
            System.arraycopy(from, offset + done, bytes, used, part);
            content.add(name, used, part);
            used += part;
            done += part;
            if (used == capacity) {
                end();
            }
        }
    }

    private void makeRoom(int more) {
        if (used == 0) {
            name = new ChunkName();
            bytes = new byte[Math.max(more, FIRST_BYTES)];
            begun = content.parts();
        } else if (bytes.length - used < more) {
            bytes = Arrays.copyOf(bytes, Math.min(capacity, Math.max(used + more, 2 * bytes.length)));
        }
    }

    /** What waits for the name is bounded, however far apart the changes are. */
    void step() throws BackupException {
        if (used > 0 && content.parts() - begun > MAX_PARTS) {
            end();
        }
    }

    /** Sends the chunk that is under way. */
    void end() throws BackupException {
        if (used > 0) {
            pipeline.data(name, bytes, used);
            used = 0;
        }
    }
}
