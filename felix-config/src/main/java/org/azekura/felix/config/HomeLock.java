package org.azekura.felix.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Holds {@code home/lock}: one process per home. The kernel lets go of the lock when the process dies, however it dies; the pid inside
 * is for people and for {@code azekura down}. The file is never deleted: a second process could hold the lock of a deleted one.
 */
final class HomeLock implements AutoCloseable {

    /** With the line's end. */
    static final int PID_DIGITS = 20;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock take(Path file) throws IOException, StartFailure {
        var channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (!free(channel)) {
                String pid = pid(channel);
                channel.close();
                throw StartFailure.failed("home " + file.getParent() + " is in use by process " + pid
                        + "; stop it with: azekura down --home " + file.getParent());
            }
            channel.truncate(0);
            channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
            channel.force(true);
            return new HomeLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean free(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    private static String pid(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(PID_DIGITS);
        channel.read(bytes, 0);
        return US_ASCII.decode(bytes.flip()).toString().strip();
    }

    /** May be called twice, from two threads. */
    @Override
    public synchronized void close() throws IOException {
        if (channel.isOpen()) {
            channel.truncate(0);
            channel.close();
        }
    }
}
