package org.azekura.installer;

import org.azekura.api.driver.InstalledDriver.State;

/**
 * A driver that is here.
 *
 * @param whole   null if not even that could be read
 * @param running null if it does not run
 * @param problem empty if there is none
 */
record Driver(Whole whole, DriverBundles running, State state, String problem) {

    static Driver active(Whole whole, DriverBundles running) {
        return new Driver(whole, running, State.ACTIVE, "");
    }

    static Driver failed(Whole whole, String problem) {
        return new Driver(whole, null, State.FAILED, problem);
    }

    /** The same, while another version takes its place. */
    Driver swapping(String why) {
        return new Driver(whole, running, State.SWAPPING, why);
    }

    Driver with(String other) {
        return new Driver(whole, running, state, other);
    }

    boolean serves(Admission.Kind kind) {
        return whole != null && whole.kind() == kind;
    }
}
