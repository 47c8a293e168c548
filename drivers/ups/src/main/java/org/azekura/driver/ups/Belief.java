package org.azekura.driver.ups;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.azekura.api.device.PowerState;
import org.azekura.api.device.PowerState.Supply;

/** What is believed of a device, from what it answered. Guarded by its user. */
final class Belief {

    private final Setup setup;
    private final Instant begun;
    private Supply supply = Supply.UNKNOWN;
    private Instant since;
    /** What the last answer said, believed or not. */
    private Supply heard = Supply.UNKNOWN;
    private UpsStatus last;
    private Instant answered;
    private String trouble = "it has not answered yet";

    Belief(Setup setup, Instant now) {
        this.setup = setup;
        this.begun = now;
        this.since = now;
    }

    void answered(UpsStatus status, Instant now) {
        Supply says = supply(status, now);
        // A garbled bit must not stop a night of backups: what is new is believed when it is heard again.
        if (says == heard && says != supply) {
            supply = says;
            since = now;
        }
        heard = says;
        last = status;
        answered = now;
        trouble = "";
    }

    private Supply supply(UpsStatus status, Instant now) {
        if (!status.onBattery()) {
            return Supply.MAINS;
        }
        boolean tooLong = !setup.longest().isZero() && isOnBattery(supply) && !now.isBefore(since.plus(setup.longest()));
        // once it is low on battery, a voltage that recovers a little without load is no comfort
        boolean low = status.low() || tooLong || supply == Supply.LOW || setup.low() > 0 && charge(status).orElse(100) <= setup.low();
        return low ? Supply.LOW : Supply.BATTERY;
    }

    private static boolean isOnBattery(Supply supply) {
        return supply == Supply.BATTERY || supply == Supply.LOW;
    }

    private OptionalInt charge(UpsStatus status) {
        return status.battery().isPresent() ? setup.charge(status.battery().getAsDouble()) : OptionalInt.empty();
    }

    /** Nothing came, or nothing that means anything; for people. */
    void trouble(String what) {
        trouble = what;
    }

    /** For people: why the last question got no answer; empty if it got one. */
    String trouble() {
        return trouble;
    }

    PowerState state(Instant now) {
        Instant contact = answered == null ? begun : answered;
        if (Duration.between(contact, now).compareTo(setup.silence()) > 0) {
            supply = Supply.UNKNOWN;
            heard = Supply.UNKNOWN;
        }
        if (supply == Supply.UNKNOWN) {
            return new PowerState(Supply.UNKNOWN, OptionalDouble.empty(), OptionalInt.empty(), contact, trouble.isEmpty() ? "it is asked again" : trouble);
        }
        return new PowerState(supply, last.input(), charge(last), since, problem());
    }

    private String problem() {
        if (last.failed()) {
            return "it says that it is broken";
        }
        return last.low() && supply == Supply.MAINS ? "its battery is almost empty" : "";
    }
}
