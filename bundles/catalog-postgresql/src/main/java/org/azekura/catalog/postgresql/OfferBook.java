package org.azekura.catalog.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Offers;
import org.azekura.catalog.sql.Row;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers as rows. Whoever takes one locks its row, as does who takes it back: so of the two one is first, and the other sees that. A row is taken only by who has a row in
 * {@link WriterMark}, and only under the lead that it was offered under; what it commits hangs on that other row, so a taker without one is gone, whatever it does still.
 *
 * <table>
 * <caption>Who uses what</caption>
 * <tr><td>{@code sql}</td><td>one caller at a time, by {@code lock}, for as long as the database may take; whoever closes waits for that one alone</td></tr>
 * <tr><td>{@code bell}</td><td>the thread that takes waits at it without a lock; it is kept and put away under {@code bells}, by which whoever ends the part closes it under that wait</td></tr>
 * <tr><td>{@code doubtful}, {@code disowned}</td><td>the thread that takes</td></tr>
 * </table>
 */
final class OfferBook implements Offers, AutoCloseable {

    static final String TABLE = "CREATE TABLE IF NOT EXISTS offer (job BIGINT NOT NULL PRIMARY KEY, attempt BIGINT NOT NULL, lead TEXT NOT NULL, client TEXT NOT NULL, node TEXT NOT NULL,"
            + " taker TEXT, server TEXT NOT NULL, phase TEXT NOT NULL, files BIGINT NOT NULL, bytes BIGINT NOT NULL, stored BIGINT NOT NULL, wish TEXT, ending TEXT, made TIMESTAMPTZ NOT NULL)";

    private static final String ORPHANED = " FROM offer WHERE taker IS NOT NULL AND ending IS NULL AND NOT EXISTS (SELECT 1 FROM writer_mark WHERE store = taker)";
    /** Whose takers have no life any more; but for those that somebody has in hand just now, who may hang. */
    static final String SWEEP = "UPDATE offer SET ending = 'gone' WHERE job IN (SELECT job" + ORPHANED + " FOR UPDATE SKIP LOCKED)";
    /** How many {@link #SWEEP} has left. */
    static final String LEFT = "SELECT count(*)" + ORPHANED;
    /** All of other leads: nobody takes one of them. But for those that somebody has in hand just now. */
    static final String CLEAR = "DELETE FROM offer WHERE job IN (SELECT job FROM offer WHERE lead <> ? FOR UPDATE SKIP LOCKED)";

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final String CHANNEL = "azekura_offer";
    /** An offer may come without the bell being heard: it is looked for at least so often. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** How often it is looked for what the catalog says this server has, and it does not know of. */
    private static final long DISOWN_ns = TimeUnit.SECONDS.toNanos(5);
    private static final int SOME = 100;
    private static final Logger LOG = LoggerFactory.getLogger(OfferBook.class);

    private final PostgresDatabase database;
    private final WriterMark mark;
    private final String id;
    private final String name;
    private final Supplier<String> part;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock; null if it is to be dialled. */
    private Sql sql;
    /** What this server has taken and not ended, by the number of its attempt. */
    private final Map<JobId, Integer> taken = new ConcurrentHashMap<>();
    /** What may have been taken with an answer that was lost, or null. */
    private Offer doubtful;
    private long disowned = System.nanoTime();
    private final Object bells = new Object();
    /** Null if this server takes no part. */
    private Bell bell;
    private volatile boolean anybody;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param id   of the candidate
     * @param name of its host
     * @param part gives the store of who leads, under which this one takes part; null: it takes none
     */
    OfferBook(PostgresDatabase database, WriterMark mark, String id, String name, Supplier<String> part) {
        this.database = database;
        this.mark = mark;
        this.id = id;
        this.name = name;
        this.part = part;
    }

    void anybody(boolean there) {
        anybody = there;
    }

    @Override
    public boolean isAnybodyThere() {
        return anybody;
    }

    @FunctionalInterface
    private interface Steps<T> {
        T run(Sql sql) throws BackupException;
    }

    /** A connection that has died while nobody used it shows that by its first statement, and nothing was done on it. */
    private <T> T run(Steps<T> steps) throws BackupException {
        requireOpen();
        lock.lock();
        try {
            requireOpen();
            if (sql != null && !isAlive(sql)) {
                hangUp();
            }
            if (sql == null) {
                requireOpen();
                sql = database.lifeline();
            }
            Sql now = sql;
            try {
                return now.transaction(BEGIN, () -> steps.run(now));
            } finally {
                if (!now.usable()) {
                    hangUp();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void requireOpen() throws BackupException {
        if (isClosed()) {
            throw database.fault().failure("closed", Failure.Kind.DEVICE, true, "it is closed", null);
        }
    }

    private static boolean isAlive(Sql known) {
        try {
            known.script(BEGIN);
            return true;
        } catch (BackupException e) {
            LOG.debug("{}", e.getMessage());
            return false;
        }
    }

    private void hangUp() {
        Sql gone = sql;
        sql = null;
        quietly(gone);
    }

    private static void quietly(AutoCloseable gone) {
        if (gone != null) {
            try {
                gone.close();
            } catch (Exception e) {
                LOG.debug("{}", e.getMessage());
            }
        }
    }

    private static boolean any(Sql sql, String change, Object... arguments) throws BackupException {
        return !sql.list(change + " RETURNING 1", row -> row.number(1), arguments).isEmpty();
    }

    @Override
    public boolean put(Offer offer) throws BackupException {
        return run(at -> {
            boolean put = any(at, "INSERT INTO offer SELECT ?, ?, store, ?, ?, NULL, '', '', 0, 0, 0, NULL, NULL, CURRENT_TIMESTAMP FROM contender WHERE id = ? AND store = ? AND leads"
                    + " ON CONFLICT (job) DO UPDATE SET attempt = excluded.attempt, lead = excluded.lead, client = excluded.client, node = excluded.node, taker = NULL, server = '', phase = '',"
                    + " files = 0, bytes = 0, stored = 0, wish = NULL, ending = NULL, made = excluded.made", offer.job().value(), offer.attempt(), offer.client(), offer.node(), id, mark.store());
            at.list("SELECT pg_notify('" + CHANNEL + "', '')", row -> 1);
            return put;
        });
    }

    /** The first statement waits for a {@link #put} whose answer was lost and that is under way still: its row has the same key, and can be seen by nobody yet. */
    @Override
    public boolean withdraw(Offer offer) throws BackupException {
        return run(at -> {
            at.update("INSERT INTO offer (job, attempt, lead, client, node, server, phase, files, bytes, stored, made) VALUES (?, ?, '', ?, ?, '', '', 0, 0, 0, CURRENT_TIMESTAMP) ON CONFLICT (job) DO UPDATE SET job = excluded.job", offer.job().value(),
                    offer.attempt(), offer.client(), offer.node());
            return any(at, "DELETE FROM offer WHERE job = ? AND attempt = ? AND taker IS NULL", offer.job().value(), offer.attempt()) || rows(at, offer).isEmpty();
        });
    }

    private List<Standing> rows(Sql at, Offer offer) throws BackupException {
        return at.list("SELECT taker, server, phase, files, bytes, stored, ending FROM offer WHERE job = ? AND attempt = ?", OfferBook::standing, offer.job().value(), offer.attempt());
    }

    private static Standing standing(Row row) throws SQLException {
        if (row.absent(1)) {
            return new Standing.Waits();
        }
        return row.absent(7) ? new Standing.Taken(row.text(2), new Progress(row.text(3), row.number(4), row.number(5), row.number(6)))
                : new Standing.Ended(row.text(2), ended(row.text(7)));
    }

    /** Whoever had it has let it go, whatever it says of that: where it can't be read the job's row alone tells how it ended, as if that server were gone. */
    private static End ended(String text) {
        try {
            return OfferText.end(text);
        } catch (IllegalArgumentException e) {
            LOG.warn("how an attempt ended elsewhere can't be read; is that server of another version? {}", e.getMessage());
            return new End.Gone();
        }
    }

    /** It is to end, also if it can't be read why. */
    private static Failure wished(String text) {
        try {
            return OfferText.failure(text);
        } catch (IllegalArgumentException e) {
            LOG.warn("why an attempt is to end can't be read; is the server that leads of another version? {}", e.getMessage());
            return BackupException.operator("offer.wish", "", "the server that leads has it end, and why can't be read here").failure();
        }
    }

    @Override
    public Optional<Standing> look(Offer offer) throws BackupException {
        return run(at -> rows(at, offer)).stream().findFirst();
    }

    @Override
    public void wish(Offer offer, Failure why) throws BackupException {
        run(at -> any(at, "UPDATE offer SET wish = ? WHERE job = ? AND attempt = ?", OfferText.of(why), offer.job().value(), offer.attempt()));
    }

    @Override
    public void remove(Offer offer) throws BackupException {
        run(at -> any(at, "DELETE FROM offer WHERE job = ? AND attempt = ?", offer.job().value(), offer.attempt()));
    }

    @Override
    public Optional<Offer> take(Predicate<Offer> wanted, Duration patience) throws BackupException {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                requireOpen();
                Bell rings = listen();
                Optional<Offer> got = take(wanted);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (got.isPresent() || !left.isPositive()) {
                    return got;
                }
                await(rings, left.compareTo(LOOK) > 0 ? LOOK : left);
            }
        } catch (BackupException e) {
            hush();
            if (isClosed() || part.get() != null) {
                throw e;
            }
            return Optional.empty(); // the part ended under our hands
        }
    }

    private boolean isPart() {
        return !isClosed() && part.get() != null;
    }

    /** @return null if this server takes no part: its session would go on to say that it does */
    private Bell listen() throws BackupException {
        synchronized (bells) {
            if (bell != null) {
                return bell;
            }
        }
        Bell made = isPart() ? database.bell(CHANNEL, mark.part()) : null;
        synchronized (bells) {
            if (isPart()) {
                bell = made;
                return made;
            }
        }
        quietly(made);
        return null;
    }

    private void await(Bell rings, Duration time) throws BackupException {
        if (rings != null) {
            rings.await(time);
            return;
        }
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The part of this server is over, or it can't be heard what is offered. */
    void hush() {
        Bell gone;
        synchronized (bells) {
            gone = bell;
            bell = null;
        }
        quietly(gone);
    }

    private Optional<Offer> take(Predicate<Offer> wanted) throws BackupException {
        String under = part.get();
        if (under == null) {
            return Optional.empty();
        }
        if (doubtful != null || System.nanoTime() - disowned >= DISOWN_ns) {
            run(this::disown);
            doubtful = null;
            disowned = System.nanoTime();
        }
        List<Offer> open = run(at -> at.list("SELECT job, attempt, client, node FROM offer WHERE taker IS NULL AND lead = ? ORDER BY made LIMIT " + SOME,
                row -> new Offer(new JobId(row.number(1)), row.count(2), new ClientName(row.text(3)), new NodeName(row.text(4))), under));
        for (Offer offer : open) {
            if (wanted.test(offer)) {
                doubtful = offer;
                boolean mine = run(at -> claim(at, offer, under));
                if (mine) {
                    taken.put(offer.job(), offer.attempt());
                }
                doubtful = null;
                if (mine) {
                    return Optional.of(offer);
                }
            }
        }
        return Optional.empty();
    }

    /** One that another looks at just now is passed over: it is taken, or comes again. */
    private boolean claim(Sql at, Offer offer, String under) throws BackupException {
        return !at.list("SELECT 1 FROM offer WHERE job = ? AND attempt = ? AND lead = ? AND taker IS NULL FOR UPDATE SKIP LOCKED", row -> row.number(1), offer.job().value(),
                offer.attempt(), under).isEmpty()
                && any(at, "UPDATE offer SET taker = ?, server = ? WHERE job = ? AND EXISTS (SELECT 1 FROM writer_mark WHERE store = ?)", mark.store(), name, offer.job().value(), mark.store());
    }

    /** What the catalog says this server has taken, and it does not know of. What is in doubt is waited for: a commit may take longer than its answer was waited for. */
    private Void disown(Sql at) throws BackupException {
        if (doubtful != null) {
            at.list("SELECT 1 FROM offer WHERE job = ? AND attempt = ? FOR UPDATE", row -> row.number(1), doubtful.job().value(), doubtful.attempt());
        }
        Map<JobId, Integer> mine = new HashMap<>();
        at.list("SELECT job, attempt FROM offer WHERE taker = ? AND ending IS NULL", row -> mine.put(new JobId(row.number(1)), row.count(2)), mark.store());
        for (Map.Entry<JobId, Integer> one : mine.entrySet()) {
            if (!one.getValue().equals(taken.get(one.getKey()))) {
                at.update("UPDATE offer SET ending = ? WHERE job = ? AND attempt = ? AND taker = ? AND ending IS NULL",
                        OfferText.of(new End.Returned("the connection with the database was lost while it was taken")), one.getKey().value(), one.getValue(), mark.store());
            }
        }
        return null;
    }

    @Override
    public Optional<Failure> tell(Offer offer, Progress progress) throws BackupException {
        List<Optional<Failure>> wish = run(at -> at.list("UPDATE offer SET phase = ?, files = ?, bytes = ?, stored = ? WHERE job = ? AND attempt = ? AND taker = ? AND ending IS NULL RETURNING wish",
                row -> Optional.ofNullable(row.text(1, OfferBook::wished)), progress.phase(), progress.files(), progress.bytes(), progress.stored(), offer.job().value(), offer.attempt(),
                mark.store()));
        if (wish.isEmpty()) {
            throw BackupException.operator("offer.gone", offer.job().toString(), "job " + offer.job() + " is not carried out by this server any more");
        }
        return wish.getFirst();
    }

    @Override
    public void end(Offer offer, End end) throws BackupException {
        run(at -> any(at, "UPDATE offer SET ending = ? WHERE job = ? AND attempt = ? AND taker = ? AND ending IS NULL", OfferText.of(end), offer.job().value(), offer.attempt(), mark.store()));
        taken.remove(offer.job(), offer.attempt());
    }

    /** Nobody takes anything any more. Whoever waits for the connection is refused, so it is waited for one of them at most. */
    @Override
    public void close() {
        closed.countDown();
        hush();
        lock.lock();
        try {
            hangUp();
        } finally {
            lock.unlock();
        }
    }
}
