package org.azekura.api.device;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a source of power stands.
 *
 * @param voltage of the mains, in volts, if it is measured
 * @param charge  of the battery, 0 to 100 percent, if it is known
 * @param since   when the supply became what it is
 * @param problem what needs a look, on one line: why nothing is known, a battery that is broken; empty if nothing does
 */
public record PowerState(Supply supply, OptionalDouble voltage, OptionalInt charge, Instant since, String problem) {

    public PowerState {
        Objects.requireNonNull(supply);
        Objects.requireNonNull(voltage);
        Objects.requireNonNull(since);
        Objects.requireNonNull(problem);
        if (charge.isPresent() && (charge.getAsInt() < 0 || charge.getAsInt() > 100)) {
            throw new IllegalArgumentException("a battery is charged to 0 to 100 percent, not to " + charge.getAsInt());
        }
    }

    /** Where the power comes from. */
    public enum Supply {
        MAINS,
        BATTERY,
        /** On battery, and that is about to end. */
        LOW,
        /** The device is silent, or has not answered yet. Says nothing about the power. */
        UNKNOWN;

        /** The single word that people see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
