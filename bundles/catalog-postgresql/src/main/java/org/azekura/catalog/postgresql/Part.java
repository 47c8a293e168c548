package org.azekura.catalog.postgresql;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidate;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part that this server takes in the lead of another: as long as that lasts and it is not taken for gone, it may commit changes. Of the thread of its {@link Contest}, but for {@link #under}. */
final class Part {

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    private final PostgresDatabase database;
    private final WriterMark mark;
    private final Candidate candidate;
    private volatile Leader leader;

    Part(PostgresDatabase database, WriterMark mark, Candidate candidate) {
        this.database = database;
        this.mark = mark;
        this.candidate = candidate;
    }

    /** The store of who leads where this one takes part; null: it takes none. */
    String under() {
        Leader of = leader;
        return of == null ? null : of.store();
    }

    boolean isTaken() {
        return leader != null;
    }

    /** Takes it if this server is to. @param seen who leads, as seen in this look; null: nobody, or nobody could be seen */
    void begin(Sql sql, Leader seen) throws BackupException {
        // a former run of this very server, which was killed, is waited for to be taken for gone: it has nothing to offer
        if (seen == null || seen.name().equals(candidate.name()) || !candidate.wouldTakePart()) {
            return;
        }
        boolean taken = sql.transaction(PostgresStore.WRITE, () -> {
            Leader now = Leader.now(sql);
            if (now == null || !seen.goesOnAs(now)) {
                return false;
            }
            mark.takePart(sql);
            return true;
        });
        if (taken) {
            LOG.info("catalog {}: this server, {}, takes part in the lead of another", database.fault().place(), candidate.name());
            leader = seen;
            candidate.takesPart();
        }
    }

    /** @return whether it goes on; else nothing is committed any more, and this server has to stand again */
    boolean goesOn(Sql sql, Leader seen) throws BackupException {
        boolean holds = (seen == null || leader.goesOnAs(seen)) && sql.transaction(BEGIN, () -> mark.isAlive(sql));
        if (holds && candidate.wouldTakePart()) {
            return true;
        }
        if (holds) {
            LOG.info("catalog {}: this server is to take part in the lead of another no more", database.fault().place());
            giveUp(sql);
        } else {
            LOG.warn("catalog {}: the lead in which this server took part is over, or it was taken to be gone", database.fault().place());
        }
        return false;
    }

    void end() {
        leader = null;
    }

    /** Nothing of it is committed any more, and what was taken is gone. */
    void giveUp(Sql at) throws BackupException {
        at.transaction(BEGIN, () -> {
            mark.giveUp(at);
            at.update(OfferBook.SWEEP);
            return null;
        });
    }
}
