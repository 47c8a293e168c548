package org.azekura.driver.tape;

import java.time.Duration;
import org.azekura.api.BackupException;

/** Lets time pass; tests let it pass at once. */
@FunctionalInterface
interface Pauses {

    /** @throws BackupException {@code device.closed}, {@code device.interrupted} */
    void pause(Duration time, String where) throws BackupException;
}
