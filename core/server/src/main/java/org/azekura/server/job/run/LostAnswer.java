package org.azekura.server.job.run;

import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;

/** The answer to a change that ends a job was lost, and the store could not find out whether it is there. The job's row says so, once it can be asked. */
public record LostAnswer(BackupException why) {

    /** Whether nobody can say whether the change is in the catalog; any other failure says that it is not. */
    public static boolean is(BackupException why) {
        return why.failure().code().equals("catalog.unknown");
    }

    /**
     * Returns if the change that put this end is in the catalog. Asked by a change: its turn comes when the one that was cut off has ended, one way or the other.
     *
     * @throws BackupException {@code catalog.io}: it is not; or still that nobody can say
     */
    void require(CatalogStore catalog, Job end) throws BackupException {
        boolean there;
        try {
            there = catalog.write(edit -> edit.job(end.id()).filter(row -> row.state() == end.state() && row.attempts() == end.attempts() && Arrays.equals(row.result(), end.result())).isPresent());
        } catch (BackupException e) {
            why.addSuppressed(e);
            throw why;
        }
        if (!there) {
            throw new BackupException(new Failure("catalog.io", why.failure().kind(), true, end.id().toString(), "the catalog's database was gone before the end of job " + end.id() + " was in it"), why);
        }
    }
}
