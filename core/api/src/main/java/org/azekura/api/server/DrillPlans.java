package org.azekura.api.server;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.osgi.annotation.versioning.ProviderType;

/** Plans of drills. When they run {@link Schedules#preview} says. Safe for any number of threads. */
@ProviderType
public interface DrillPlans {

    /** What a plan goes by that says nothing else: run by hand, and what fails is told and not tried again. */
    Timing USUAL = new Timing("", "", List.of(), false, true, Timing.USUAL_PRIORITY, 0, Duration.ZERO, 0, Duration.ofMinutes(10), true);

    /** By name. */
    List<DrillPlan> list() throws BackupException;

    /** @throws BackupException {@code plan.unknown} */
    DrillPlan get(PolicyName name) throws BackupException;

    /**
     * @throws BackupException {@code plan.exists}, {@code plan.invalid}, {@code schedule.invalid}, {@code blackout.invalid}, {@code saveset.*}, {@code pool.unknown},
     *                         {@code client.unknown}: nothing was changed
     */
    DrillPlan create(Wanted wanted) throws BackupException;

    /**
     * Has a plan be as it is to be from now on. What its schedule has not brought yet, a new one does not bring afterwards.
     *
     * @throws BackupException {@code plan.unknown} and as {@link #create}: nothing was changed
     */
    DrillPlan change(Wanted wanted) throws BackupException;

    /**
     * A plan as it is to be.
     *
     * @param saveSets as {@link SaveSets#find} takes them
     * @param copies   none: each that there is
     */
    record Wanted(PolicyName name, List<String> saveSets, List<PoolName> copies, int perMillion, int files, ClientName client, Timing timing) {

        public Wanted {
            saveSets = List.copyOf(saveSets);
            copies = List.copyOf(copies);
        }
    }

    /** What its drills proved stays. @throws BackupException {@code plan.unknown} */
    void delete(PolicyName name) throws BackupException;

    /**
     * Begins a drill of each save set, of the copy whose turn it is. One that cannot be begun holds none of the others up.
     *
     * @throws BackupException {@code plan.unknown}
     */
    List<Policies.Begun> run(PolicyName name) throws BackupException;

    /**
     * The last runs of a plan, newest first.
     *
     * @param limit 1 to {@link Schedules#MOST}; about a hundred are kept
     */
    List<PolicyRun> runs(PolicyName name, int limit) throws BackupException;
}
