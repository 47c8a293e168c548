package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.azekura.api.BackupException;

/** What an administrator may confirm. */
final class Confirmation {

    static final String ADMIN = "admin";

    private Confirmation() {}

    /**
     * @param seen    what the machine's clock said to him
     * @param machine what it says
     * @param against who says that it is earlier
     * @throws BackupException {@code clock.done}, {@code clock.changed}, {@code clock.refused}
     */
    static void require(Retention retention, Instant seen, Instant machine, Optional<String> against) throws BackupException {
        if (!retention.asks()) {
            throw BackupException.operator("clock.done", "clock", "nothing is asked: the retention time " + retention.now() + " goes on by itself; if it is behind"
                    + " and the machine's clock is right, stop the server and start it again");
        }
        if (Duration.between(seen, machine).abs().compareTo(Witnesses.AGREE) > 0) {
            throw BackupException.operator("clock.changed", "clock", "the machine's clock says " + machine + ", not " + seen + " as it did when it was looked at;"
                    + " look again");
        }
        if (against.isPresent()) {
            throw BackupException.operator("clock.refused", "clock", "the machine's clock says " + machine + ", but " + against.get()
                    + "; set the one right that is wrong");
        }
    }
}
