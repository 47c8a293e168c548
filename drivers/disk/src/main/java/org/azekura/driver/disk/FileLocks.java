package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.azekura.api.device.BlobLock;

/**
 * Locks of files: the file system's immutable flag, and beside it, as an extended attribute, until when it is meant. It holds against every program and every
 * user until root takes the flag away. An immutable file has no new attribute either, so to lengthen a lock the flag goes for a moment: a host that loses power just then
 * has a file with the time and without the flag, which this store does not delete, and which the next {@link #extend} makes whole.
 */
final class FileLocks {

    private static final String UNTIL = "azekura.until";
    private static final int MAX_TEXT = 64;

    private FileLocks() {}

    /** @throws ImmutableFlag.Refused if the file system or the host will not have it */
    static void extend(Path file, BlobLock lock) throws IOException {
        Instant until = until(file);
        if (until == null || until.isBefore(lock.until())) {
            ImmutableFlag.set(file, false);
            UserDefinedFileAttributeView attributes = attributes(file);
            if (attributes == null) {
                throw new ImmutableFlag.Refused("its file system keeps no extended attributes");
            }
            attributes.write(UNTIL, StandardCharsets.US_ASCII.encode(lock.until().toString()));
        }
        ImmutableFlag.set(file, true);
    }

    /** As it holds now: the flag and the time. */
    static Optional<BlobLock> lock(Path file, Instant now) throws IOException {
        Instant until = until(file);
        return until == null || !until.isAfter(now) || !ImmutableFlag.isSet(file) ? Optional.empty()
                : Optional.of(new BlobLock(BlobLock.Mode.GOVERNANCE, until));
    }

    /** Takes away what would keep the file from going. */
    static void lift(Path file) throws IOException {
        if (until(file) != null) {
            ImmutableFlag.set(file, false);
        }
    }

    /**
     * Has another file take the place of one, as locked as that is. The flag goes for a moment; the time never does, so that whatever is there after a loss of power this store
     * does not delete.
     */
    static void replace(Path file, Path by) throws IOException {
        Instant until = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? until(file) : null;
        boolean flag = until != null && ImmutableFlag.isSet(file);
        if (until != null) {
            attributes(by).write(UNTIL, StandardCharsets.US_ASCII.encode(until.toString()));
        }
        if (flag) {
            ImmutableFlag.set(file, false);
        }
        Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
        if (flag) {
            ImmutableFlag.set(file, true);
        }
    }

    /** Null if it was never locked. */
    static Instant until(Path file) throws IOException {
        UserDefinedFileAttributeView attributes = attributes(file);
        if (attributes == null) {
            return null;
        }
        ByteBuffer text = ByteBuffer.allocate(MAX_TEXT);
        try {
            attributes.read(UNTIL, text);
        } catch (FileSystemException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            throw e;
        }
        try {
            return Instant.parse(StandardCharsets.US_ASCII.decode(text.flip()));
        } catch (DateTimeParseException e) {
            throw new IOException("its attribute user." + UNTIL + " is no time", e);
        }
    }

    private static UserDefinedFileAttributeView attributes(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
