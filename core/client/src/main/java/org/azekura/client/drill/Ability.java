package org.azekura.client.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;

/** What the file system of the scratch folder can hold at all, tried out on a file without a name. Asked where something differs. One thread. */
final class Ability implements AutoCloseable {

    private static final byte[] NAME = ".azekura-ability".getBytes(StandardCharsets.US_ASCII);
    private static final int HOLE = 1 << 20;

    private final OpenFile file;
    private Boolean holes;

    Ability(Path top) throws IOException {
        try (Directory directory = Walk.at(top)) {
            file = directory.create(NAME, 0600);
            directory.remove(NAME);
        }
    }

    boolean holds(Instant time) {
        try {
            file.inode().touch(time.getEpochSecond(), time.getNano());
            return file.stat().mtime().equals(time);
        } catch (PosixException e) {
            return false;
        }
    }

    boolean holdsMode(int mode) {
        try {
            file.inode().chmod(mode);
            return file.stat().mode() == mode;
        } catch (PosixException e) {
            return false;
        }
    }

    boolean holdsHoles() {
        if (holes == null) {
            try {
                file.write(HOLE, NAME, 0, NAME.length);
                holes = file.nextData(0) >= HOLE;
            } catch (PosixException e) {
                holes = false;
            }
        }
        return holes;
    }

    @Override
    public void close() {
        file.close();
    }
}
