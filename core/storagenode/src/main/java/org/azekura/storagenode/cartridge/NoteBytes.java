package org.azekura.storagenode.cartridge;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Objects as records of a note, in their order: those of a file that is mapped, and behind them those that came later, in memory. Each has an address that
 * stays. Read by any thread, added to by one at a time.
 */
final class NoteBytes {

    private static final int CHUNK = 1 << 16;

    private final MemorySegment file;
    /** Address behind all that is in the file. */
    private final long mapped;
    private final ByteBuffer scratch = ByteBuffer.allocate(NoteForm.MOST);
    private volatile MemorySegment[] chunks = {};
    private volatile long end;

    /** @param file a note, up to a sound end */
    NoteBytes(MemorySegment file) {
        this.file = file;
        this.mapped = file.byteSize();
        this.end = mapped;
    }

    /** Of nothing. */
    NoteBytes() {
        this(MemorySegment.ofArray(new byte[NoteForm.HEAD]));
    }

    /** What has the record; it is {@link #offset there}. */
    MemorySegment in(long address) {
        return address < mapped ? file : chunks[(int) ((address - mapped) / CHUNK)];
    }

    long offset(long address) {
        return address < mapped ? address : (address - mapped) % CHUNK;
    }

    interface Visitor {
        void object(MemorySegment in, long at, long address);
    }

    /** All that there are when it begins. */
    void each(Visitor visitor) {
        long last = end;
        for (long address = NoteForm.HEAD; address < last;) {
            MemorySegment in = in(address);
            long at = offset(address);
            if (at + Integer.BYTES > in.byteSize() || NoteForm.length(in, at) == 0) {
                // Behind the last one of its chunk.
                address += CHUNK - at;
                continue;
            }
            if (NoteForm.isObject(in, at)) {
                visitor.object(in, at, address);
            }
            address += NoteForm.FRAME + NoteForm.length(in, at);
        }
    }

    /** Its address. */
    long add(Noted object) {
        NoteForm.object(scratch.clear(), object);
        scratch.flip();
        long used = end - mapped;
        if (used == (long) chunks.length * CHUNK || CHUNK - used % CHUNK < scratch.remaining()) {
            used = (long) chunks.length * CHUNK;
            MemorySegment[] more = Arrays.copyOf(chunks, chunks.length + 1);
            more[chunks.length] = MemorySegment.ofArray(new byte[CHUNK]);
            chunks = more;
        }
        long address = mapped + used;
        MemorySegment.copy(MemorySegment.ofBuffer(scratch), 0, in(address), offset(address), scratch.remaining());
        end = address + scratch.remaining();
        return address;
    }

    /** Bytes that are in a file. */
    long mapped() {
        return mapped;
    }

    /** Bytes that are not. */
    long added() {
        return end - mapped;
    }
}
