package org.azekura.server.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clocks of a machine.
 *
 * @param wall   that anybody can set who is root
 * @param nanos  that nobody can
 * @param kernel the wall clock's time if NTP keeps it
 */
record Machine(InstantSource wall, LongSupplier nanos, Supplier<Optional<Instant>> kernel) {

    static Machine real() {
        return new Machine(InstantSource.system(), System::nanoTime, KernelTime::now);
    }
}
