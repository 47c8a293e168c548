package org.azekura.driver.tape.iscsi;

/** The numbers by which both sides of a session know how far the other is. They wrap around. */
final class Counters {

    private int command = 1;
    private int most = 1;
    private int status;
    private int tag;

    /** Number of the next command; an immediate one does not use it up. */
    int command() {
        return command;
    }

    void sent() {
        command++;
    }

    /** Whether the target takes another command. */
    boolean open() {
        return most - command >= 0;
    }

    int nextTag() {
        tag = tag + 1 == Header.NONE ? 1 : tag + 1;
        return tag;
    }

    /** The status that is expected next. */
    int status() {
        return status;
    }

    /** Every PDU of the target but R2T and data without a status says all of it at the same place. @param counts whether it uses a status number up */
    void take(Header header, boolean counts) {
        if (counts) {
            status = header.u32(24) + 1;
        }
        int expected = header.u32(28);
        int highest = header.u32(32);
        // Older PDUs may be overtaken, and a target that says a window of less than none says nothing.
        if (highest - (expected - 1) >= 0 && highest - most > 0) {
            most = highest;
        }
    }
}
