package org.azekura.server.job;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.server.job.run.JobRecord;

/** The place of one job among those that run. It waits first for what holds it, as where its storage node is on battery. Thread-safe. */
final class JobPlace {

    private final Places places;
    private final Places.Claim claim;
    private final List<Hold> holds;
    private final Checked checked;
    private final JobRecord record;
    /** It has its place; guarded by this. */
    private boolean taken;
    /** It was told to park because of a hold; guarded by this. */
    private boolean held;

    JobPlace(Places places, Places.Claim claim, List<Hold> holds, Checked checked, JobRecord record) {
        this.places = places;
        this.claim = claim;
        this.holds = holds;
        this.checked = checked;
        this.record = record;
    }

    /** Waits for it; nobody waits for a hold with a place in hand. {@link #give} returns it. */
    void take() throws InterruptedException, BackupException {
        while (true) {
            for (Hold hold = hold(); hold != null; hold = hold()) {
                String why = why(hold);
                if (why != null) {
                    hold.tell(record, why);
                    hold.await(record.id(), checked, why);
                }
            }
            places.take(claim);
            if (begin()) {
                return;
            }
            places.give(claim.whose());
        }
    }

    private String why(Hold hold) {
        return hold.why(record.id(), checked);
    }

    /** The first that keeps it; null if none does. */
    private Hold hold() {
        return holds.stream().filter(hold -> why(hold) != null).findFirst().orElse(null);
    }

    /** What comes of holds from here on is told by {@link #toPark}. */
    private synchronized boolean begin() {
        taken = hold() == null;
        held = false;
        return taken;
    }

    void give() {
        synchronized (this) {
            taken = false;
        }
        places.give(claim.whose());
    }

    /** Why it is to give its place back because of a hold, told once; null if it is not. */
    synchronized BackupException toPark() {
        Hold hold = taken && !held ? hold() : null;
        String why = hold == null ? null : why(hold);
        held |= why != null;
        return why == null ? null : hold.exception(why);
    }

    synchronized boolean isHeld() {
        return held;
    }
}
