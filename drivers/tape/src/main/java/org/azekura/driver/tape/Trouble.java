package org.azekura.driver.tape;

import org.azekura.api.BackupException;
import org.azekura.api.Failure;

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

    static BackupException interrupted(String where) {
        return device("device.interrupted", where, "the call was interrupted; what the device has done of it is not known");
    }

    static BackupException lost(String where) {
        return device("drive.lost", where, "it is not known where the drive stands; locate, rewind or load first");
    }

    static BackupException unloaded(String where) {
        return device("drive.unloaded", where, "no cartridge is loaded; load one first");
    }

    static BackupException attention(String where) {
        return device("drive.attention", where, "the drive was reset, or the way to it was lost, and what was not on the tape may be gone;"
                + " load the cartridge again");
    }

    static BackupException unsupported(String where, String what) {
        return operator("device.unsupported", where, what);
    }

    static boolean is(BackupException e, String code) {
        return e.failure().code().equals(code);
    }

    /** Whether the device can't be asked any more in this session: nothing that it might say is known. */
    static boolean isLoss(BackupException e) {
        Failure failure = e.failure();
        return failure.code().equals("device.io") || failure.code().equals("device.timeout") || failure.code().equals("device.interrupted")
                || failure.code().equals("device.closed");
    }
}
