package org.azekura.server;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.server.Catalog;
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
    private final Duration again;
    private final Duration retry;
    private int atOnce;
    /** Null unless it carries out jobs. */
    private Work working;
    /** Why it can't, as it was said last; null if it could since. Of the thread that runs it. */
    private String said;

    /** What carries out jobs. Its close ends it, however far it came. */
    interface Work extends AutoCloseable {

        void begin() throws BackupException;

        /** So many run at a time from now on. */
        void jobsAtOnce(int most);

        @Override
        void close();
    }

    /** Makes one. */
    interface Maker {
        /** @param catalog in which it may change something */
        Work make(Catalog catalog) throws BackupException;
    }

    /** @param lastChanges how long changes of the catalog are waited for that had begun */
    Standby(HeldCatalog catalog, Lead lead, Duration lastChanges) {
        this(catalog, lead, lastChanges, AGAIN, RETRY);
    }

    /**
     * @param again after how long it is tried again to stand for the lead
     * @param retry the same of what carries out jobs
     */
    Standby(HeldCatalog catalog, Lead lead, Duration lastChanges, Duration again, Duration retry) {
        this.catalog = catalog;
        this.lead = lead;
        this.lastChanges = lastChanges;
        this.again = again;
        this.retry = retry;
    }

    /** So many jobs run at a time, now and later. */
    synchronized void jobsAtOnce(int most) {
        atOnce = most;
        if (working != null) {
            working.jobsAtOnce(most);
        }
    }

    /** Until it is to lead. @param maker of what carries out jobs meanwhile */
    void run(Maker maker) throws BackupException, InterruptedException {
        for (lead.awaitTurn(false); !lead.isLeading(); lead.awaitTurn(false)) {
            if (lead.isWorking()) {
                work(maker);
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
                Thread.sleep(again);
            }
        }
    }

    private void work(Maker maker) throws BackupException, InterruptedException {
        ServedCatalog changed = ServedCatalog.ofWork(catalog, lead);
        try {
            Work made = maker.make(changed);
            try {
                keep(made);
                made.begin();
                said = null;
                lead.awaitTurn(true);
            } finally {
                keep(null);
                made.close();
            }
        } catch (BackupException | RuntimeException e) {
            say("this server can't carry out jobs of the one that leads, and tries again every " + retry.toSeconds() + " s: " + e.getMessage());
            lead.awaitTurn(true, retry);
        } finally {
            changed.close();
            if (!changed.awaitQuiet(lastChanges)) {
                throw stuck();
            }
        }
    }

    /** Once, not at each try. */
    private void say(String why) {
        if (why.equals(said)) {
            log.debug("{}", why);
        } else {
            log.warn("{}", why);
        }
        said = why;
    }

    static BackupException stuck() {
        return BackupException.device("server.stuck", "", "changes of the catalog that had begun have not ended in time; start this server again", null);
    }

    private synchronized void keep(Work made) {
        working = made;
        if (made != null) {
            made.jobsAtOnce(atOnce);
        }
    }
}
