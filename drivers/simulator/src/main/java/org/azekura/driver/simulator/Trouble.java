package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.azekura.api.BackupException;

/** Failures, as the interfaces of drives and changers name them. */
final class Trouble {

    private Trouble() {}

    static BackupException setting(String name, String value, String why) {
        return BackupException.operator("setting." + name, value, "the setting " + name + " = " + value + " will not do: " + why);
    }

    static BackupException operator(String code, String where, String what) {
        return BackupException.operator(code, where, where + ": " + what);
    }

    static BackupException device(String code, String where, String what) {
        return BackupException.device(code, where, where + ": " + what, null);
    }

    static BackupException media(String code, String where, String what) {
        return BackupException.media(code, where, where + ": " + what, null);
    }

    static BackupException closed(String where) {
        return device("device.closed", where, "the library is closed; open it again");
    }

    static BackupException lost(String where) {
        return device("drive.lost", where, "it is not known where the drive stands; locate, rewind or load first");
    }

    static BackupException unloaded(String where) {
        return device("drive.unloaded", where, "no cartridge is loaded; load one first");
    }

    static BackupException attention(String where) {
        return device("drive.attention", where, "the drive was reset, and what was not on the tape is lost; load the cartridge again");
    }

    static BackupException unsupported(String where, String what) {
        return operator("device.unsupported", where, what);
    }

    /** The files themselves fail, which no simulated fault does. */
    static BackupException files(IOException e, String where, String doing) {
        if (e instanceof ClosedByInterruptException) {
            return BackupException.device("device.interrupted", where, where + ": interrupted while it had to " + doing, e);
        }
        return BackupException.device("device.io", where, where + ": cannot " + doing + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there";
        }
        return e instanceof FileSystemException other && other.getReason() != null ? other.getReason() + " (" + other.getFile() + ")"
                : String.valueOf(e.getMessage());
    }
}
