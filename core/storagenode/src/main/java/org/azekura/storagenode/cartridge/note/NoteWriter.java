package org.azekura.storagenode.cartridge.note;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.azekura.api.VolumeId;

/** Writes a note, or more of one, a piece at a time. */
final class NoteWriter {

    private final WritableByteChannel to;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    NoteWriter(WritableByteChannel to) {
        this.to = to;
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    void head(VolumeId volume) throws IOException {
        NoteForm.head(room(NoteForm.HEAD), volume);
    }

    void object(Noted object) throws IOException {
        NoteForm.object(room(NoteForm.MOST), object);
    }

    /** A record as it is. */
    void copy(MemorySegment in, long at) throws IOException {
        int length = NoteForm.FRAME + NoteForm.length(in, at);
        room(length).put(in.asSlice(at, length).asByteBuffer());
    }

    void end(Tail tail) throws IOException {
        NoteForm.end(room(NoteForm.MOST), tail);
    }

    void closed() throws IOException {
        NoteForm.closed(room(NoteForm.MOST));
    }

    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
        buffer.clear();
    }
}
