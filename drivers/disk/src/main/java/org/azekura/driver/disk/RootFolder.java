package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.azekura.api.BackupException;

/** The folder that the setting {@code path} names. */
record RootFolder(Path path) {

    /** @throws BackupException {@code setting.path} if the text is no absolute path */
    static RootFolder check(String text) throws BackupException {
        if (text == null || text.isBlank()) {
            throw refused("", "the setting path is empty; give the absolute path of a folder, like /srv/backup");
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return new RootFolder(path.normalize());
            }
        } catch (InvalidPathException e) {
            throw refused(text, "the setting path is no path: " + e.getMessage());
        }
        throw refused(text, "the setting path must be absolute, like /srv/backup; not \"" + text + "\"");
    }

    /**
     * Makes the folder if it is not there.
     *
     * @throws BackupException {@code setting.path} if it cannot be had or used
     */
    void make() throws BackupException {
        try {
            if (!Files.exists(path)) {
                Path above = path.getParent();
                if (above == null || !Files.isDirectory(above)) {
                    throw refused(path, "the folder above it does not exist; make " + above + " first, or mount it");
                }
                Folders.create(path);
                Folders.sync(above);
            }
        } catch (IOException e) {
            throw refused(path, "it cannot be made: " + DiskFault.reason(e));
        }
        if (!Files.isDirectory(path)) {
            throw refused(path, "it is no folder; name one, or a new name");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw refused(path, "the appliance's user may not read it; give it to that user");
        }
    }

    private static BackupException refused(Path path, String why) {
        return refused(path.toString(), "the setting path = " + path + " will not do: " + why);
    }

    private static BackupException refused(String subject, String message) {
        return BackupException.operator("setting.path", subject, message);
    }
}
