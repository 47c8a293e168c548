package org.azekura.storagenode.cartridge.note;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;

/**
 * What a note says up to its last sound end.
 *
 * @param sound where that is
 */
record NoteScan(long sound, Tail tail, boolean closed) {

    /** Looks all of it through, and keeps nothing; null if it says nothing. */
    static NoteScan of(MemorySegment note, VolumeId volume) {
        if (!NoteForm.isHead(note, volume)) {
            return null;
        }
        Checking bytes = new Checking(note);
        NoteScan found = null;
        long at = NoteForm.HEAD;
        for (int length = bytes.sound(at); length > 0; length = bytes.sound(at)) {
            long next = at + NoteForm.FRAME + length;
            byte kind = NoteForm.kind(note, at);
            try {
                if (kind == NoteForm.END) {
                    found = new NoteScan(next, NoteForm.end(note.asSlice(0, next), at), false);
                } else if (kind == NoteForm.CLOSED && found != null && found.sound == at) {
                    return new NoteScan(at, found.tail, true);
                } else if (kind != NoteForm.BLOB && kind != NoteForm.DELETION || !NoteForm.isPossible(note, at, length)) {
                    return found;
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return found;
            }
            at = next;
        }
        return found;
    }

    /** Checksums of records, one behind the other. */
    private static final class Checking {

        private static final long WINDOW = 1 << 30;

        private final MemorySegment note;
        private final CRC32C crc = new CRC32C();
        private ByteBuffer window;
        private long from;

        Checking(MemorySegment note) {
            this.note = note;
            open(0);
        }

        private void open(long at) {
            from = at;
            window = note.asSlice(at, Math.min(WINDOW, note.byteSize() - at)).asByteBuffer();
        }

        /** Length of the body of the record that begins here; 0 if none does. */
        int sound(long at) {
            if (note.byteSize() - at < NoteForm.FRAME) {
                return 0;
            }
            int length = NoteForm.length(note, at);
            if (length < 1 || length > NoteForm.MOST_BODY || length > note.byteSize() - at - NoteForm.FRAME) {
                return 0;
            }
            if (at + Integer.BYTES + length - from > window.capacity()) {
                open(at);
            }
            crc.reset();
            crc.update(window.limit((int) (at - from) + Integer.BYTES + length).position((int) (at - from)));
            return (int) crc.getValue() == NoteForm.checksum(note, at + Integer.BYTES + length) ? length : 0;
        }
    }
}
