package org.azekura.storagenode.cartridge.volume;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.azekura.engine.tape.TapeBlock;

/** Memory outside of the heap for blocks on their way to a drive: a part of the {@link RingMemory}. */
final class Ring implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final ByteBuffer[] blocks;
    private final long bytes;

    /** @param wanted bytes; there are fewer if others have them */
    Ring(long wanted) {
        bytes = RingMemory.SHARED.take(wanted);
        int count = (int) (bytes / TapeBlock.MAX);
        MemorySegment all = arena.allocate((long) count * TapeBlock.MAX, 4096);
        blocks = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = all.asSlice((long) i * TapeBlock.MAX, TapeBlock.MAX).asByteBuffer();
        }
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
        RingMemory.SHARED.give(bytes);
    }
}
