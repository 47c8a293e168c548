package org.azekura.client.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Memory of plain chunks, which is used again: a new piece for each would be most of a backup's garbage. Any threads. */
final class PlainBuffers {

    /** More is not kept: about what is between the reader and the network when that is the slower one. */
    private static final long KEPT_BYTES = 8 << 20;
    /** Sizes are multiples of it, so that buffers fit more often. */
    private static final int STEP = 256 << 10;

    /** Newest first: its memory is in the processor's cache still. */
    private final Deque<byte[]> idle = new ArrayDeque<>();
    private long kept;

    /** Room for so many bytes, at most twice as large and a step; what is in it is old. */
    byte[] take(int bytes) {
        byte[] found = find(bytes);
        return found != null ? found : new byte[(bytes + STEP - 1) / STEP * STEP];
    }

    private synchronized byte[] find(int bytes) {
        for (Iterator<byte[]> all = idle.iterator(); all.hasNext();) {
            byte[] buffer = all.next();
            if (buffer.length >= bytes && buffer.length - STEP <= 2L * bytes) {
                all.remove();
                kept -= buffer.length;
                return buffer;
            }
        }
        return null;
    }

    /** Many backups at once have little each, and use a buffer again too seldom to keep it. */
    synchronized void give(byte[] buffer) {
        long most = KEPT_BYTES / Math.max(1, Pipeline.backups());
        idle.addFirst(buffer);
        kept += buffer.length;
        while (kept > most) {
            kept -= idle.removeLast().length;
        }
    }
}
