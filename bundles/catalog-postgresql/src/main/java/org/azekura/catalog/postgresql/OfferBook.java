package org.azekura.catalog.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.catalog.Offers;
import org.azekura.catalog.sql.Row;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers as rows. Whoever takes one locks its row, as does who takes it back: so of the two one is first, and the other sees that. A row is taken only by who has a row in
 * {@link WriterMark}, and only under the lead that it was offered under; what it commits hangs on that other row, so a taker without one is gone, whatever it does still.
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

    /** An offer may come without the bell being heard: it is looked for at least so often. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(OfferBook.class);

    private final WriterMark mark;
    private final String id;
    private final Supplier<String> part;
    private final OfferLine line;
    private final OfferBell bell;
    private final OfferClaims claims;
    private volatile boolean anybody;

    /**
     * @param id   of the candidate
     * @param name of its host
     * @param part gives the store of who leads, under which this one takes part; null: it takes none
     */
    OfferBook(PostgresDatabase database, WriterMark mark, String id, String name, Supplier<String> part) {
        this.mark = mark;
        this.id = id;
        this.part = part;
        this.line = new OfferLine(database);
        this.bell = new OfferBell(database, mark, this::isPart);
        this.claims = new OfferClaims(line, mark, name);
    }

    void anybody(boolean there) {
        anybody = there;
    }

    @Override
    public boolean isAnybodyThere() {
        return anybody;
    }

    static boolean any(Sql sql, String change, Object... arguments) throws BackupException {
        return !sql.list(change + " RETURNING 1", row -> row.number(1), arguments).isEmpty();
    }

    @Override
    public boolean put(Offer offer) throws BackupException {
        return line.run(at -> {
            boolean put = any(at, "INSERT INTO offer SELECT ?, ?, store, ?, ?, NULL, '', '', 0, 0, 0, NULL, NULL, CURRENT_TIMESTAMP FROM contender WHERE id = ? AND store = ? AND leads"
                    + " ON CONFLICT (job) DO UPDATE SET attempt = excluded.attempt, lead = excluded.lead, client = excluded.client, node = excluded.node, taker = NULL, server = '', phase = '',"
                    + " files = 0, bytes = 0, stored = 0, wish = NULL, ending = NULL, made = excluded.made", offer.job().value(), offer.attempt(), offer.client(), offer.node(), id, mark.store());
            at.list("SELECT pg_notify('" + OfferBell.CHANNEL + "', '')", row -> 1);
            return put;
        });
    }

    /** The first statement waits for a {@link #put} whose answer was lost and that is under way still: its row has the same key, and can be seen by nobody yet. */
    @Override
    public boolean withdraw(Offer offer) throws BackupException {
        return line.run(at -> {
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
        return line.run(at -> rows(at, offer)).stream().findFirst();
    }

    @Override
    public void wish(Offer offer, Failure why) throws BackupException {
        line.run(at -> any(at, "UPDATE offer SET wish = ? WHERE job = ? AND attempt = ?", OfferText.of(why), offer.job().value(), offer.attempt()));
    }

    @Override
    public void remove(Offer offer) throws BackupException {
        line.run(at -> any(at, "DELETE FROM offer WHERE job = ? AND attempt = ?", offer.job().value(), offer.attempt()));
    }

    @Override
    public Optional<Offer> take(Predicate<Offer> wanted, Duration patience) throws BackupException {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                line.requireOpen();
                Bell rings = bell.listen();
                String under = part.get();
                Optional<Offer> got = under == null ? Optional.empty() : claims.take(wanted, under);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (got.isPresent() || !left.isPositive()) {
                    return got;
                }
                await(rings, left.compareTo(LOOK) > 0 ? LOOK : left);
            }
        } catch (BackupException e) {
            bell.hush();
            if (line.isClosed() || part.get() != null) {
                throw e;
            }
            return Optional.empty(); // the part ended under our hands
        }
    }

    private boolean isPart() {
        return !line.isClosed() && part.get() != null;
    }

    private void await(Bell rings, Duration time) throws BackupException {
        if (rings == null) {
            line.pause(time);
        } else {
            rings.await(time);
        }
    }

    /** The part of this server is over. */
    void hush() {
        bell.hush();
    }

    @Override
    public Optional<Failure> tell(Offer offer, Progress progress) throws BackupException {
        List<Optional<Failure>> wish = line.run(at -> at.list("UPDATE offer SET phase = ?, files = ?, bytes = ?, stored = ? WHERE job = ? AND attempt = ? AND taker = ? AND ending IS NULL RETURNING wish",
                row -> Optional.ofNullable(row.text(1, OfferBook::wished)), progress.phase(), progress.files(), progress.bytes(), progress.stored(), offer.job().value(), offer.attempt(),
                mark.store()));
        if (wish.isEmpty()) {
            throw BackupException.operator("offer.gone", offer.job().toString(), "job " + offer.job() + " is not carried out by this server any more");
        }
        return wish.getFirst();
    }

    @Override
    public void end(Offer offer, End end) throws BackupException {
        line.run(at -> any(at, "UPDATE offer SET ending = ? WHERE job = ? AND attempt = ? AND taker = ? AND ending IS NULL", OfferText.of(end), offer.job().value(), offer.attempt(), mark.store()));
        claims.ended(offer);
    }

    /** Nobody takes anything any more. Whoever waits for the connection is refused, so it is waited for one of them at most. */
    @Override
    public void close() {
        line.end();
        bell.hush();
        line.close();
    }
}
