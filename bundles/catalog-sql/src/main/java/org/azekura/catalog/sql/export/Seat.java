package org.azekura.catalog.sql.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;

/**
 * Which kind of store has a home's catalog: a file with its name. What is left in another one is old: by what it knows, what was saved since would be
 * deleted as nobody's.
 */
public final class Seat {

    private final Path file;
    private final String kind;

    /**
     * @param folder of the catalog in the home; its parent exists
     * @param kind   of this store, a word
     */
    public Seat(Path folder, String kind) {
        this.file = folder.resolve("store");
        this.kind = kind;
    }

    /** How many things were saved into a catalog. */
    @FunctionalInterface
    public interface Saved {
        long count() throws BackupException;
    }

    /**
     * Has the catalog be in this kind of store from now on.
     *
     * @throws BackupException {@code catalog.moved} if it is in another one, and something was saved into this
     */
    public void take(Saved saved) throws BackupException {
        try {
            String other = Files.exists(file) ? Files.readString(file).strip() : kind;
            if (!other.equals(kind) && saved.count() > 0) {
                throw BackupException.operator("catalog.moved", file.toString(), "this home's catalog is in " + other + ", says " + file + ", and what is in " + kind
                        + " is from before; choose " + other + " in etc/catalog.json again. If " + kind + " really has the newest, delete " + file);
            }
            if (!other.equals(kind) || !Files.exists(file)) {
                write();
            }
        } catch (IOException e) {
            throw new BackupException(new Failure("catalog.io", Kind.DEVICE, true, file.toString(), file + ", which says where the catalog is, can't be read or written: " + e), e);
        }
    }

    private void write() throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            Files.createDirectory(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path part = file.resolveSibling("store.part");
        Files.writeString(part, kind + "\n");
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Intake.sync(file.getParent());
    }
}
