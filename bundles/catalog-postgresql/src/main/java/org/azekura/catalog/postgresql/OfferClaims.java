package org.azekura.catalog.postgresql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Offers.End;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.catalog.sql.Sql;

/** What this server takes, and has taken. It takes from one thread at a time. */
final class OfferClaims {

    /** How often it is looked for what the catalog says this server has, and it does not know of. */
    private static final long DISOWN_ns = TimeUnit.SECONDS.toNanos(5);
    private static final int SOME = 100;

    private final OfferLine line;
    private final WriterMark mark;
    private final String name;
    /** What this server has taken and not ended, by the number of its attempt. */
    private final Map<JobId, Integer> taken = new ConcurrentHashMap<>();
    /** What may have been taken with an answer that was lost, or null. */
    private Offer doubtful;
    private long disowned = System.nanoTime();

    /** @param name of this server's host */
    OfferClaims(OfferLine line, WriterMark mark, String name) {
        this.line = line;
        this.mark = mark;
        this.name = name;
    }

    /** @param under the store of who leads */
    Optional<Offer> take(Predicate<Offer> wanted, String under) throws BackupException {
        if (doubtful != null || System.nanoTime() - disowned >= DISOWN_ns) {
            line.run(this::disown);
            doubtful = null;
            disowned = System.nanoTime();
        }
        List<Offer> open = line.run(at -> at.list("SELECT job, attempt, client, node FROM offer WHERE taker IS NULL AND lead = ? ORDER BY made LIMIT " + SOME,
                row -> new Offer(new JobId(row.number(1)), row.count(2), new ClientName(row.text(3)), new NodeName(row.text(4))), under));
        for (Offer offer : open) {
            if (wanted.test(offer)) {
                doubtful = offer;
                boolean mine = line.run(at -> claim(at, offer, under));
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
                && OfferBook.any(at, "UPDATE offer SET taker = ?, server = ? WHERE job = ? AND EXISTS (SELECT 1 FROM writer_mark WHERE store = ?)", mark.store(), name, offer.job().value(), mark.store());
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

    /** Its end was said. From any thread. */
    void ended(Offer offer) {
        taken.remove(offer.job(), offer.attempt());
    }
}
