package org.azekura.catalog.sql.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.CatalogStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a catalog's file lies until the store is opened next and takes it in: then nobody has anything in memory of the catalog before. */
public final class Intake {

    /** Answers whether something was saved into a catalog. */
    public static final String SAVED = "SELECT (SELECT count(*) FROM snapshot) + (SELECT count(*) FROM pack)";

    /** Setting of a catalog: why another was not taken in its place. */
    private static final String REFUSED = "catalog.refused";

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Path file;

    /** @param folder of the catalog in the home; its parent exists */
    public Intake(Path folder) {
        this.file = folder.resolve("import");
    }

    public Path file() {
        return file;
    }

    /** Null if none lies there. One that can't be read is refused. */
    public ExportFile waiting() throws BackupException {
        try {
            return Files.exists(file) ? ExportFile.open(file, file.toString()) : null;
        } catch (BackupException e) {
            LOG.error("a catalog that was to be taken in is refused: {}", e.getMessage());
            refuse(e.getMessage());
            return null;
        }
    }

    /**
     * Puts a copy there, durably, in place of one that was there.
     *
     * @param from was looked at
     */
    public void put(ExportFile from) throws BackupException {
        Path part = file.resolveSibling("import.part");
        try {
            Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(part);
            try (FileChannel in = FileChannel.open(from.path(), StandardOpenOption.READ); FileChannel out = FileChannel.open(part,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                for (long at = 0, got = 1; got > 0; at += got) {
                    got = in.transferTo(at, in.size() - at, out);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(why());
            sync(file.getParent());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * It can't be taken in: it lies beside from now on, as {@code import.refused}, and the catalog that was there stays. Whoever opens that has it be told.
     *
     * @param why for people
     */
    public void refuse(String why) throws BackupException {
        try {
            Files.writeString(why(), why);
            Files.move(file, file.resolveSibling("import.refused"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path why() {
        return file.resolveSibling("import.why");
    }

    /** Notes in a catalog that was opened why another was not taken in its place, if that was so. */
    public void tellRefused(CatalogStore opened) throws BackupException {
        try {
            if (Files.exists(why()) && !Files.exists(file)) {
                String text = Files.readString(why());
                opened.write(edit -> {
                    edit.putSetting(REFUSED, text);
                    return null;
                });
                Files.delete(why());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** It was taken in. */
    public void remove() throws BackupException {
        try {
            Files.deleteIfExists(file);
            sync(file.getParent());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    public BackupException failed(IOException e) {
        return new BackupException(new Failure("catalog.io", Kind.DEVICE, true, file.toString(), "a catalog that is to be taken in can't be kept in " + file.getParent() + ": " + e), e);
    }

    /**
     * @param saved what {@link #SAVED} answers
     * @throws BackupException {@code catalog.taken} if something was saved
     */
    public void requireEmpty(long saved) throws BackupException {
        if (saved > 0) {
            throw BackupException.operator("catalog.taken", "", "a catalog is taken in only where nothing was saved yet, and here " + saved + " snapshots and packs are known; start with an"
                    + " empty --home, or an empty database" + (Files.exists(file) ? ", or delete " + file : ""));
        }
    }
}
