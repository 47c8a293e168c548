package org.azekura.catalog.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Offers;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server's part in making out who leads. Each has a row that it writes from time to time, on a connection of its own; one row says that it leads, and its
 * session holds a lock. Who leads is taken to be gone when its row has stood still, as seen by another that reached the database all the while: for a short
 * time if its lock is free, since its session has ended then, and for a longer one if not, since a process that hangs keeps its session. So nobody takes over
 * because the database was away, and no two machines' clocks are compared. That two never change anything does not hang on any of this, but on
 * {@link WriterMark}.
 */
final class Contest implements Candidacy {

    static final String TABLE = "CREATE TABLE IF NOT EXISTS contender (id TEXT NOT NULL PRIMARY KEY, store TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL,"
            + " hosts TEXT NOT NULL, leads BOOLEAN NOT NULL, beat BIGINT NOT NULL, since TIMESTAMPTZ NOT NULL, seen TIMESTAMPTZ NOT NULL)";

    /** Whether the session of one that leads is there. */
    static final String HELD = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objsubid = 1 AND objid = " + Contest.LEADS
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    /** "Azel" in ASCII, beside the one of {@link PostgresSchema}. */
    private static final long LEADS = 1098540396;
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final String STAND = """
            INSERT INTO contender VALUES (?, ?, ?, ?, ?, false, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
            ON CONFLICT (id) DO UPDATE SET store = excluded.store, place = excluded.place, hosts = excluded.hosts, beat = contender.beat + 1, seen = CURRENT_TIMESTAMP""";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Contest.class);

    private final PostgresDatabase database;
    private final WriterMark mark;
    private final Candidate candidate;
    private final Terms terms;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private final Roll roll;
    private final Part part;
    private final OfferBook offers;
    private final Takers takers;
    /** Only of the thread, once it has begun. */
    private Sql sql;
    private Leader observed;
    private long observedAt;
    private boolean leads;
    private boolean troubled;

    /**
     * @param beat   how often each writes its row
     * @param gone   how long the row of one stands still whose lock is free
     * @param silent the same of one that holds it
     * @param nanos  by which it is measured how long a row stands still; only goes forward
     */
    record Terms(Duration beat, Duration gone, Duration silent, LongSupplier nanos) {

        static final Terms USUAL = new Terms(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15), System::nanoTime);
    }

    private Contest(PostgresDatabase database, WriterMark mark, Candidate candidate, Terms terms) {
        this.database = database;
        this.mark = mark;
        this.candidate = candidate;
        this.terms = terms;
        this.roll = new Roll(database, mark, candidate);
        this.part = new Part(database, mark, candidate);
        this.offers = new OfferBook(database, mark, candidate.id(), candidate.name(), part::under);
        this.takers = new Takers(candidate.id(), mark, terms);
        this.thread = Thread.ofPlatform().daemon().name("catalog-lead").unstarted(this::run);
    }

    /** @throws BackupException if the database can't be reached */
    static Contest begin(PostgresDatabase database, WriterMark mark, Candidate candidate, Terms terms) throws BackupException {
        Contest contest = new Contest(database, mark, candidate, terms);
        try (Sql first = database.connect()) {
            contest.sql = first; // it is dialled with patience, over a restart of the database
            contest.roll.begin(first);
            contest.step();
            contest.roll.see(first);
            if (!contest.leads) {
                candidate.lost();
            }
        }
        contest.sql = null;
        contest.thread.start();
        return contest;
    }

    private void run() {
        try {
            while (!ended.await(terms.beat.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!look()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp();
        }
    }

    /** @return false if there is nothing more to look for: another leads, and this store may change nothing */
    private boolean look() {
        try {
            if (sql == null) {
                sql = database.lifeline();
            }
            boolean goesOn = step();
            roll.see(sql);
            goesOn = goesOn && attend();
            if (troubled) {
                LOG.info("catalog {}: who leads can be seen again", database.fault().place());
            }
            troubled = false;
            return goesOn;
        } catch (BackupException | RuntimeException e) {
            if (!troubled) {
                LOG.warn("catalog {}: who leads can't be seen: {}", database.fault().place(), e.toString());
            }
            troubled = true;
            observed = null; // who could not look has seen nobody stand still
            takers.forget();
            hangUp();
            return true;
        }
    }

    private boolean step() throws BackupException {
        if (leads) {
            leads = beat();
            if (!leads) {
                LOG.warn("catalog {}: another server has taken over", database.fault().place());
                candidate.lost();
            }
            return leads;
        }
        if (mayLead()) {
            lead();
        }
        return true;
    }

    /** What is to be done beside who leads. @return false if it takes part no more, and has to stand again */
    private boolean attend() throws BackupException {
        if (leads) {
            tend();
            return true;
        }
        if (!part.isTaken()) {
            part.begin(sql, observed);
            return true;
        }
        if (part.goesOn(sql, observed)) {
            return true;
        }
        endPart();
        candidate.lost();
        return false;
    }

    /** Nothing of it happens as long as no other store has a life. What goes wrong with others is no reason to let the session of the lead go. */
    private void tend() throws BackupException {
        if (roll.others() == 0 && !takers.isAny()) {
            return;
        }
        try {
            offers.anybody(takers.look(sql));
        } catch (BackupException e) {
            if (!sql.usable()) {
                throw e;
            }
            LOG.warn("catalog {}: what other servers do for this one can't be seen to yet: {}", database.fault().place(), e.getMessage());
        }
    }

    private void endPart() {
        part.end();
        offers.hush();
    }

    @Override
    public Optional<Offers> offers() {
        return Optional.of(offers);
    }

    /** Whether this one leads still. The lock goes with a session, and is taken again in the next. */
    private boolean beat() throws BackupException {
        return sql.transaction(BEGIN, () -> {
            boolean there = !sql.list("UPDATE contender SET beat = beat + 1, seen = CURRENT_TIMESTAMP, place = ?, hosts = ? WHERE id = ? AND store = ? AND leads RETURNING 1",
                    row -> row.number(1), candidate.place(), Roll.text(candidate.hosts()), candidate.id(), mark.store()).isEmpty();
            if (there) {
                sql.list("SELECT pg_try_advisory_lock(" + LEADS + ") WHERE NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = " + LEADS
                        + " AND pid = pg_backend_pid())", row -> row.text(1));
            }
            return there;
        });
    }

    private boolean mayLead() throws BackupException {
        boolean[] held = new boolean[1];
        Leader now = sql.transaction(BEGIN, () -> {
            sql.update(STAND, candidate.id(), mark.store(), candidate.name(), candidate.place(), Roll.text(candidate.hosts()));
            held[0] = sql.list(HELD, row -> row.number(1)).getFirst() > 0;
            return Leader.now(sql);
        });
        if (now == null || now.id().equals(candidate.id())) {
            observed = now;
            return true; // nobody, or this very server by the store that it had before
        }
        if (!now.equals(observed)) {
            observed = now;
            observedAt = terms.nanos.getAsLong();
            return false;
        }
        return terms.nanos.getAsLong() - observedAt >= (held[0] ? terms.silent : terms.gone).toNanos();
    }

    /** If nobody was quicker, and who led has not written its row after all. */
    private void lead() throws BackupException {
        if (observed != null) {
            sql.transaction(BEGIN, () -> sql.list(WriterMark.CUT, row -> row.text(1), observed.store()));
        }
        leads = sql.transaction(PostgresStore.WRITE, () -> {
            Leader before = Leader.now(sql);
            if (before == null ? observed != null : !before.equals(observed)) {
                return false;
            }
            sql.update("UPDATE contender SET leads = false WHERE id <> ? AND leads", candidate.id());
            mark.takeOver(sql);
            sql.update("UPDATE contender SET leads = true, store = ?, beat = beat + 1, since = CURRENT_TIMESTAMP, seen = CURRENT_TIMESTAMP WHERE id = ?", mark.store(), candidate.id());
            return true;
        });
        if (leads) {
            endPart();
            LOG.info("catalog {}: this server, {}, leads{}", database.fault().place(), candidate.name(),
                    observed == null || observed.id().equals(candidate.id()) ? "" : "; it has taken over");
            candidate.leads();
            clear();
        }
    }

    /** By itself: whoever carries something out tells of it all the time, and a change that meets that ends. */
    private void clear() {
        try {
            sql.transaction(BEGIN, () -> {
                sql.update(OfferBook.CLEAR, mark.store());
                return null;
            });
        } catch (BackupException e) {
            LOG.debug("offers of other leads are there still: {}", e.getMessage());
        }
    }

    @Override
    public List<CatalogServer> servers() {
        return roll.servers();
    }

    @Override
    public void forget(String name) throws BackupException {
        roll.forget(name);
    }

    private void hangUp() {
        Sql gone = sql;
        sql = null;
        if (gone != null) {
            try {
                gone.close();
            } catch (BackupException e) {
                LOG.debug("{}", e.getMessage());
            }
        }
    }

    /** Ends the looks; the row stays as it is. */
    void stop() {
        ended.countDown();
        if (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join(CLOSE_TIMEOUT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        offers.close();
    }

    @Override
    public void close() {
        stop();
        try (Sql last = database.lifeline()) {
            last.transaction(BEGIN, () -> {
                last.update("UPDATE contender SET leads = false WHERE id = ? AND store = ?", candidate.id(), mark.store());
                return null;
            });
            if (part.isTaken()) {
                part.giveUp(last);
            }
        } catch (BackupException e) {
            LOG.warn("catalog {}: that this server does not lead any more could not be said: {}", database.fault().place(), e.getMessage());
        }
    }
}
