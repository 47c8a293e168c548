package org.azekura.driver.tape;

import java.util.Optional;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.Sense;
import org.azekura.driver.tape.scsi.SenseTable;
import org.azekura.driver.tape.scsi.Verdict;

/**
 * What a device answered.
 *
 * @param sense    empty if it said none
 * @param asked    bytes that were asked for
 * @param residual of these, as told: may be wrong
 * @param came     bytes that came in
 */
record Answer(int status, Optional<Sense> sense, int asked, int residual, int came) {

    static final int GOOD = 0;

    static Answer of(Outcome.Answered answered, int asked, int came) {
        return new Answer(answered.status(), Sense.parse(answered.sense()), asked, answered.residual(), came);
    }

    /** What is to be done about it; a device that fails and does not say why has given the command up. */
    Verdict verdict() {
        if (status == GOOD) {
            return Verdict.DONE;
        }
        return sense.map(said -> said.deferred() ? Verdict.REPOSITION : SenseTable.verdict(said)).orElse(Verdict.REPOSITION);
    }

    boolean isDone() {
        return verdict().isDone();
    }

    /** Bytes of data that count: what was asked for less what was not transferred, but never more than came. */
    int length() {
        return Math.clamp((long) asked - residual, 0, came);
    }

    /** For people. */
    String text() {
        if (sense.isEmpty()) {
            return "status %02Xh without sense data".formatted(status);
        }
        return (sense.get().deferred() ? "an earlier command failed: " : "") + SenseTable.row(sense.get()).text() + " (" + sense.get() + ")";
    }
}
