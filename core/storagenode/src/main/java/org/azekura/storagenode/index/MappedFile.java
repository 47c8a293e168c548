package org.azekura.storagenode.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file in memory, readable by its owner alone. It never has holes: on a full disk, writing to a hole through memory would end the
 * process, while making the file longer only fails. Not thread-safe: nobody may use its bytes while it is extended or closed.
 *
 * <p>To unmap takes a handshake with every thread of the process. So small files are mapped together, and stay mapped, also as what they were before
 * they grew, until their owner closes that arena; one that is larger is unmapped as soon as it is closed or mapped anew.
 */
final class MappedFile implements AutoCloseable {

    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int STEP = 1 << 18;
    private static final int SMALL = 1 << 14;

    private final Arena together;
    private Path file;
    /** Null while it is small. */
    private Arena own;
    private MemorySegment bytes;

    private MappedFile(Path file, FileChannel channel, Arena together) throws IOException {
        this.file = file;
        this.together = together;
        map(channel);
    }

    /** A new file of zeros; one that is there already is replaced. {@code together}: a shared arena, closed after the file. */
    static MappedFile create(Path file, long size, Arena together) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE), OWNER_ONLY)) {
            fill(channel, size);
            return new MappedFile(file, channel, together);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    static MappedFile open(Path file, Arena together) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new MappedFile(file, channel, together);
        }
    }

    private void map(FileChannel channel) throws IOException {
        Arena next = channel.size() <= SMALL ? null : Arena.ofShared();
        try {
            bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), next == null ? together : next);
        } catch (IOException e) {
            if (next != null) {
                next.close();
            }
            throw e;
        }
        close();
        own = next;
    }

    private static void fill(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(STEP, Math.max(1, size - channel.size())));
        for (long at = channel.size(); at < size; at += zeros.position()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
            for (long to = at; zeros.hasRemaining();) {
                to += channel.write(zeros, to);
            }
        }
    }

    /** Adds zeros at the end. If that fails, everything is as before. */
    void extend(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long before = bytes.byteSize();
            try {
                fill(channel, size);
                map(channel);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
    }

    MemorySegment bytes() {
        return bytes;
    }

    long size() {
        return bytes.byteSize();
    }

    Arena together() {
        return together;
    }

    Path file() {
        return file;
    }

    /** Takes the place of the file that is there. */
    void moveTo(Path place) throws IOException {
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        file = place;
    }

    /** Durable at return. */
    void force() {
        bytes.force();
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
