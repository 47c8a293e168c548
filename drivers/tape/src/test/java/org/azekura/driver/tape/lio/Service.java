package org.azekura.driver.tape.lio;

import java.time.Duration;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** Has a drive do what the kernel's target is asked for. */
record Service(Ring ring, ScsiTransport drive) implements Runnable {

    private static final int WRITE = 0x0a;

    @Override
    public void run() {
        while (true) {
            ring.serve((cdb, data) -> (Outcome.Answered) drive.execute(cdb, cdb[0] == WRITE ? Direction.OUT : Direction.IN, data, Duration.ZERO));
        }
    }
}
