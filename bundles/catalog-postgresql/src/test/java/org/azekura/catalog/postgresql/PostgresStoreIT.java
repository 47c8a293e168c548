package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogStoreContract;
import org.azekura.testkit.catalog.Records;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreIT implements CatalogStoreContract {

    private static PostgresServer server;
    private static PostgresDatabase database;
    /** One for all tests: each begins with empty tables. */
    private static SqlStore store;

    @BeforeAll
    static void start() throws Exception {
        PostgresServer.assumeInstalled();
        server = new PostgresServer();
        database = server.newDatabase("");
        store = PostgresStore.open(database);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            store.close();
            server.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        server.empty(database);
    }

    @Override
    public CatalogStore store() {
        return store;
    }

    @Override
    public CatalogStore reopen() throws Exception {
        store.close();
        store = PostgresStore.open(database);
        return store;
    }

    @Test
    void goesOnAfterTheServerWasRestarted() throws Exception {
        put(store, "a", "1");
        assertEquals(Optional.of("1"), store.read(view -> view.setting("a")));
        server.stop("fast");
        refused("catalog.io", () -> store.read(view -> view.setting("a")));
        refused("catalog.io", () -> put(store, "a", "2"));
        server.start();
        assertEquals(Optional.of("1"), store.read(view -> view.setting("a")));
        put(store, "a", "3");
        server.stop("immediate");
        server.start();
        assertEquals(Optional.of("3"), store.read(view -> view.setting("a")), "what was acknowledged is there after a crash");
        put(store, "a", "4");
    }

    @Test
    void hasWritersOfTwoServersTakeTurns() throws Exception {
        put(store, "sum", "0");
        try (SqlStore other = PostgresStore.open(database)) {
            List<Thread> both = new ArrayList<>();
            for (SqlStore one : List.of(store, other)) {
                both.add(Thread.ofVirtual().start(() -> add(one)));
            }
            for (Thread thread : both) {
                thread.join(60_000);
            }
            assertEquals(Optional.of("100"), other.read(view -> view.setting("sum")));
        }
    }

    private static void add(SqlStore store) {
        try {
            for (int i = 0; i < 50; i++) {
                store.write(edit -> {
                    edit.putSetting("sum", "" + (Integer.parseInt(edit.setting("sum").orElseThrow()) + 1));
                    return edit.nextJob();
                });
            }
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        PostgresDatabase newer = server.newDatabase("");
        PostgresStore.open(newer).close();
        server.execute(newer, "UPDATE schema_version SET version = 9999");
        refused("catalog.newer", () -> PostgresStore.open(newer));
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndOneThatIsNotUnicode() throws Exception {
        PostgresDatabase foreign = server.newDatabase("");
        server.execute(foreign, "CREATE TABLE t (a INTEGER)");
        refused("catalog.foreign", () -> PostgresStore.open(foreign));
        PostgresDatabase ascii = server.newDatabase("ENCODING 'SQL_ASCII' TEMPLATE template0");
        refused("catalog.encoding", () -> PostgresStore.open(ascii));
    }

    @Test
    void keepsTheAuditLogAsItIs() throws Exception {
        AuditEntry entry = new AuditEntry(1, Instant.EPOCH, Instant.EPOCH, "somebody", "here", "look", "it", "done", new byte[32]);
        store.write(edit -> {
            edit.addAudit(entry);
            return null;
        });
        for (String change : List.of("UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            SQLException refusal = assertThrows(SQLException.class, () -> server.execute(database, change), change);
            assertEquals("23000", refusal.getSQLState(), refusal.getMessage());
        }
        Records.assertRows(List.of(entry), store.read(view -> view.audit(Long.MAX_VALUE, 10)));
    }

    @Test
    void hasTheTablesOfTheOtherStore() throws Exception {
        SortedSet<String> other = Tables.ofSqlite();
        assertTrue(other.size() > 300, () -> "few columns were found: " + other);
        try (Connection connection = server.connect(database)) {
            assertEquals(String.join("\n", other), String.join("\n", Tables.ofPostgresql(connection)));
        }
    }

    private static void put(SqlStore store, String name, String value) throws BackupException {
        store.write(edit -> {
            edit.putSetting(name, value);
            return null;
        });
    }

    /** What is refused. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private static void refused(String code, Attempt attempt) {
        assertEquals(code, assertThrows(BackupException.class, attempt::run).failure().code());
    }
}
