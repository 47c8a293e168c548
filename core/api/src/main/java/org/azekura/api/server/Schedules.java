package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.PolicyRun;
import org.osgi.annotation.versioning.ProviderType;

/** When policies run, and how their runs went. Safe for any number of threads. */
@ProviderType
public interface Schedules {

    /** A list asked for here is no longer than this. */
    int MOST = 1000;

    /**
     * When something of this timing begins by itself, from now on; runs of a policy that is switched off are none.
     *
     * @param count 1 to {@link #MOST}
     * @return earliest first; fewer, or none, if no more come
     * @throws BackupException {@code schedule.invalid}, {@code blackout.invalid}: what is wrong, and what would do
     */
    List<Instant> preview(Timing timing, int count) throws BackupException;

    /** The next runs of all policies, earliest first. @param limit 1 to {@link #MOST} */
    List<Next> next(int limit) throws BackupException;

    /**
     * The last runs of a policy, newest first.
     *
     * @param limit 1 to {@link #MOST}; about a hundred are kept
     * @throws BackupException {@code policy.unknown}
     */
    List<PolicyRun> runs(PolicyName policy, int limit) throws BackupException;

    /** The name of the time zone that timings without one go by. */
    String zone();

    /** When a policy runs next. */
    record Next(PolicyName policy, Instant at) {}
}
