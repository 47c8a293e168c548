package org.azekura.api.server;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.osgi.annotation.versioning.ProviderType;

/** Policies. Safe for any number of threads. */
@ProviderType
public interface Policies {

    /** When they run by themselves, and how their runs went. */
    Schedules schedules();

    /** By name. */
    List<Policy> list() throws BackupException;

    /** @throws BackupException {@code policy.unknown} */
    Policy get(PolicyName name) throws BackupException;

    /** @throws BackupException {@code policy.exists}, {@code policy.invalid}, {@code schedule.invalid}, {@code blackout.invalid}, {@code saveset.*},
     *                         {@code pool.unknown}: nothing was changed */
    Policy create(Wanted wanted) throws BackupException;

    /**
     * A policy as it is to be.
     *
     * @param saveSets as {@link SaveSets#find} takes them
     */
    record Wanted(PolicyName name, List<String> saveSets, PoolName pool, List<PoolName> copyTo, Timing timing, Keep keep) {

        public Wanted {
            saveSets = List.copyOf(saveSets);
            copyTo = List.copyOf(copyTo);
        }
    }

    /**
     * Has a policy be as it is to be from now on. What its schedule has not brought yet, a new one does not bring afterwards.
     *
     * @throws BackupException {@code policy.unknown} and as {@link #create}: nothing was changed
     */
    Policy change(Wanted wanted) throws BackupException;

    /** @throws BackupException {@code policy.unknown} */
    void delete(PolicyName name) throws BackupException;

    /**
     * Begins a backup of each save set; with each snapshot its copies are ordered, whatever becomes of the caller. One that cannot be begun holds none
     * of the others up.
     *
     * @throws BackupException {@code policy.unknown}
     */
    List<Begun> run(PolicyName name) throws BackupException;

    /**
     * What became of one save set.
     *
     * @param job     null if it could not be begun
     * @param failure why it could not, else null
     */
    record Begun(SaveSetId saveSet, Job job, Failure failure) {}
}
