package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.server.job.run.JobRecord;

/** The place of one job among those that run. It waits for the mains first, where its storage node runs on battery. Thread-safe. */
final class JobPlace {

    private final Places places;
    private final Places.Claim claim;
    private final PowerHold power;
    private final Checked checked;
    private final JobRecord record;
    /** It has its place; guarded by this. */
    private boolean taken;
    /** It was told to park because of the power; guarded by this. */
    private boolean held;

    JobPlace(Places places, Places.Claim claim, PowerHold power, Checked checked, JobRecord record) {
        this.places = places;
        this.claim = claim;
        this.power = power;
        this.checked = checked;
        this.record = record;
    }

    /** Waits for it; nobody waits for the mains with a place in hand. {@link #give} returns it. */
    void take() throws InterruptedException, BackupException {
        while (true) {
            for (String why = power.why(checked); why != null; why = power.why(checked)) {
                record.held(why);
                power.await(checked, why);
            }
            places.take(claim);
            if (begin()) {
                return;
            }
            places.give(claim.whose());
        }
    }

    /** What comes of the power from here on is told by {@link #toPark}. */
    private synchronized boolean begin() {
        taken = power.why(checked) == null;
        held = false;
        return taken;
    }

    void give() {
        synchronized (this) {
            taken = false;
        }
        places.give(claim.whose());
    }

    /** Why it is to give its place back because of the power, told once; null if it is not. */
    synchronized String toPark() {
        String why = taken && !held ? power.why(checked) : null;
        held |= why != null;
        return why;
    }

    synchronized boolean isHeld() {
        return held;
    }
}
