package org.azekura.cli.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.azekura.cli.text.CommandFailure;

/**
 * A secret file that appears whole or not at all. Its place is made before its content is asked for: what hands out a secret
 * writes that down, and a folder that cannot be written to should be known by then.
 */
public final class FreshFile implements AutoCloseable {

    private final Path file;
    private final Path unfinished;

    private FreshFile(Path file, Path unfinished) {
        this.file = file;
        this.unfinished = unfinished;
    }

    /** @throws CommandFailure if there is such a file with content */
    public static FreshFile beside(Path file) throws IOException {
        if (Files.exists(file) && (Files.isDirectory(file) || Files.size(file) > 0)) {
            throw CommandFailure.failed(file + " exists and is kept; name a new file");
        }
        // a name of its own each time: what a killed command left is in nobody's way
        return new FreshFile(file, Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    public void publish(byte[] content) throws IOException {
        publish(new ByteArrayInputStream(content));
    }

    /** @return how many bytes it has */
    public long publish(InputStream content) throws IOException {
        long size;
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            size = content.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return size;
    }

    /** Takes away what was not published. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(unfinished);
    }
}
