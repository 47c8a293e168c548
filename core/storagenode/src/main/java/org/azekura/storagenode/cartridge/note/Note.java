package org.azekura.storagenode.cartridge.note;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node remembers of a cartridge. It is written anew when it is opened, so that a store which was closed, while calls hung in its
 * driver, writes to a file that nobody reads any more. Not being able to write it costs a later reading of the cartridge, and no more. One thread
 * at a time, but for {@link #close}.
 */
public final class Note implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Note.class);
    private static final int PIECE = 1 << 20;

    private final Path file;
    private final VolumeId volume;
    /** Null if it is not written, or not any more. */
    private volatile FileChannel channel;

    public Note(Path file, VolumeId volume) {
        this.file = file;
        this.volume = volume;
    }

    public static Note of(Path folder, VolumeId volume) {
        return new Note(folder.resolve(volume + ".note"), volume);
    }

    private interface Reading<T> {
        T read(MemorySegment note, NoteScan found);
    }

    /** Null if it says nothing that can be believed. */
    private <T> T read(Reading<T> reading) {
        try {
            if (!Files.exists(file)) {
                return null;
            }
            MemorySegment note = map();
            NoteScan found = NoteScan.of(note, volume);
            if (found == null) {
                LOG.warn("{} says nothing of volume {}; its cartridge is read", file, volume);
            }
            return found == null ? null : reading.read(note, found);
        } catch (IOException | InternalError e) {
            // The latter comes where a mapped file can't be read.
            LOG.warn("{} can't be read, the cartridge is: {}", file, e.toString());
            return null;
        }
    }

    private MemorySegment map() throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            return from.map(FileChannel.MapMode.READ_ONLY, 0, from.size(), Arena.ofAuto());
        }
    }

    /** What it says; null if nothing that can be believed. Stays true for what was said then, whatever becomes of this. */
    public Contents read() {
        return read(Contents::new);
    }

    /** Whether it says something that can be believed. */
    public boolean isSound() {
        return read((note, found) -> found) != null;
    }

    /** Whether it says something that can be believed, and nothing was written behind that. */
    public boolean isClosed() {
        Boolean closed = read((note, found) -> found.closed());
        return closed != null && closed;
    }

    private Path damage() {
        return file.resolveSibling(file.getFileName() + ".damaged");
    }

    /** Whether something on the cartridge could not be read when that was looked through. Any thread. */
    public boolean isDamaged() {
        return Files.exists(damage());
    }

    /** Remembers that. */
    public void damaged(boolean is) {
        try {
            if (is && !isDamaged()) {
                Files.createDirectories(file.getParent());
                NoteFile.replace(damage(), new byte[0]);
            } else if (!is) {
                Files.deleteIfExists(damage());
            }
        } catch (IOException e) {
            LOG.warn("{} can't be kept as it should: {}", damage(), e.toString());
        }
    }

    /** Nothing is remembered any more. */
    public void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(damage());
    }

    /** Replaces it by all that there is, which is read from it afterwards. */
    public void begin(Contents contents) {
        close();
        try {
            Files.createDirectories(file.getParent());
            channel = NoteFile.open(file, to -> {
                NoteWriter writer = new NoteWriter(to);
                writer.head(volume);
                contents.write(writer);
                writer.flush();
            });
            Contents same = read();
            if (same != null) {
                contents.adopt(same);
            }
        } catch (IOException | InternalError e) {
            // The latter comes where the note before, from which it is copied, can't be read.
            failed(e);
        }
    }

    /** Whether it was begun. */
    public boolean isBegun() {
        return channel != null;
    }

    /** Durable at return, if it can be written. */
    public void add(List<Noted> objects, Tail end) {
        FileChannel to = channel;
        if (to == null) {
            return;
        }
        try {
            NoteWriter writer = new NoteWriter(to);
            for (Noted object : objects) {
                writer.object(object);
            }
            writer.end(end);
            writer.flush();
            to.force(false);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Has what it was told of be read from it, once that is much. */
    public void relieve(Contents contents) {
        try {
            if (isBegun() && contents.isLoose() && !contents.extend(map())) {
                LOG.warn("{} has not what was written to it; the end of its cartridge will be read", file);
                close();
            }
        } catch (IOException | InternalError e) {
            failed(e);
        }
    }

    /** Nothing comes behind these any more. Durable at return, if it can be written. */
    public void shut(Contents contents) {
        begin(contents);
        close();
    }

    /** Gives what somebody noted, from an offset on. */
    @FunctionalInterface
    public interface Source {
        int read(long offset, ByteBuffer into) throws BackupException;
    }

    /**
     * Replaces it by what somebody else has noted, if that is good.
     *
     * @return whether it was
     */
    public boolean take(Source source, long size, Predicate<Note> good) throws IOException, BackupException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel to = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size;) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size - at));
                if (source.read(at, piece) <= 0) {
                    throw new IOException("it ends at " + at + ", expected " + size);
                }
                at += piece.flip().remaining();
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
            }
            to.force(true);
        }
        if (good.test(new Note(fresh, volume))) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        Files.delete(fresh);
        return false;
    }

    private void failed(Throwable e) {
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
