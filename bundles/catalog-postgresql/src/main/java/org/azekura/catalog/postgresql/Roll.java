package org.azekura.catalog.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.catalog.sql.Row;
import org.azekura.catalog.sql.Sql;

/** Which servers have the catalog, as it was seen last. Looked at by one thread, asked by any. */
final class Roll {

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    /** Other runs of a server, which have ended: one that goes on after all makes its row anew. */
    private static final String FORMER = "DELETE FROM contender WHERE name = ? AND id <> ? AND NOT leads";

    private final PostgresDatabase database;
    private final WriterMark mark;
    private final Candidate candidate;
    private volatile List<CatalogServer> known = List.of();
    /** Held by who asks which there are until it is known: what was asked before one was forgotten must not come later. */
    private final ReentrantLock seeing = new ReentrantLock();
    private long others;

    Roll(PostgresDatabase database, WriterMark mark, Candidate candidate) {
        this.database = database;
        this.mark = mark;
        this.candidate = candidate;
    }

    List<CatalogServer> servers() {
        return known;
    }

    /** How many other stores had a life when it was last looked. Of the thread that looks. */
    long others() {
        return others;
    }

    void see(Sql sql) throws BackupException {
        seeing.lock();
        try {
            known = sql.transaction(BEGIN, () -> sql.list("SELECT name, place, leads, id, extract(epoch FROM since)::bigint, extract(epoch FROM CURRENT_TIMESTAMP - seen)::bigint, hosts, "
                    + WriterMark.OTHERS + " FROM contender ORDER BY leads DESC, name, id", this::seen, mark.store()));
        } finally {
            seeing.unlock();
        }
    }

    private CatalogServer seen(Row row) throws SQLException {
        others = row.number(8);
        return new CatalogServer(row.text(1), row.text(2), hosts(row.text(7)), row.text(3).equals("t"), row.text(4).equals(candidate.id()), Instant.ofEpochSecond(row.number(5)),
                Duration.ofSeconds(Math.max(0, row.number(6))));
    }

    /** This server is there anew: its former runs have ended. */
    void begin(Sql sql) throws BackupException {
        strike(sql, candidate.name());
    }

    /** One that is gone for good. */
    void forget(String name) throws BackupException {
        seeing.lock();
        try (Sql once = database.lifeline()) {
            strike(once, name);
            known = known.stream().filter(server -> server.here() || server.leads() || !server.name().equals(name)).toList();
        } finally {
            seeing.unlock();
        }
    }

    private void strike(Sql sql, String name) throws BackupException {
        sql.transaction(BEGIN, () -> {
            sql.update(FORMER, name, candidate.id());
            return null;
        });
    }

    /** As they stand in a row. */
    static String text(List<Endpoint> hosts) {
        return hosts.stream().map(Endpoint::toString).collect(Collectors.joining(" "));
    }

    private static List<Endpoint> hosts(String text) {
        return Arrays.stream(text.split(" ")).filter(each -> !each.isEmpty()).map(Endpoint::parse).toList();
    }
}
