package org.azekura.server.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.PolicyRun;

/** What runs by a schedule, job by job for its save sets, and where the catalog has it. A value. */
public interface Course {

    /** As commands and people say it, like {@code policy}. */
    String kind();

    PolicyName name();

    Timing timing();

    /** In the order in which they are begun. */
    List<SaveSetId> saveSets();

    /** Whether the catalog has it just so. */
    boolean isIn(CatalogView view) throws BackupException;

    /** Up to when its schedule is dealt with; empty if that was never said. */
    Optional<Instant> scheduled(CatalogView view) throws BackupException;

    void putScheduled(CatalogEdit edit, Instant until) throws BackupException;

    /** Its runs that have not ended, oldest first. */
    List<PolicyRun> open(CatalogView view) throws BackupException;

    /** Its last runs, so many at most, newest first. */
    List<PolicyRun> runs(CatalogView view, int limit) throws BackupException;

    /** The same without their parts. */
    List<PolicyRun> bareRuns(CatalogView view, int limit) throws BackupException;

    void put(CatalogEdit edit, PolicyRun run) throws BackupException;

    /** Forgets its runs that have ended, but for so many of the newest. */
    void forget(CatalogEdit edit, int but) throws BackupException;

    /**
     * The job for one of its save sets, as {@link Scheduler.Queue#prepare}; called outside of transactions.
     *
     * @throws BackupException why there can't be one
     */
    CatalogStore.Change<Job> prepare(CatalogStore catalog, Scheduler.Queue queue, SaveSetId set, boolean there) throws BackupException;
}
