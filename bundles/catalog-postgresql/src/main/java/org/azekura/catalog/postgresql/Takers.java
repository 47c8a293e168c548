package org.azekura.catalog.postgresql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those that take part in the lead of this server, as it sees them. One whose row stands still is taken out: for a short time if its session is gone, and for a longer one if not.
 * From then on it commits nothing, and what it had taken can go on elsewhere. Of one thread.
 */
final class Takers {

    /** It is all done between two beats of the row by which this server is seen to be alive: what has to wait for others waits until the next look. */
    private static final String SOON = "SET LOCAL lock_timeout = '1s'";
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; " + SOON;
    private static final String WRITE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " + SOON;
    private static final Logger LOG = LoggerFactory.getLogger(Takers.class);

    private final String leader;
    private final WriterMark mark;
    private final Contest.Terms terms;
    private final Map<String, Seen> seen = new HashMap<>();
    private boolean any;

    /** @param leader the number of this server's run */
    Takers(String leader, WriterMark mark, Contest.Terms terms) {
        this.leader = leader;
        this.mark = mark;
        this.terms = terms;
    }

    private record Taker(String store, String name, long beat, boolean isConnected) {}

    private record Seen(long beat, long at) {}

    /** Who could not look has seen nobody stand still. */
    void forget() {
        seen.clear();
    }

    /** Whether there was one at the last look, or something of one is left to be seen to. */
    boolean isAny() {
        return any;
    }

    /** @return whether there is one */
    boolean look(Sql sql) throws BackupException {
        any = true;
        long[] left = new long[1];
        List<Taker> all = sql.transaction(BEGIN, () -> {
            mark.forgetOrphans(sql);
            sql.update(OfferBook.SWEEP);
            left[0] = sql.list(OfferBook.LEFT, row -> row.number(1)).getFirst();
            return sql.list("SELECT store, name, beat, (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'azekura part ' || left(store, 36))"
                    + " FROM contender WHERE NOT leads AND store <> ? AND EXISTS (SELECT 1 FROM writer_mark WHERE writer_mark.store = contender.store)",
                    row -> new Taker(row.text(1), row.text(2), row.number(3), row.number(4) > 0), mark.store());
        });
        seen.keySet().retainAll(all.stream().map(Taker::store).toList());
        boolean there = false;
        for (Taker taker : all) {
            there |= !isGone(taker) || !takeOut(sql, taker);
        }
        any = !all.isEmpty() || left[0] > 0;
        return there;
    }

    private boolean isGone(Taker taker) {
        long now = terms.nanos().getAsLong();
        Seen before = seen.get(taker.store);
        if (before == null || before.beat != taker.beat) {
            seen.put(taker.store, new Seen(taker.beat, now));
            return false;
        }
        return now - before.at >= (taker.isConnected ? terms.silent() : terms.gone()).toNanos();
    }

    /** Unless it has written its row after all. */
    private boolean takeOut(Sql sql, Taker taker) throws BackupException {
        sql.transaction(BEGIN, () -> sql.list(WriterMark.CUT, row -> row.text(1), taker.store));
        boolean out = sql.transaction(WRITE, () -> {
            sql.script(PostgresStore.TURN); // here, since what fails before a transaction has begun does not end it
            boolean still = !sql.list("SELECT 1 FROM contender WHERE store = ? AND beat = ? AND EXISTS (SELECT 1 FROM contender WHERE id = ? AND store = ? AND leads)", row -> row.number(1),
                    taker.store, taker.beat, leader, mark.store()).isEmpty();
            if (still) {
                sql.update("DELETE FROM writer_mark WHERE store = ?", taker.store);
            }
            return still;
        });
        if (out) {
            sql.transaction(BEGIN, () -> {
                sql.update(OfferBook.SWEEP);
                return null;
            });
            LOG.warn("server {} is gone: what it had taken of this one's jobs goes on elsewhere", taker.name);
        }
        return out;
    }
}
