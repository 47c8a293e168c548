package org.azekura.server.catalog;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogStore;

/** A candidate as one store knows it. */
final class StoodIn implements Candidate {

    private final Candidate candidate;
    private boolean told;

    private StoodIn(Candidate candidate) {
        this.candidate = candidate;
    }

    /** Has it stand in this store; if it led in the one before and does not in this, it is told so. */
    static Candidacy in(CatalogStore store, Candidate candidate) throws BackupException {
        StoodIn self = new StoodIn(candidate);
        Candidacy candidacy = store.stand(self);
        self.settle();
        return candidacy;
    }

    private synchronized void settle() {
        if (!told) {
            candidate.lost();
        }
    }

    @Override
    public String id() {
        return candidate.id();
    }

    @Override
    public String name() {
        return candidate.name();
    }

    @Override
    public String place() {
        return candidate.place();
    }

    @Override
    public synchronized void leads() {
        told = true;
        candidate.leads();
    }

    @Override
    public synchronized void lost() {
        told = true;
        candidate.lost();
    }
}
