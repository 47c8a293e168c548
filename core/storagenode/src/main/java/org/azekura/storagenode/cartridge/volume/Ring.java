package org.azekura.storagenode.cartridge.volume;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.engine.tape.TapeBlock;

/** Memory outside of the heap for blocks on their way to a drive. All of this process together have at most 1 GiB, or an eighth of the machine's memory. */
final class Ring implements AutoCloseable {

    private static final long MOST = Math.min(1L << 30, machine() / 8);
    private static final long LEAST = 4L << 20;
    private static final AtomicLong FREE = new AtomicLong(MOST);

    private final Arena arena = Arena.ofShared();
    private final ByteBuffer[] blocks;
    private final long bytes;

    /** @param wanted bytes; there are fewer if others have them */
    Ring(long wanted) {
        // Half of what is left: another drive may begin meanwhile.
        bytes = Math.max(LEAST, Math.min(wanted, FREE.get() / 2));
        FREE.addAndGet(-bytes);
        int count = (int) (bytes / TapeBlock.MAX);
        MemorySegment all = arena.allocate((long) count * TapeBlock.MAX, 4096);
        blocks = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = all.asSlice((long) i * TapeBlock.MAX, TapeBlock.MAX).asByteBuffer();
        }
    }

    private static long machine() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Another system: what Java may have is a part of what there is.
        }
        return Runtime.getRuntime().maxMemory();
    }

    int blocks() {
        return blocks.length;
    }

    /** The same at every call. */
    ByteBuffer block(int index) {
        return blocks[index];
    }

    @Override
    public void close() {
        arena.close();
        FREE.addAndGet(bytes);
    }
}
