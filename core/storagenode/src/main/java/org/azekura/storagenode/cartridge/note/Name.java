package org.azekura.storagenode.cartridge.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;

/** A blob's key, where it lies, and what it is looked for by. */
public record Name(MemorySegment in, long at, int length, long hash) {

    /** Whoever makes up keys does not know where they will lie. */
    private static final long SEED = new SecureRandom().nextLong();

    public static Name of(String key) {
        return of(MemorySegment.ofArray(key.getBytes(ISO_8859_1)), 0, key.length());
    }

    /** Of an object in a note. */
    static Name of(MemorySegment note, long at) {
        long key = NoteForm.keyAt(note, at);
        return of(note, key, NoteForm.keyLength(note, key));
    }

    private static Name of(MemorySegment in, long at, int length) {
        long hash = SEED ^ length;
        int done = 0;
        for (; done + Long.BYTES <= length; done += Long.BYTES) {
            hash = mixed(hash ^ in.get(ValueLayout.JAVA_LONG_UNALIGNED, at + done));
        }
        for (; done < length; done++) {
            hash = mixed(hash ^ in.get(ValueLayout.JAVA_BYTE, at + done));
        }
        return new Name(in, at, length, hash);
    }

    private static long mixed(long hash) {
        long half = (hash ^ hash >>> 32) * 0x9e37_79b9_7f4a_7c15L;
        return (half ^ half >>> 29) * 0xd6e8_feb8_6659_fd93L;
    }

    /** Whether an object in a note is called so. */
    boolean isOf(MemorySegment note, long object) {
        long key = NoteForm.keyAt(note, object);
        return NoteForm.keyLength(note, key) == length && MemorySegment.mismatch(in, at, at + length, note, key, key + length) < 0;
    }
}
