package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.Scripts;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.Moving;
import org.azekura.testkit.catalog.CatalogStoreContract;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreIT implements CatalogStoreContract {

    static final Moving NOTHING_COMES = PostgresStore.moving(new Intake(Path.of("/nowhere/catalog")));
    /** Every table is as the scripts have made it. Making them anew takes ten times as long; triggers and references stay out of it. */
    private static final String EMPTY = """
            DO $$
            DECLARE it RECORD;
            BEGIN
              SET LOCAL session_replication_role = replica;
              FOR it IN SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT IN ('schema_version', 'writer_mark', 'contender', 'offer') LOOP
                IF it.relkind = 'r' THEN
                  EXECUTE format('DELETE FROM %I', it.relname);
                ELSIF it.relkind = 'S' THEN
                  PERFORM setval(it.relname::regclass, 1, false);
                END IF;
              END LOOP;
            END $$""";
    private static final Duration LONG = Duration.ofMinutes(2);

    private static PostgresServer server;
    private static String database;
    /** One for all tests: each begins with empty tables. */
    private static SqlStore store;

    @BeforeAll
    static void start() throws Exception {
        PostgresServer.assumeInstalled();
        server = new PostgresServer();
        database = server.newDatabase("");
        store = PostgresStore.open(at(database), NOTHING_COMES);
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
        execute(EMPTY);
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = connect(); Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    private static Connection connect() throws SQLException {
        return connect(server, database);
    }

    static Connection connect(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private static PostgresDatabase at(String database) {
        return at(server.port(), database, Duration.ZERO);
    }

    static PostgresDatabase at(PostgresServer server, String database, Duration patience) {
        return at(server, server.port(), database, patience);
    }

    private static PostgresDatabase at(int port, String database, Duration patience) {
        return at(server, port, database, patience);
    }

    private static PostgresDatabase at(PostgresServer server, int port, String database, Duration patience) {
        return new PostgresDatabase(new Address(List.of("127.0.0.1"), port, database, PostgresServer.USER, server.passwordFile(), null), new Patience(patience));
    }

    @Override
    public CatalogStore store() {
        return store;
    }

    @Override
    public CatalogStore reopen() throws Exception {
        store.close();
        store = PostgresStore.open(at(database), NOTHING_COMES);
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
    void waitsForAServerThatIsStartedAgain() throws Exception {
        try (SqlStore patient = PostgresStore.open(at(server.port(), database, LONG), NOTHING_COMES)) {
            put(patient, "a", "1");
            server.stop("immediate");
            FutureTask<Optional<String>> waiting = new FutureTask<>(() -> patient.read(view -> view.setting("a")));
            Thread.ofPlatform().start(waiting);
            server.start();
            assertEquals(Optional.of("1"), waiting.get(LONG.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void aChangeIsThereWhoseAnswerGotLost() throws Exception {
        lose(Direction.BACK);
        assertEquals(Optional.of("2"), store.read(view -> view.setting("a")));
    }

    @Test
    void aChangeIsNotThereWhoseCommitGotLost() throws Exception {
        lose(Direction.FORWARD);
        assertEquals(Optional.of("1"), store.read(view -> view.setting("a")));
    }

    /** The connection ends while a change commits, one direction before the other; the same store goes on. */
    private static void lose(Direction first) throws Exception {
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                SqlStore far = PostgresStore.open(at(proxy.address().getPort(), database, LONG), NOTHING_COMES)) {
            put(far, "a", "1");
            CountDownLatch done = new CountDownLatch(1);
            FutureTask<Void> writing = new FutureTask<>(() -> {
                far.write(edit -> {
                    edit.putSetting("a", "2");
                    proxy.stall(first);
                    done.countDown();
                    return null;
                });
                return null;
            });
            Thread.ofPlatform().start(writing);
            assertTrue(done.await(LONG.toSeconds(), TimeUnit.SECONDS));
            if (first == Direction.BACK) {
                awaitSetting("a", "2");
            }
            proxy.cut();
            proxy.flow();
            if (first == Direction.BACK) {
                writing.get(LONG.toSeconds(), TimeUnit.SECONDS);
            } else {
                refused("catalog.io", () -> thrown(writing));
            }
            put(far, "b", "3");
        }
    }

    /** Others see what is committed: that bytes have passed does not say that the server has read them. */
    private static void awaitSetting(String name, String value) throws Exception {
        for (long end = System.nanoTime() + LONG.toNanos(); !store.read(view -> view.setting(name)).equals(Optional.of(value));) {
            assertTrue(System.nanoTime() < end, "it was not committed");
        }
    }

    private static void thrown(FutureTask<Void> task) throws Exception {
        try {
            task.get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Test
    void nobodyCanSayIfTheServerStaysAway() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                SqlStore far = PostgresStore.open(at(proxy.address().getPort(), database, Duration.ZERO), NOTHING_COMES)) {
            refused("catalog.unknown", () -> far.write(edit -> {
                edit.putSetting("a", "2");
                refuse(proxy);
                return null;
            }));
        }
    }

    private static void refuse(TcpProxy proxy) {
        try {
            proxy.refuse();
            proxy.cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesAServerThatLosesWhatItHasAcknowledged() throws Exception {
        for (String setting : List.of("fsync", "full_page_writes")) {
            server.set(setting, "off");
            refused("catalog.unsafe", () -> PostgresStore.open(at(database), NOTHING_COMES));
            server.set(setting, "on");
        }
    }

    @Test
    void hasWritersOfTwoServersTakeTurns() throws Exception {
        put(store, "sum", "0");
        try (SqlStore other = PostgresStore.open(at(database), NOTHING_COMES)) {
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
    void triesTheScriptsOfANewVersionAndLeavesNothingOfThem() throws Exception {
        String older = server.newDatabase("");
        try (Sql sql = at(older).connect()) {
            new PostgresSchema(at(older).fault(), Scripts.beside(PostgresSchema.class, PostgresSchema.FIRST).subList(0, 1)).apply(sql);
        }
        int snapshots = PostgresStore.rehearse(at(older), view -> view.snapshotCount());
        assertEquals(0, snapshots);
        assertEquals(Integer.toString(PostgresSchema.FIRST), server.execute(older, "SELECT version FROM schema_version"));
        PostgresStore.open(at(older), NOTHING_COMES).close();
        assertEquals(Integer.toString(PostgresSchema.newest()), server.execute(older, "SELECT version FROM schema_version"));
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        String newer = server.newDatabase("");
        PostgresStore.open(at(newer), NOTHING_COMES).close();
        server.execute(newer, "UPDATE schema_version SET version = 9999");
        refused("catalog.newer", () -> PostgresStore.open(at(newer), NOTHING_COMES));
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndOneThatIsNotUnicode() throws Exception {
        String foreign = server.newDatabase("");
        server.execute(foreign, "CREATE TABLE t (a INTEGER)");
        refused("catalog.foreign", () -> PostgresStore.open(at(foreign), NOTHING_COMES));
        String ascii = server.newDatabase("ENCODING 'SQL_ASCII' TEMPLATE template0");
        refused("catalog.encoding", () -> PostgresStore.open(at(ascii), NOTHING_COMES));
    }

    @Test
    void keepsTheAuditLogAsItIs() throws Exception {
        AuditEntry entry = new AuditEntry(1, Instant.EPOCH, Instant.EPOCH, "somebody", "here", "look", "it", "done", new byte[32]);
        store.write(edit -> {
            edit.addAudit(entry);
            return null;
        });
        for (String change : List.of("UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            SQLException refusal = assertThrows(SQLException.class, () -> execute(change), change);
            assertEquals("23000", refusal.getSQLState(), refusal.getMessage());
        }
        Records.assertRows(List.of(entry), store.read(view -> view.audit(Long.MAX_VALUE, 10)));
    }

    @Test
    void hasTheTablesOfTheOtherStore() throws Exception {
        SortedSet<String> other = Tables.ofSqlite();
        assertTrue(other.size() > 300, () -> "few columns were found: " + other);
        try (Connection connection = connect()) {
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
