package org.azekura.driver.simulator;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Drive;

/** What a drive has to say: the flags that it raised, and the errors that it counted with the cartridge that was loaded last. One thread at a time. */
final class Complaints {

    private static final int READ_FAILURE = 5;
    private static final int WRITE_FAILURE = 6;

    private final Set<Integer> flags = new TreeSet<>();
    private Drive.Counters counters = new Drive.Counters(0, 0, 0, 0);

    void raise(int flag) {
        flags.add(flag);
    }

    void settled(int flag) {
        flags.remove(flag);
    }

    /** All flags; they are down then. */
    List<Alert> take() {
        List<Alert> raised = flags.stream().map(Alert::new).toList();
        flags.clear();
        return raised;
    }

    Drive.Counters counters() {
        return counters;
    }

    /** Another cartridge, or the same once more. */
    void loaded() {
        counters = new Drive.Counters(0, 0, 0, 0);
    }

    /** Errors that nobody notices but by the counters. */
    void corrected(Call call, long errors) {
        boolean writes = call != Call.READ;
        counters = new Drive.Counters(counters.writeCorrected() + (writes ? errors : 0), counters.writeUncorrected(),
                counters.readCorrected() + (writes ? 0 : errors), counters.readUncorrected());
    }

    void writeFailed() {
        flags.add(WRITE_FAILURE);
        counters = new Drive.Counters(counters.writeCorrected(), counters.writeUncorrected() + 1, counters.readCorrected(), counters.readUncorrected());
    }

    void readFailed() {
        flags.add(READ_FAILURE);
        counters = new Drive.Counters(counters.writeCorrected(), counters.writeUncorrected(), counters.readCorrected(), counters.readUncorrected() + 1);
    }
}
