package org.azekura.storagenode.cartridge.note;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Records of a note, in their order: those of a file that is mapped, and behind them, in memory, those that came later, byte for byte as the file gets them. So
 * the address of each is where it is in the file, and stays when more of that is mapped. Read by any thread, added to by one at a time.
 */
final class NoteBytes {

    private static final int LEAST = 1 << 12;

    private final MemorySegment file;
    /** Behind all that is in the file. */
    private final long mapped;
    private final ByteBuffer scratch = ByteBuffer.allocate(NoteForm.MOST);
    /** Only its end is changed. */
    private volatile MemorySegment added = MemorySegment.ofArray(new byte[0]);
    /** Written behind all else, and read before. */
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
        return address < mapped ? file : added;
    }

    long offset(long address) {
        return address < mapped ? address : address - mapped;
    }

    interface Visitor {
        void object(MemorySegment in, long at, long address);
    }

    /** All that there are when it begins. */
    void each(Visitor visitor) {
        each(NoteForm.HEAD, visitor);
    }

    private void each(long from, Visitor visitor) {
        long last = end;
        for (long address = from; address < last;) {
            MemorySegment in = in(address);
            long at = offset(address);
            if (NoteForm.isObject(in, at)) {
                visitor.object(in, at, address);
            }
            address += NoteForm.FRAME + NoteForm.length(in, at);
        }
    }

    /** Tells of each of them once it is here. */
    void add(List<Noted> objects, Tail tail, Visitor visitor) {
        long from = end;
        for (Noted object : objects) {
            NoteForm.object(scratch.clear(), object);
            put(scratch.flip());
        }
        NoteForm.end(scratch.clear(), tail);
        put(scratch.flip());
        each(from, visitor);
    }

    private void put(ByteBuffer record) {
        long used = end - mapped;
        if (added.byteSize() - used < record.remaining()) {
            MemorySegment more = MemorySegment.ofArray(new byte[Math.toIntExact(Math.max(LEAST, added.byteSize() * 2))]);
            MemorySegment.copy(added, 0, more, 0, used);
            added = more;
        }
        MemorySegment.copy(MemorySegment.ofBuffer(record), 0, added, used, record.remaining());
        end += record.remaining();
    }

    /** The same from a file that has all of it; null if it has not. */
    NoteBytes in(MemorySegment longer) {
        boolean same = longer.byteSize() >= end && MemorySegment.mismatch(longer, mapped, end, added, 0, end - mapped) < 0;
        return same ? new NoteBytes(longer.asSlice(0, end)) : null;
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
