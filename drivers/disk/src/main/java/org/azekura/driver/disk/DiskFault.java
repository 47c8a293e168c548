package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.azekura.api.BackupException;

/** Says what a failed file call means. */
final class DiskFault {

    private DiskFault() {}

    /** @param doing what failed, like {@code write packs/3f/3f2a} */
    static BackupException of(IOException e, Path root, String doing) {
        String where = "cannot " + doing + " in " + root + ": ";
        if (e instanceof ClosedByInterruptException) {
            return BackupException.device("device.interrupted", root.toString(), where + "the call was interrupted", e);
        }
        if (!Files.isDirectory(root)) {
            return gone(root);
        }
        String reason = reason(e);
        // The JDK keeps no errno, only its text; the launcher sets LC_ALL=C.UTF-8, so it is the English one.
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return BackupException.media("device.full", root.toString(), where + reason + "; free some space or use another volume", e);
        }
        return BackupException.device("device.io", root.toString(), where + reason, e);
    }

    /** A folder that is gone, as when its disk is not mounted, is not an empty one: who took it for that would take everything for lost. */
    static BackupException gone(Path root) {
        return BackupException.media("volume.missing", root.toString(), "the folder " + root + " is not there; mount or connect its disk", null);
    }

    static BackupException closed(Path root) {
        return BackupException.device("device.closed", root.toString(), "the device at " + root + " is closed; open it again", null);
    }

    /** Whether the call failed because there is no such file: it, or a folder on the way to it, does not exist. */
    static boolean absent(IOException e) {
        return e instanceof NoSuchFileException
                || e instanceof FileSystemException other && "Not a directory".equals(other.getReason());
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
