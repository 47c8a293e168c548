package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.catalog.sql.Scripts;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.Standing;
import org.azekura.testkit.net.TcpProxy;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that share a catalog make out who leads, and whoever does not changes nothing. A row stands still for as long as a test has time pass, however slow the machine is. */
class ContestIT {

    /** Its row stands still at once, as one of a process that hangs. */
    private static final Contest.Terms HANGS = new Contest.Terms(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), () -> 0);

    private static PostgresServer server;
    private final AtomicLong now = new AtomicLong();
    private final Contest.Terms quick = new Contest.Terms(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(15), now::get);
    private String database;

    @BeforeAll
    static void start() throws Exception {
        PostgresServer.assumeInstalled();
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void make() throws Exception {
        database = server.newDatabase("");
    }

    private SqlStore open(int port, Contest.Terms terms) throws Exception {
        return PostgresStore.open(new PostgresDatabase(new Address(List.of("127.0.0.1"), port, database, PostgresServer.USER, server.passwordFile(), null),
                new Patience(Duration.ofSeconds(20))), PostgresStoreIT.NOTHING_COMES, terms);
    }

    private SqlStore open() throws Exception {
        return open(server.port(), quick);
    }

    private static void await(BooleanSupplier met) {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5); !met.getAsBoolean();) {
            assertTrue(System.nanoTime() < end, "not within five minutes");
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** The same, and time passes. */
    private void awaitInTime(BooleanSupplier met) {
        await(() -> {
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            return met.getAsBoolean();
        });
    }

    private static void put(SqlStore store, String value) throws BackupException {
        store.write(edit -> {
            edit.putSetting("a", value);
            return null;
        });
    }

    private static void refused(SqlStore store) {
        assertEquals("catalog.superseded", assertThrows(BackupException.class, () -> put(store, "never")).failure().code());
    }

    @Test
    void oneLeadsTheOtherStandsByAndFollowsAtOnceWhenItResigns() throws Exception {
        try (SqlStore one = open(); SqlStore two = open()) {
            Standing first = new Standing("one");
            Standing second = new Standing("two");
            Candidacy leading = one.stand(first);
            try (Candidacy standing = two.stand(second)) {
                put(one, "1");
                refused(two);
                assertEquals(Optional.of("1"), two.read(view -> view.setting("a")), "it reads all the same");
                await(() -> standing.servers().stream().map(CatalogServer::name).toList().equals(List.of("host-one", "host-two")));
                assertEquals(List.of(true, false), standing.servers().stream().map(CatalogServer::leads).toList());
                assertEquals(List.of("lost"), second.told(), "it is told that it does not lead yet");
                assertEquals(new Standing("two").hosts(), standing.servers().get(1).hosts());
                leading.close();
                await(() -> second.told().equals(List.of("lost", "leads")));
                put(two, "2");
                refused(one);
                assertEquals(List.of("leads"), first.told(), "who has resigned is told nothing");
            }
        }
    }

    /** The process is killed: its sessions end. */
    @Test
    void followsOneThatIsCutOffAndWhatThatHadUnderWayIsRefused() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress("127.0.0.1", server.port())); SqlStore two = open()) {
            SqlStore one = open(proxy.address().getPort(), quick);
            Standing second = new Standing("two");
            one.stand(new Standing("one"));
            put(one, "1");
            try (Candidacy _ = two.stand(second)) {
                proxy.refuse();
                proxy.reset();
                awaitInTime(() -> second.told().equals(List.of("lost", "leads")));
                put(two, "2");
                proxy.admit();
                refused(one);
                assertEquals(Optional.of("2"), two.read(view -> view.setting("a")));
            }
            one.close();
        }
    }

    /** It holds its session, and the writers' turn in the midst of a change. */
    @Test
    void followsOneThatHangsInTheMidstOfAChange() throws Exception {
        try (SqlStore one = open(server.port(), HANGS); SqlStore two = open()) {
            Standing first = new Standing("one");
            Standing second = new Standing("two");
            one.stand(first);
            CountDownLatch within = new CountDownLatch(1);
            CompletableFuture<Void> goesOn = new CompletableFuture<>();
            FutureTask<BackupException> change = new FutureTask<>(() -> assertThrows(BackupException.class, () -> one.write(edit -> {
                edit.putSetting("a", "never");
                within.countDown();
                goesOn.join();
                return null;
            })));
            Thread.ofPlatform().daemon().start(change);
            within.await();
            try (Candidacy _ = two.stand(second)) {
                awaitInTime(() -> second.told().equals(List.of("lost", "leads")));
                put(two, "2");
                goesOn.complete(null);
                change.get(5, TimeUnit.MINUTES);
                refused(one);
                assertEquals(Optional.of("2"), two.read(view -> view.setting("a")));
            }
        }
    }

    @Test
    void whoWasSupersededIsToldAndStandsAgain() throws Exception {
        try (SqlStore one = open(); SqlStore two = open()) {
            Standing first = new Standing("one");
            Standing second = new Standing("two");
            one.stand(first);
            server.execute(database, "UPDATE contender SET id = 'somebody', leads = true"); // as if it had not written for long
            await(() -> first.told().equals(List.of("leads", "lost")));
            Candidacy other = two.stand(second);
            awaitInTime(() -> second.told().equals(List.of("lost", "leads")));
            refused(one);
            Standing again = new Standing("three");
            try (Candidacy _ = one.stand(again)) {
                refused(one);
                other.close();
                await(() -> again.told().equals(List.of("lost", "leads")));
                put(one, "3");
            }
        }
    }

    @Test
    void nobodyTakesOverBecauseTheDatabaseWasAway() throws Exception {
        try (SqlStore one = open(); SqlStore two = open()) {
            Standing first = new Standing("one");
            Standing second = new Standing("two");
            try (Candidacy _ = one.stand(first); Candidacy standing = two.stand(second)) {
                server.stop("immediate");
                now.addAndGet(quick.silent().multipliedBy(2).toNanos()); // longer than anybody may be silent
                server.start();
                put(one, "1");
                CatalogServer before = standing.servers().getFirst();
                await(() -> standing.servers().getFirst() != before);
                assertEquals(List.of("leads"), first.told());
                assertEquals(List.of("lost"), second.told());
            }
        }
    }

    @Test
    void whoIsGoneIsNamedUntilItIsForgotten() throws Exception {
        try (SqlStore one = open(); SqlStore two = open(); Candidacy leading = one.stand(new Standing("one"))) {
            two.stand(new Standing("two")).close();
            await(() -> leading.servers().size() == 2);
            leading.forget("host-one");
            leading.forget("host-two");
            assertEquals(List.of("host-one"), leading.servers().stream().map(CatalogServer::name).toList());
            CatalogServer before = leading.servers().getFirst();
            await(() -> leading.servers().getFirst() != before);
            assertEquals(1, leading.servers().size());
            Candidacy again = two.stand(new Standing("two"));
            await(() -> leading.servers().size() == 2);
            again.close();
        }
    }

    @Test
    void nobodyBringsANewerSchemaUnderWhoLeads() throws Exception {
        PostgresDatabase place = new PostgresDatabase(new Address(List.of("127.0.0.1"), server.port(), database, PostgresServer.USER, server.passwordFile(), null),
                new Patience(Duration.ofSeconds(20)));
        List<String> scripts = new ArrayList<>(Scripts.beside(PostgresSchema.class, PostgresSchema.FIRST));
        scripts.add("CREATE TABLE newer (a BIGINT)");
        PostgresSchema newer = new PostgresSchema(place.fault(), scripts, Duration.ZERO);
        try (Sql sql = place.connect()) {
            try (SqlStore one = open()) {
                Candidacy leading = one.stand(new Standing("one"));
                await(() -> held(sql) > 0);
                assertEquals("catalog.led", assertThrows(BackupException.class, () -> newer.apply(sql)).failure().code());
                put(one, "1");
                leading.close();
            }
            await(() -> held(sql) == 0);
            newer.apply(sql);
        }
    }

    private static long held(Sql sql) {
        try {
            return sql.transaction("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", () -> sql.list(Contest.HELD, row -> row.number(1)).getFirst());
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    /** The store is changed for a new version of it while the server goes on. */
    @Test
    void theSameServerGoesOnAtOnceWithAnotherStore() throws Exception {
        Standing server1 = new Standing("one");
        SqlStore before = open(server.port(), HANGS);
        before.stand(server1);
        try (SqlStore after = open(server.port(), HANGS)) {
            refused(after);
            before.close();
            try (Candidacy candidacy = after.stand(server1)) {
                assertEquals(List.of("leads", "leads"), server1.told());
                put(after, "1");
                assertEquals(1, candidacy.servers().size());
                assertFalse(candidacy.servers().getFirst().place().isEmpty());
            }
        }
    }
}
