package org.azekura.driver.tape;

import org.azekura.api.device.Drive;
import org.azekura.api.device.WriteResult;

/** A cartridge that is loaded, and what is known of it until it is unloaded or loaded anew. One thread at a time. */
final class Mount {

    /** How this drive says where it stands, found out at the first object. */
    enum Form {
        /** Nothing was passed since the load, so there was nothing to compare. */
        UNDECIDED,
        /** Its numbers are right, and it goes to them. */
        NUMBERS,
        /** Its numbers are names of its own, in order: it goes to those that it has said. */
        TOKENS,
        /** It has no places: we count. */
        COUNTED
    }

    private final Drive.Cartridge cartridge;
    private final Track track = new Track();
    private Form form = Form.UNDECIDED;
    private boolean lost;
    private boolean unwritten;
    private WriteResult warned = WriteResult.WRITTEN;
    private long warnedAt;
    private boolean moved;
    private long located = -1;

    Mount(Drive.Cartridge cartridge) {
        this.cartridge = cartridge;
        track.beginning();
    }

    Drive.Cartridge cartridge() {
        return cartridge;
    }

    Track track() {
        return track;
    }

    Form form() {
        return form;
    }

    void form(Form found) {
        form = found;
    }

    /** Whether it is not known where the drive stands. */
    boolean isLost() {
        return lost;
    }

    void lost(boolean now) {
        lost = now;
        moved = true;
    }

    /** The place that a drive with names of its own was sent to just now; -1 once something was passed. */
    long located() {
        return located;
    }

    void located(long name) {
        located = name;
    }

    /** Whether something was written that may be in the drive's buffer only. */
    boolean isUnwritten() {
        return unwritten;
    }

    void unwritten(boolean now) {
        unwritten = now;
    }

    /** The highest warning so far, from where it came on. */
    WriteResult warned() {
        return warned;
    }

    long warnedAt() {
        return warnedAt;
    }

    void warned(WriteResult result, long object) {
        warned = result;
        warnedAt = object;
    }

    /** Whether the tape was moved by something else than writing since the last write. */
    boolean takeMoved() {
        boolean was = moved;
        moved = false;
        return was;
    }

    void moved() {
        moved = true;
    }
}
