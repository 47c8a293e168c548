package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Offers.End;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.api.catalog.Offers.Progress;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.Standing;
import org.azekura.testkit.net.TcpProxy;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that take part in one lead: who may change something, and that each attempt that is offered is carried out by one of them at most. Time passes as in {@link ContestIT}. */
@Timeout(600)
class OffersIT {

    private static final Contest.Terms HANGS_SOON = new Contest.Terms(Duration.ofMillis(100), Duration.ofHours(1), Duration.ofHours(1), () -> 0);
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final Duration AT_ONCE = Duration.ofMillis(1);

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
        return PostgresStore.open(at(port), PostgresStoreIT.NOTHING_COMES, terms);
    }

    private PostgresDatabase at(int port) {
        return new PostgresDatabase(new Address(List.of("127.0.0.1"), port, database, PostgresServer.USER, server.passwordFile(), null), new Patience(Duration.ofSeconds(20)));
    }

    private static void await(BooleanSupplier met) {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2); !met.getAsBoolean();) {
            assertTrue(System.nanoTime() < end, "not within two minutes");
            LockSupport.parkNanos(20_000_000);
        }
    }

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

    private static Offer offer(long job) {
        return new Offer(new JobId(job), 1, new ClientName("c1"), new NodeName("n1"));
    }

    /** A server with its store. */
    private final class Server implements AutoCloseable {

        final SqlStore store;
        final Standing standing;
        final Candidacy candidacy;
        final Offers offers;

        Server(String name) throws Exception {
            this(name, server.port(), quick);
        }

        Server(String name, int port, Contest.Terms terms) throws Exception {
            store = open(port, terms);
            standing = new Standing(name, true);
            candidacy = store.stand(standing);
            offers = candidacy.offers().orElseThrow();
        }

        void awaitPart() {
            await(() -> standing.told().getLast().equals("takes part"));
        }

        Optional<Offer> take() throws BackupException {
            return offers.take(offer -> true, AT_ONCE);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Test
    void whoTakesPartChangesSomethingAsLongAsThatLeadLasts() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two"); SqlStore three = open(server.port(), quick)) {
            assertEquals(List.of("lost"), two.standing.told().subList(0, 1));
            two.awaitPart();
            three.stand(new Standing("three"));
            put(one.store, "1");
            put(two.store, "2");
            refused(three);
            await(one.offers::isAnybodyThere);
            one.offers.put(offer(1));
            one.candidacy.close();
            // two was on its way to lead all along, and does with what it has
            await(() -> two.standing.told().getLast().equals("leads") || two.standing.told().getLast().equals("lost"));
            refused(one.store);
        }
    }

    @Test
    void aPartEndsWithTheLead() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two"); Server three = new Server("three", server.port(), HANGS_SOON)) {
            two.awaitPart();
            three.awaitPart();
            put(three.store, "3");
            one.candidacy.close();
            await(() -> two.standing.told().getLast().equals("leads") || three.standing.told().getLast().equals("leads"));
            Server leads = two.standing.told().getLast().equals("leads") ? two : three;
            Server other = leads == two ? three : two;
            await(() -> other.standing.told().getLast().equals("lost"));
            put(leads.store, "4");
            refused(other.store);
            Standing again = new Standing("again", true);
            Offers offers = other.store.stand(again).offers().orElseThrow();
            await(() -> again.told().getLast().equals("takes part"));
            put(other.store, "5");
            assertTrue(leads.offers.put(offer(7)));
            assertEquals(Optional.of(offer(7)), offers.take(offer -> true, Duration.ofSeconds(30)));
        }
    }

    @Test
    void oneTakesItTellsHowFarItIsAndHowItEnded() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            assertEquals(Optional.empty(), two.take());
            assertFalse(two.offers.put(offer(1)), "who leads alone offers");
            assertTrue(one.offers.put(offer(1)));
            assertEquals(Optional.of(new Offers.Standing.Waits()), one.offers.look(offer(1)));
            assertEquals(Optional.empty(), two.offers.take(offer -> false, AT_ONCE));
            assertEquals(Optional.of(offer(1)), two.take());
            assertEquals(Optional.empty(), two.take());
            assertFalse(one.offers.withdraw(offer(1)));
            Progress progress = new Progress("collecting", 3, 4, 5);
            assertEquals(Optional.empty(), two.offers.tell(offer(1), progress));
            assertEquals(Optional.of(new Offers.Standing.Taken("host-two", progress)), one.offers.look(offer(1)));
            Failure why = new Failure("job.cancelled", Failure.Kind.OPERATOR, false, "1", "somebody said so,\nin two lines");
            one.offers.wish(offer(1), why);
            assertEquals(Optional.of(why), two.offers.tell(offer(1), progress));
            two.offers.end(offer(1), new End.Failed(why));
            assertEquals(Optional.of(new Offers.Standing.Ended("host-two", new End.Failed(why))), one.offers.look(offer(1)));
            assertEquals("offer.gone", assertThrows(BackupException.class, () -> two.offers.tell(offer(1), progress)).failure().code());
            one.offers.remove(offer(1));
            assertEquals(Optional.empty(), one.offers.look(offer(1)));
            for (End end : List.of(new End.Done(List.of(new JobId(8), new JobId(9))), new End.Done(List.of()), new End.Returned("it can't"), new End.Returned(""))) {
                one.offers.put(offer(2));
                assertEquals(Optional.of(offer(2)), two.take());
                two.offers.end(offer(2), end);
                assertEquals(Optional.of(new Offers.Standing.Ended("host-two", end)), one.offers.look(offer(2)));
            }
        }
    }

    /** The two are of different versions, say. */
    @Test
    void whatOneSaysThatTheOtherCannotReadKeepsNobodyWaiting() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            for (String ending : List.of("postponed until noon", "failed in.one.line", "done soon", "failed a\nNOTHING\ntrue\n\nwhy")) {
                one.offers.put(offer(1));
                assertEquals(Optional.of(offer(1)), two.take());
                server.execute(database, "UPDATE offer SET ending = '" + ending + "'");
                assertEquals(Optional.of(new Offers.Standing.Ended("host-two", new End.Gone())), one.offers.look(offer(1)), ending);
            }
            one.offers.put(offer(2));
            assertEquals(Optional.of(offer(2)), two.take());
            server.execute(database, "UPDATE offer SET wish = 'at noon' WHERE job = 2");
            assertEquals("offer.wish", two.offers.tell(offer(2), new Progress("collecting", 3, 4, 5)).orElseThrow().code());
        }
    }

    /** Whoever asks again and again waits in between: by an empty answer it would not know. */
    @Test
    void nothingIsToBeHadOfABookThatIsClosed() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            two.candidacy.close();
            assertEquals("catalog.closed", assertThrows(BackupException.class, two::take).failure().code());
            one.candidacy.close();
            assertEquals("catalog.closed", assertThrows(BackupException.class, one::take).failure().code());
        }
    }

    /** A server that is alone and was killed finds its own row, which leads still. */
    @Test
    void nobodyTakesPartInWhatAFormerRunOfItsOwnHas() throws Exception {
        try (Server one = new Server("one"); SqlStore again = open(server.port(), quick)) {
            Standing standing = new Standing("again", one.standing.name(), true);
            again.stand(standing);
            long begun = beat(" WHERE NOT leads");
            await(() -> beat(" WHERE NOT leads") >= begun + 5);
            assertEquals(List.of("lost"), standing.told());
            assertEquals("1", said("SELECT count(*) FROM writer_mark"));
            server.execute(database, "CREATE FUNCTION still() RETURNS trigger AS $$ BEGIN NEW.beat = OLD.beat; RETURN NEW; END $$ LANGUAGE plpgsql;"
                    + " CREATE TRIGGER still BEFORE UPDATE ON contender FOR EACH ROW WHEN (OLD.leads AND NEW.leads) EXECUTE FUNCTION still()");
            awaitInTime(() -> standing.told().getLast().equals("leads"));
            assertEquals(List.of("lost", "leads"), standing.told());
        }
    }

    @Test
    void anOfferThatIsWithdrawnWhileSomebodyLooksAtItIsNotTaken() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            one.offers.put(offer(1));
            boolean[] withdrawn = new boolean[1];
            assertEquals(Optional.empty(), two.offers.take(seen -> {
                withdrawn[0] = withdraws(one.offers, seen);
                return true;
            }, AT_ONCE));
            assertTrue(withdrawn[0]);
            one.offers.put(offer(2));
            assertEquals(Optional.empty(), two.offers.take(seen -> withdraws(one.offers, seen) && puts(one.offers, new Offer(seen.job(), 2, seen.client(), seen.node())), AT_ONCE),
                    "the next attempt is another offer");
            assertEquals(2, two.take().orElseThrow().attempt());
        }
    }

    private static boolean withdraws(Offers offers, Offer offer) {
        try {
            return offers.withdraw(offer);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean puts(Offers offers, Offer offer) {
        try {
            return offers.put(offer);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    /** Two take what they can, who offers takes back what it can; the order is whatever comes of three threads and their pauses. */
    @Test
    void eachIsCarriedOutByOneServerHoweverTheyMeet() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Server one = new Server("one"); Server two = new Server("two"); Server three = new Server("three", server.port(), HANGS_SOON)) {
            two.awaitPart();
            three.awaitPart();
            Map<Offer, AtomicInteger> carriers = new ConcurrentHashMap<>();
            AtomicBoolean over = new AtomicBoolean();
            List<FutureTask<Integer>> takers = new ArrayList<>();
            for (Server taker : List.of(two, three)) {
                FutureTask<Integer> task = new FutureTask<>(() -> {
                    int got = 0;
                    while (!over.get()) {
                        Optional<Offer> offer = taker.offers.take(seen -> true, Duration.ofMillis(5));
                        if (offer.isPresent()) {
                            got++;
                            carriers.computeIfAbsent(offer.get(), each -> new AtomicInteger()).incrementAndGet();
                        }
                    }
                    return got;
                });
                takers.add(task);
                Thread.ofPlatform().daemon().start(task);
            }
            int own = 0;
            List<Offer> all = new ArrayList<>();
            for (int job = 1; job <= 300; job++) {
                Offer offer = offer(job);
                all.add(offer);
                one.offers.put(offer);
                LockSupport.parkNanos(random.nextInt(4_000_000));
                if (one.offers.withdraw(offer)) {
                    own++;
                    carriers.computeIfAbsent(offer, each -> new AtomicInteger()).incrementAndGet();
                }
            }
            await(() -> carriers.size() == all.size());
            over.set(true);
            int taken = takers.get(0).get(2, TimeUnit.MINUTES) + takers.get(1).get(2, TimeUnit.MINUTES);
            carriers.forEach((offer, times) -> assertEquals(1, times.get(), () -> offer + ", seed " + seed));
            assertEquals(all.size(), own + taken);
            assertTrue(taken > 0, () -> "nobody took anything, seed " + seed);
        }
    }

    /** The process is killed: its sessions end. */
    @Test
    void whatOneHadThatIsCutOffIsGoneAndItChangesNothingMore() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress("127.0.0.1", server.port())); Server one = new Server("one")) {
            try (Server two = new Server("two", proxy.address().getPort(), quick)) {
                two.awaitPart();
                put(two.store, "2");
                one.offers.put(offer(1));
                assertEquals(Optional.of(offer(1)), two.take());
                proxy.refuse();
                proxy.reset();
                Optional<Offers.Standing> gone = Optional.of(new Offers.Standing.Ended("host-two", new End.Gone()));
                awaitInTime(() -> looks(one.offers).equals(gone));
                put(one.store, "1");
                proxy.admit();
                refused(two.store);
                two.offers.end(offer(1), new End.Done(List.of()));
                assertEquals(gone, one.offers.look(offer(1)), "it comes too late");
                await(() -> two.standing.told().getLast().equals("lost"));
                assertEquals(List.of("leads"), one.standing.told());
            }
        }
    }

    private static Optional<Offers.Standing> looks(Offers offers) {
        try {
            return offers.look(offer(1));
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    /** It goes on to commit until it is taken out, and not a moment longer. */
    @Test
    void whatOneHadThatHangsIsGoneLater() throws Exception {
        Contest.Terms once = new Contest.Terms(Duration.ofMillis(100), Duration.ofHours(1), Duration.ofHours(1), () -> 0);
        try (Server one = new Server("one"); Server two = new Server("two", server.port(), once)) {
            two.awaitPart();
            one.offers.put(offer(1));
            assertEquals(Optional.of(offer(1)), two.take());
            // its thread beats on, but not for who looks: as a row that stands still
            server.execute(database, "CREATE FUNCTION still() RETURNS trigger AS $$ BEGIN NEW.beat = OLD.beat; RETURN NEW; END $$ LANGUAGE plpgsql;"
                    + " CREATE TRIGGER still BEFORE UPDATE ON contender FOR EACH ROW WHEN (NEW.name = 'host-two') EXECUTE FUNCTION still()");
            put(two.store, "2");
            Optional<Offers.Standing> gone = Optional.of(new Offers.Standing.Ended("host-two", new End.Gone()));
            awaitInTime(() -> looks(one.offers).equals(gone));
            refused(two.store);
            await(() -> two.standing.told().getLast().equals("lost"));
            await(() -> !one.offers.isAnybodyThere());
        }
    }

    /** It is started anew before anybody could see its row stand still. */
    @Test
    void whatAFormerRunHadOfAServerIsGoneAtOnce() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            one.offers.put(offer(1));
            assertEquals(Optional.of(offer(1)), two.take());
            server.execute(database, "CREATE FUNCTION never() RETURNS trigger AS $$ BEGIN RETURN NULL; END $$ LANGUAGE plpgsql;"
                    + " CREATE TRIGGER never BEFORE INSERT ON contender FOR EACH ROW WHEN (NEW.name = 'host-two') EXECUTE FUNCTION never(); DELETE FROM contender WHERE name = 'host-two'");
            Optional<Offers.Standing> gone = Optional.of(new Offers.Standing.Ended("host-two", new End.Gone()));
            await(() -> looks(one.offers).equals(gone));
            await(() -> two.standing.told().getLast().equals("lost"));
            refused(two.store);
        }
    }

    @Test
    void nobodyIsTakenOutBecauseTheDatabaseWasAway() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            one.offers.put(offer(1));
            assertEquals(Optional.of(offer(1)), two.take());
            await(one.offers::isAnybodyThere);
            server.stop("immediate");
            now.addAndGet(quick.silent().multipliedBy(2).toNanos());
            server.start();
            put(two.store, "2");
            await(() -> tells(two.offers));
            two.offers.end(offer(1), new End.Done(List.of()));
            assertEquals(Optional.of(new Offers.Standing.Ended("host-two", new End.Done(List.of()))), one.offers.look(offer(1)));
            assertEquals("takes part", two.standing.told().getLast());
        }
    }

    /** Whoever takes over is often who tells of attempts, all the time and on another connection. */
    @Test
    void whoTakesOverWaitsForNobodyThatTellsOfAnAttempt() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two"); Sql teller = at(server.port()).connect()) {
            two.awaitPart();
            one.offers.put(offer(1));
            assertEquals(Optional.of(offer(1)), two.take());
            teller.transaction(BEGIN, () -> {
                teller.update("UPDATE offer SET files = 1");
                one.candidacy.close();
                await(() -> two.standing.told().getLast().equals("leads"));
                return null;
            });
        }
    }

    /** The commit takes longer than its answer is waited for, as if the disk or a standby were slow. */
    @Test
    void whatWasTakenWithoutThatBeingKnownIsReturned() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two"); Sql slow = at(server.port()).connect()) {
            two.awaitPart();
            one.offers.put(offer(1));
            server.execute(database, "CREATE FUNCTION slow() RETURNS trigger AS $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$ LANGUAGE plpgsql;"
                    + " CREATE CONSTRAINT TRIGGER slow AFTER UPDATE ON offer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.taker IS NULL AND NEW.taker IS NOT NULL)"
                    + " EXECUTE FUNCTION slow()");
            slow.transaction(BEGIN, () -> {
                slow.list("SELECT pg_advisory_xact_lock(4711)", row -> 1);
                assertThrows(BackupException.class, two::take);
                takesNothing(two);
                return null;
            });
            await(() -> {
                takesNothing(two);
                return looks(one.offers).filter(how -> how instanceof Offers.Standing.Ended ended && ended.end() instanceof End.Returned).isPresent();
            });
        }
    }

    private static void takesNothing(Server server) {
        try {
            assertEquals(Optional.empty(), server.take());
        } catch (BackupException e) {
            assertEquals("catalog.io", e.failure().code());
        }
    }

    /** If its session ended meanwhile another could take over. */
    @Test
    void whoLeadsKeepsItsSessionWhileItCannotTakeOneOut() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two", server.port(), HANGS_SOON); Sql writer = at(server.port()).connect()) {
            two.awaitPart();
            await(one.offers::isAnybodyThere);
            server.execute(database, "CREATE FUNCTION still() RETURNS trigger AS $$ BEGIN NEW.beat = OLD.beat; RETURN NEW; END $$ LANGUAGE plpgsql;"
                    + " CREATE TRIGGER still BEFORE UPDATE ON contender FOR EACH ROW WHEN (NEW.name = 'host-two') EXECUTE FUNCTION still()");
            awaitBeats(5);
            String session = session();
            writer.transaction(PostgresStore.WRITE, () -> {
                now.addAndGet(quick.silent().multipliedBy(2).toNanos());
                awaitBeats(5);
                return null;
            });
            assertEquals(session, session());
            await(() -> !one.offers.isAnybodyThere());
            refused(two.store);
        }
    }

    /** Of the session of who leads. */
    private String session() throws Exception {
        return server.execute(database, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 1098540396");
    }

    private String said(String question) {
        try {
            return server.execute(database, question).strip();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Until who leads has written its row so many times more. */
    private void awaitBeats(int more) {
        long before = beat(" WHERE leads");
        await(() -> beat(" WHERE leads") >= before + more);
    }

    private long beat(String whose) {
        return Long.parseLong(said("SELECT beat FROM contender" + whose));
    }

    @Test
    void noSessionIsLeftBehindByAPartThatIsOver() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            Standing standing = two.standing;
            Offers offers = two.offers;
            for (int i = 0; i < 5; i++) {
                Standing now = standing;
                await(() -> now.told().getLast().equals("takes part"));
                assertEquals(Optional.empty(), offers.take(offer -> true, AT_ONCE));
                awaitSessions(1);
                server.execute(database, "DELETE FROM writer_mark WHERE store = (SELECT store FROM contender WHERE NOT leads)");
                await(() -> now.told().getLast().equals("lost"));
                awaitSessions(0);
                standing = new Standing("two", true);
                offers = two.store.stand(standing).offers().orElseThrow();
            }
            Standing last = standing;
            await(() -> last.told().getLast().equals("takes part"));
            offers.take(offer -> true, AT_ONCE);
            awaitSessions(1);
            one.candidacy.close();
            await(() -> last.told().getLast().equals("leads"));
            awaitSessions(0);
            assertEquals(Optional.empty(), offers.take(offer -> true, AT_ONCE));
            awaitSessions(0);
        }
    }

    private void awaitSessions(int many) {
        await(() -> said("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'azekura part%'").equals(String.valueOf(many)));
    }

    @Test
    void whoNoLongerWantsToTakesNoPart() throws Exception {
        try (Server one = new Server("one"); Server two = new Server("two")) {
            two.awaitPart();
            await(one.offers::isAnybodyThere);
            one.offers.put(offer(1));
            assertEquals(Optional.of(offer(1)), two.take());
            two.standing.wouldTakePart(false);
            await(() -> two.standing.told().getLast().equals("lost"));
            refused(two.store);
            two.store.stand(two.standing);
            await(() -> looks(one.offers).equals(Optional.of(new Offers.Standing.Ended("host-two", new End.Gone()))));
            await(() -> !one.offers.isAnybodyThere());
            assertEquals("lost", two.standing.told().getLast());
            one.offers.remove(offer(1));
            awaitBeats(30);
            // sessions that have nothing to do say only seconds later what they did before
            long scans = scans();
            awaitBeats(60);
            assertTrue(scans() - scans < 30, "who leads alone looks for what others have, at each beat");
            two.standing.wouldTakePart(true);
            await(() -> two.standing.told().getLast().equals("takes part"));
            await(one.offers::isAnybodyThere);
        }
    }

    private long scans() {
        return Long.parseLong(said("SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'offer'"));
    }

    @Test
    void endingWaitsForOneOfThoseThatAskASilentDatabase() throws Exception {
        int many = 32;
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress("127.0.0.1", server.port())); Server one = new Server("one", proxy.address().getPort(), quick)) {
            one.offers.put(offer(1));
            proxy.stall();
            CountDownLatch asked = new CountDownLatch(many);
            for (int i = 0; i < many; i++) {
                Thread.ofVirtual().start(() -> {
                    asked.countDown();
                    assertThrows(BackupException.class, () -> one.offers.look(offer(1)));
                });
            }
            asked.await();
            long begun = System.nanoTime();
            one.candidacy.close();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(took.compareTo(Duration.ofSeconds(90)) < 0, took::toString);
            proxy.flow();
        }
    }

    private static boolean tells(Offers offers) {
        try {
            offers.tell(offer(1), new Progress("collecting", 1, 1, 1));
            return true;
        } catch (BackupException e) {
            return false;
        }
    }

    @Test
    void aPutThatIsUnderWayStillIsWaitedForByWhoTakesItBack() throws Exception {
        try (Server one = new Server("one"); Connection slow = connect()) {
            slow.setAutoCommit(false);
            try (Statement put = slow.createStatement()) {
                put.execute("INSERT INTO offer (job, attempt, lead, client, node, server, phase, files, bytes, stored, made) VALUES (7, 1, 'of one', 'c1', 'n1', '', '', 0, 0, 0, CURRENT_TIMESTAMP)");
            }
            assertEquals(Optional.empty(), one.offers.look(offer(7)));
            FutureTask<Boolean> withdrawn = new FutureTask<>(() -> one.offers.withdraw(offer(7)));
            Thread.ofVirtual().start(withdrawn);
            await(() -> withdrawn.isDone() || isAnybodyWaiting());
            assertFalse(withdrawn.isDone());
            slow.commit();
            assertTrue(withdrawn.get(2, TimeUnit.MINUTES));
            assertEquals(Optional.empty(), one.offers.look(offer(7)));
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private boolean isAnybodyWaiting() {
        try (Connection other = connect(); Statement look = other.createStatement(); ResultSet rows = look.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")) {
            return rows.next();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
