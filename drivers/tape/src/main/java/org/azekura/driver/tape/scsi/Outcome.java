package org.azekura.driver.tape.scsi;

import java.time.Duration;

/** What became of a command. */
public sealed interface Outcome {

    /**
     * The device has answered.
     *
     * @param status   as SAM-5 has it: 0 good, 2 check condition, 8 busy, 18h reservation conflict, 28h task set full
     * @param sense    as it came, empty if none did
     * @param residual bytes that were asked for and not transferred, as told: may be negative, and may be wrong
     */
    record Answered(int status, byte[] sense, int residual) implements Outcome {}

    /** The way broke, or was closed. It is not known whether the command was carried out. Every later call says the same. */
    record Lost(String why) implements Outcome {}

    /** No answer in time; as above. Every later call is {@link Lost}. */
    record TimedOut(Duration after) implements Outcome {}

    /** The thread was interrupted, and still is; as above. Every later call is {@link Lost}. */
    record Interrupted() implements Outcome {}
}
