package org.azekura.server;

import java.time.Duration;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.Lead;
import org.azekura.server.catalog.ServedCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server does while another leads: it waits for its turn, and carries out jobs of that one as long as it takes part in its lead. Thread-safe. */
final class Standby {

    private static final Logger log = LoggerFactory.getLogger(Standby.class);

    private static final Duration AGAIN = Duration.ofSeconds(2);
    /** Until then the one that leads offers jobs to nobody, and each waits a moment for that. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final HeldCatalog catalog;
    private final Lead lead;
    private final Duration lastChanges;
    private int atOnce;
    /** Null unless it carries out jobs. */
    private WorkingServer working;

    /** @param lastChanges how long changes of the catalog are waited for that had begun */
    Standby(HeldCatalog catalog, Lead lead, Duration lastChanges) {
        this.catalog = catalog;
        this.lead = lead;
        this.lastChanges = lastChanges;
    }

    /** So many jobs run at a time, now and later. */
    synchronized void jobsAtOnce(int most) {
        atOnce = most;
        if (working != null) {
            working.jobsAtOnce(most);
        }
    }

    /**
     * Until it is to lead.
     *
     * @param standing gives the one that stands by
     */
    void run(WorkingServer.Process process, Supplier<BackupServer> standing) throws BackupException, InterruptedException {
        for (lead.awaitTurn(false); !lead.isLeading(); lead.awaitTurn(false)) {
            if (lead.isWorking()) {
                work(process, standing.get());
            } else if (lead.isLost()) {
                standAgain();
            }
        }
    }

    /** A database that is away just now is no reason to stand by no longer. */
    private void standAgain() throws InterruptedException {
        while (true) {
            try {
                lead.stand();
                return;
            } catch (BackupException e) {
                log.warn("this server can't stand for the lead again yet: {}", e.getMessage());
                Thread.sleep(AGAIN);
            }
        }
    }

    private void work(WorkingServer.Process process, BackupServer standing) throws BackupException, InterruptedException {
        ServedCatalog changed = ServedCatalog.ofWork(catalog, lead);
        try {
            WorkingServer made = new WorkingServer(process, changed, lead, lead.offers().orElseThrow(), standing);
            try {
                keep(made);
                made.begin();
                lead.awaitTurn(true);
            } finally {
                keep(null);
                made.close();
            }
        } catch (BackupException | RuntimeException e) {
            log.warn("this server can't carry out jobs of the one that leads, and tries again in {} s: {}", RETRY.toSeconds(), e.getMessage());
            lead.awaitTurn(true, RETRY);
        } finally {
            changed.close();
            if (!changed.awaitQuiet(lastChanges)) {
                throw stuck();
            }
        }
    }

    static BackupException stuck() {
        return BackupException.device("server.stuck", "", "changes of the catalog that had begun have not ended in time; start this server again", null);
    }

    private synchronized void keep(WorkingServer made) {
        working = made;
        if (made != null) {
            made.jobsAtOnce(atOnce);
        }
    }
}
