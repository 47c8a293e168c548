package org.azekura.api.driver;

/** How a change of drivers ended that was not refused. */
public sealed interface Outcome {

    /** The driver runs as it is now. */
    record Done(InstalledDriver driver) implements Outcome {}

    /**
     * The new version would not do; the one before runs again.
     *
     * @param driver as it runs now
     * @param why    what the new version did, on one line
     */
    record BackedOut(InstalledDriver driver, String why) implements Outcome {}
}
