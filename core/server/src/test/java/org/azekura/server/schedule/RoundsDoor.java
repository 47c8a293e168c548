package org.azekura.server.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;

/** What looks after all that runs by a schedule, for simulations by another clock. */
public final class RoundsDoor {

    private final Rounds rounds;

    public RoundsDoor(CatalogStore catalog, Scheduler.Queue queue, CatalogStore.Query<List<Course>> courses, ZoneId zone) {
        rounds = new Rounds(catalog, queue, courses, zone, Ahead.MOST);
    }

    /** Does what is to be done. @return when something else is */
    public Instant look(Instant now) throws BackupException {
        return rounds.look(now);
    }

    /** Whether a policy may not begin anything now. */
    public static boolean isHeld(Timing timing, Instant now, ZoneId zone) throws BackupException {
        Plan plan = Plan.of(timing, zone);
        return plan.blackouts().hold(now, plan.zone());
    }
}
