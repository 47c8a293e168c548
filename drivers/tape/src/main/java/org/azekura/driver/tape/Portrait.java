package org.azekura.driver.tape;

import java.util.HashSet;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.TimeOuts;
import org.azekura.driver.tape.scsi.Verdict;

/** What a device has said of itself: who it is, what it has, and how long that takes. One thread at a time. */
final class Portrait {

    private final SpcDevice device;
    private final Set<Integer> absent = new HashSet<>();
    private TimeOuts timeOuts = TimeOuts.of("");
    private Inquiry inquiry;
    private Operations operations = Operations.UNKNOWN;
    private boolean learned;

    Portrait(SpcDevice device) {
        this.device = device;
    }

    /** Null if it was never asked. */
    Inquiry inquiry() {
        return inquiry;
    }

    TimeOuts timeOuts() {
        return timeOuts;
    }

    Operations operations() {
        return operations;
    }

    /** Asks who it is, and what it has. The second it does not say while somebody else has it reserved: {@link #learn} asks for that again. */
    void introduce(Family family) throws BackupException {
        Inquiry found = Inquiry.of(device);
        if (found.type() != family.type()) {
            throw Trouble.device("device.io", device.location(), "this is no " + family.word() + ", expected a SCSI device of type " + family.type() + ", found "
                    + found.type() + " (" + found.vendor() + " " + found.product() + "); look at the settings of the library");
        }
        inquiry = found;
        timeOuts = TimeOuts.of(found.product());
        operations = Operations.UNKNOWN;
        learned = false;
        try {
            learn();
        } catch (BackupException e) {
            if (!Trouble.is(e, "device.reserved")) {
                throw e;
            }
        }
    }

    /** Asks what it has, unless it has said so. */
    void learn() throws BackupException {
        if (!learned) {
            operations = Operations.of(device);
            timeOuts = timeOuts.told(operations.timeOuts());
            learned = true;
        }
    }

    boolean lacks(Cdb cdb) {
        return absent.contains(cdb.key());
    }

    /** Remembers that it has no such command; a form that it does not know is another matter for what has service actions or pages. */
    void note(Cdb cdb, Answer answer) {
        boolean noCommand = answer.sense().filter(sense -> sense.key() == 5 && sense.asc() == 0x20).isPresent();
        boolean noAction = answer.verdict() == Verdict.UNSUPPORTED && cdb.service() >= 0;
        if (noCommand || noAction) {
            absent.add(cdb.key());
        }
    }
}
