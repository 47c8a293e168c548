package org.azekura.storagenode.cartridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.api.VolumeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node remembers of a cartridge. It is written anew when it is opened, so that a store which was closed, while calls hung in its
 * driver, writes to a file that nobody reads any more. Not being able to write it costs a later reading of the cartridge, and no more. One thread
 * at a time, but for {@link #close}.
 */
final class Note implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Note.class);
    private static final long MOST = 1 << 30;

    private final Path file;
    private final VolumeId volume;
    /** Null if it is not written, or not any more. */
    private volatile FileChannel channel;

    private Note(Path file, VolumeId volume) {
        this.file = file;
        this.volume = volume;
    }

    static Note of(Path folder, VolumeId volume) {
        return new Note(folder.resolve(volume + ".note"), volume);
    }

    /** What it says; null if nothing that can be believed. */
    Contents read() {
        try {
            if (!Files.exists(file)) {
                return null;
            }
            Contents contents = Files.size(file) > MOST ? null : NoteForm.read(Files.readAllBytes(file), volume);
            if (contents == null) {
                LOG.warn("{} says nothing of volume {}; its cartridge is read", file, volume);
            }
            return contents;
        } catch (IOException e) {
            LOG.warn("{} can't be read, the cartridge is: {}", file, e.toString());
            return null;
        }
    }

    /** Replaces it by all that there is. */
    void begin(Contents contents) {
        close();
        try {
            Files.createDirectories(file.getParent());
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(NoteForm.head(volume));
            all.write(NoteForm.records(contents.objects(), contents.tail()));
            if (contents.isClosed()) {
                all.write(NoteForm.closed());
            }
            channel = NoteFile.open(file, ByteBuffer.wrap(all.toByteArray()));
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Whether it was begun. */
    boolean isBegun() {
        return channel != null;
    }

    /** Durable at return, if it can be written. */
    void add(List<Noted> objects, Tail end) {
        FileChannel to = channel;
        if (to == null) {
            return;
        }
        try {
            ByteBuffer records = ByteBuffer.wrap(NoteForm.records(objects, end));
            while (records.hasRemaining()) {
                to.write(records);
            }
            to.force(false);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Nothing comes behind these any more. Durable at return, if it can be written. */
    void shut(Contents contents) {
        begin(contents);
        close();
    }

    private void failed(IOException e) {
        LOG.warn("{} can't be written, so the end of its cartridge will be read: {}", file, e.toString());
        close();
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("{}: {}", file, e.toString());
            }
        }
    }
}
