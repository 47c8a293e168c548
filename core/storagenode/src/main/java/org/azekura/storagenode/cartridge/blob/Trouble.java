package org.azekura.storagenode.cartridge.blob;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;

/** What is said when something goes wrong here. */
public final class Trouble {

    /** The drive lost its cartridge or its place, and nothing was done: it can be asked again once the cartridge is identified. */
    private static final Set<String> LOST = Set.of("drive.attention", "drive.lost", "drive.unloaded");

    private static final Set<String> CARTRIDGE = Set.of("volume.suspect", "volume.foreign", "volume.quarantined", "volume.missing", "volume.label", "media.write",
            "media.end", "media.protected", "media.unfit", "media.read", "media.key");

    private Trouble() {}

    public static boolean isLost(BackupException e) {
        return LOST.contains(e.failure().code());
    }

    /**
     * The drive was lost, or did not answer: it is met anew, and the cartridge in it tells what it has of that which was written to it. Nothing is sent again
     * before that.
     */
    public static boolean isToldByTape(BackupException e) {
        return isLost(e) || is(e, "media.end") || is(e, "device.io") || isAway(e);
    }

    /** It does not answer, perhaps for long: who waits goes on when it does. */
    public static boolean isAway(BackupException e) {
        return is(e, "drive.away") || is(e, "changer.away");
    }

    /** No answer of a drive or a changer, as who waits for it is to be told; anything else as it is. */
    public static BackupException away(String what, BackupException e) {
        return !is(e, "device.io") ? e : BackupException.device(what + ".away", e.failure().subject(), e.getMessage() + "; look at the power and the cable of the "
                + what + ", it is asked again", e);
    }

    /** It is about one cartridge, and another one may do. */
    public static boolean isOfCartridge(BackupException e) {
        return CARTRIDGE.contains(e.failure().code());
    }

    /** The cartridge is not there, or another one is in its place. */
    public static boolean isElsewhere(BackupException e) {
        return is(e, "volume.missing") || is(e, "volume.foreign");
    }

    public static boolean is(BackupException e, String code) {
        return e.failure().code().equals(code);
    }

    public static BackupException closed(String where) {
        return BackupException.device("device.closed", where, "the library " + where + " is closed; open it again", null);
    }

    public static BackupException interrupted(String where, InterruptedException e) {
        Thread.currentThread().interrupt();
        return BackupException.device("device.interrupted", where, where + ": the call was interrupted", e);
    }

    public static BackupException busy(String where, String what) {
        return BackupException.device("device.busy", where, where + ": " + what + "; try again later", null);
    }

    public static BackupException taken(String where, String key) {
        return BackupException.operator("blob.exists", key, where + " has a blob \"" + key + "\" already");
    }

    public static BackupException missing(String where, String what) {
        return BackupException.media("volume.missing", where, where + ": " + what, null);
    }

    public static BackupException quarantined(String where, String what) {
        return BackupException.media("volume.quarantined", where, where + ": " + what + "; it is left as it is: look what it is, or choose a blank cartridge", null);
    }

    public static BackupException suspect(String where, String what, Throwable cause) {
        return BackupException.media("volume.suspect", where, where + ": " + what + "; nothing is written on it any more, copy what can be read to another", cause);
    }

    public static BackupException full(String where, String what) {
        return BackupException.media("device.full", where, where + ": " + what + "; use another volume", null);
    }

    /** What the drive had taken does not fit: which of it is on the tape is seen there. */
    public static BackupException end(String where) {
        return BackupException.media("media.end", where, where + ": no room for the last that was written", null);
    }

    public static BackupException corrupt(String where, String what) {
        return BackupException.corrupt("blob.corrupt", where, where + ": " + what);
    }

    /** A failure of the drive with cartridge and place. What {@code device.} says passes as it is, but for no answer. */
    public static BackupException at(String where, BackupException problem) {
        if (is(problem, "media.key")) {
            // It says nothing of what lies there, so no pack is bad for it.
            return BackupException.media("drive.sealed", where, where + " was sealed by a drive, with a key that is not known here: an appliance needs the pool's key"
                    + " (\"azekura key import\"), extract a recovery file that has a key ring (--key)", problem);
        }
        BackupException e = away("drive", problem);
        Failure f = e.failure();
        if (!f.code().startsWith("drive.") && !f.code().startsWith("media.")) {
            return e;
        }
        return new BackupException(new Failure(f.code(), f.kind(), f.retryable(), f.subject(), where + ": " + f.message()), e);
    }

    /** A failure of this node's own disk. */
    public static BackupException files(IOException e, Path where, String doing) {
        String text = "cannot " + doing + " in " + where + ": " + e.getMessage();
        if (e instanceof ClosedByInterruptException) {
            return BackupException.device("device.interrupted", where.toString(), text, e);
        }
        String reason = String.valueOf(e.getMessage());
        return reason.contains("No space left") || reason.contains("quota exceeded")
                ? BackupException.media("device.full", where.toString(), text + "; free some space there", e)
                : BackupException.device("device.io", where.toString(), text, e);
    }
}
