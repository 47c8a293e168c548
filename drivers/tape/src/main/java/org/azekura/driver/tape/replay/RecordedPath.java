package org.azekura.driver.tape.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a device on which all is written down: a file for each connection. What can't be written is told in the log, and the device is used all
 * the same.
 *
 * @param folder in which the files come; at most 1000 of them
 */
public record RecordedPath(ScsiPath path, Path folder) implements ScsiPath {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedPath.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int MOST_FILES = 1000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    public ScsiTransport open() throws BackupException {
        ScsiTransport device = path.open();
        try {
            requireRoom();
            return Recording.of(device, folder.resolve(path.location().replaceAll("[^A-Za-z0-9.]+", "_") + "-" + STAMP.format(Instant.now())
                    + "-" + NUMBER.incrementAndGet() + ".scsi"));
        } catch (IOException e) {
            LOG.warn("{} is not recorded: {}", path.location(), e.toString());
            return device;
        }
    }

    private void requireRoom() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.limit(MOST_FILES).count() == MOST_FILES) {
                throw new IOException(folder + " has " + MOST_FILES + " files, which is the most; move them away");
            }
        }
    }

    @Override
    public String location() {
        return path.location();
    }
}
