package org.azekura.server.job.run;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;

/** A catalog whose database goes while a change is committed, so that nobody can say whether it is there. Used by one thread at a time. */
public final class LosingStore implements CatalogStore {

    private final CatalogStore whole;
    private boolean loses;
    private boolean commits;
    private int away;
    /** What comes between a lost answer and the next change. */
    public Runnable behindLoss = () -> { };

    public LosingStore(CatalogStore whole) {
        this.whole = whole;
    }

    /**
     * The answer to the next change is lost.
     *
     * @param there whether it is in the catalog all the same
     * @param away  so many changes behind it don't reach the database
     */
    public void loseNext(boolean there, int away) {
        loses = true;
        commits = there;
        this.away = away;
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        return whole.read(query);
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        if (loses) {
            loses = false;
            throw lost(change);
        }
        if (away > 0) {
            away--;
            throw BackupException.device("catalog.io", "", "the database is away", null);
        }
        return whole.write(change);
    }

    private <T> BackupException lost(Change<T> change) throws BackupException {
        BackupException lost = BackupException.device("catalog.unknown", "", "the database went away while a change was committed", null);
        try {
            whole.write(edit -> {
                change.run(edit);
                if (!commits) {
                    throw lost;
                }
                return null;
            });
        } catch (BackupException e) {
            if (e != lost) {
                throw e;
            }
        }
        behindLoss.run();
        return lost;
    }
}
