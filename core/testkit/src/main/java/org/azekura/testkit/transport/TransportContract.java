package org.azekura.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What every transport must do. */
@Timeout(300)
public interface TransportContract {

    Duration LONG = Duration.ofMinutes(2);
    Duration SHORT = Duration.ofMillis(50);

    /** The same transport each time within one test. */
    Transport transport() throws Exception;

    String SELF = "node/n1";
    String SERVER = "server/s1";

    /** A service that is not offered yet. */
    default String service() {
        return "service-" + UUID.randomUUID();
    }

    private Transport.Listener listen(String service) throws Exception {
        return transport().listen(service, SERVER, Connection::close);
    }

    /** Both ends of a connection, and the offer it came from. */
    record Pair(Connection dialled, Connection accepted, Transport.Listener listener) implements AutoCloseable {
        @Override
        public void close() {
            listener.close();
            dialled.close();
            accepted.close();
        }
    }

    default Pair connect() throws Exception {
        BlockingQueue<Connection> incoming = new LinkedBlockingQueue<>();
        Transport.Listener listener = transport().listen(service(), SERVER, incoming::add);
        Connection dialled = transport().dial(listener.address(), SELF, LONG);
        Connection accepted = incoming.poll(120, TimeUnit.SECONDS);
        assertTrue(accepted != null, "no connection came in");
        return new Pair(dialled, accepted, listener);
    }

    static ByteBuffer frame(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + seed);
        }
        return ByteBuffer.wrap(bytes);
    }

    static void failsWith(String code, Executable call) {
        assertEquals(code, assertThrows(BackupException.class, call).failure().code());
    }

    @Test
    default void bothSidesTalkOnTheControlStream() throws Exception {
        try (Pair pair = connect()) {
            pair.dialled.control().send(frame(10, 1), LONG);
            pair.accepted.control().send(frame(20, 2), LONG);
            assertEquals(frame(10, 1), pair.accepted.control().receive(LONG));
            assertEquals(frame(20, 2), pair.dialled.control().receive(LONG));
        }
    }

    @Test
    default void bothSidesKnowWhoTheOtherIs() throws Exception {
        try (Pair pair = connect()) {
            assertEquals(SELF, pair.accepted.peer());
            assertEquals(SERVER, pair.dialled.peer());
            assertEquals(pair.accepted.host(), pair.dialled.host(), "both are on this host");
            assertEquals(transport().scheme(), pair.accepted.scheme());
            assertEquals(transport().scheme(), pair.dialled.scheme());
        }
    }

    @Test
    default void framesOfEverySizeArriveInOrderAndWhole() throws Exception {
        int[] sizes = {0, 1, 2, 100, 65_535, 65_536, 0, 1 << 20, 4 << 20, Stream.MAX_FRAME, 7};
        try (Pair pair = connect()) {
            Stream out = pair.dialled.open();
            Stream in = pair.accepted.accept(LONG);
            CompletableFuture<Void> sender = async(() -> {
                for (int i = 0; i < sizes.length; i++) {
                    out.send(frame(sizes[i], i), LONG);
                }
                out.endSending();
            });
            for (int i = 0; i < sizes.length; i++) {
                assertEquals(frame(sizes[i], i), in.receive(LONG));
            }
            assertNull(in.receive(LONG));
            assertNull(in.receive(LONG), "the end stays the end");
            sender.get(120, TimeUnit.SECONDS);
        }
    }

    @Test
    default void onlyTheRemainingBytesAreSentAndTheyAreConsumed() throws Exception {
        try (Pair pair = connect()) {
            ByteBuffer whole = frame(100, 3).position(10).limit(90);
            ByteBuffer expected = frame(100, 3).slice(10, 80);
            pair.dialled.control().send(whole, LONG);
            assertEquals(0, whole.remaining());
            assertEquals(expected, pair.accepted.control().receive(LONG));
        }
    }

    @Test
    default void refusesAFrameThatIsTooLarge() throws Exception {
        try (Pair pair = connect()) {
            assertThrows(IllegalArgumentException.class,
                    () -> pair.dialled.control().send(ByteBuffer.allocate(Stream.MAX_FRAME + 1), LONG));
            pair.dialled.control().send(frame(1, 1), LONG);
            assertEquals(frame(1, 1), pair.accepted.control().receive(LONG));
        }
    }

    @Test
    default void aSenderWaitsForAReaderAndThenGoesOn() throws Exception {
        try (Pair pair = connect()) {
            Stream out = pair.dialled.open();
            Stream in = pair.accepted.accept(LONG);
            List<ByteBuffer> sent = new ArrayList<>();
            BackupException full = assertThrows(BackupException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    out.send(frame(1 << 20, i), SHORT);
                    sent.add(frame(1 << 20, i));
                }
            });
            assertEquals("transport.timeout", full.failure().code());
            assertTrue(sent.size() < 100, "took " + sent.size() + " MiB without a reader");
            for (ByteBuffer expected : sent) {
                assertEquals(expected, in.receive(LONG));
            }
        }
    }

    @Test
    default void aSlowStreamDoesNotHoldUpTheOthers() throws Exception {
        try (Pair pair = connect()) {
            Stream stuck = pair.dialled.open();
            pair.accepted.accept(LONG);
            failsWith("transport.timeout", () -> {
                for (int i = 0; i < 10_000; i++) {
                    stuck.send(frame(1 << 20, i), SHORT);
                }
            });
            pair.dialled.control().send(frame(5, 5), LONG);
            assertEquals(frame(5, 5), pair.accepted.control().receive(LONG));
            Stream free = pair.dialled.open();
            free.send(frame(6, 6), LONG);
            assertEquals(frame(6, 6), pair.accepted.accept(LONG).receive(LONG));
        }
    }

    @Test
    default void waitsAreBounded() throws Exception {
        try (Pair pair = connect()) {
            failsWith("transport.timeout", () -> pair.accepted.control().receive(SHORT));
            failsWith("transport.timeout", () -> pair.accepted.accept(SHORT));
            pair.dialled.control().send(frame(5, 5), LONG);
            assertEquals(frame(5, 5), pair.accepted.control().receive(LONG), "a time-out harms nothing");
        }
    }

    @Test
    default void eitherSideOpensStreams() throws Exception {
        try (Pair pair = connect()) {
            pair.accepted.open().send(frame(3, 1), LONG);
            pair.dialled.open().send(frame(3, 2), LONG);
            assertEquals(frame(3, 1), pair.dialled.accept(LONG).receive(LONG));
            assertEquals(frame(3, 2), pair.accepted.accept(LONG).receive(LONG));
        }
    }

    @Test
    default void receivingGoesOnAfterTheEndOfSending() throws Exception {
        try (Pair pair = connect()) {
            Stream ours = pair.dialled.open();
            Stream theirs = pair.accepted.accept(LONG);
            ours.endSending();
            assertNull(theirs.receive(LONG));
            theirs.send(frame(9, 9), LONG);
            theirs.endSending();
            assertEquals(frame(9, 9), ours.receive(LONG));
            assertNull(ours.receive(LONG));
        }
    }

    @Test
    default void whatWasEndedArrivesAlthoughTheStreamIsClosed() throws Exception {
        try (Pair pair = connect()) {
            Stream ours = pair.dialled.open();
            Stream theirs = pair.accepted.accept(LONG);
            ours.send(frame(9, 9), LONG);
            ours.endSending();
            ours.close();
            assertEquals(frame(9, 9), theirs.receive(LONG));
            assertNull(theirs.receive(LONG));
            theirs.endSending();
            theirs.close();
        }
    }

    @Test
    default void closingAStreamBreaksItForTheOtherSide() throws Exception {
        try (Pair pair = connect()) {
            Stream ours = pair.dialled.open();
            Stream theirs = pair.accepted.accept(LONG);
            CompletableFuture<Void> waiting = async(() -> failsWith("transport.closed", () -> theirs.receive(LONG)));
            ours.close();
            ours.close();
            waiting.get(120, TimeUnit.SECONDS);
            failsWith("transport.closed", () -> ours.send(frame(1, 1), LONG));
            failsWith("transport.closed", () -> ours.receive(LONG));
            failsWith("transport.closed", () -> {
                for (int i = 0; i < 10_000; i++) {
                    theirs.send(frame(1 << 20, i), LONG);
                }
            });
            pair.dialled.control().send(frame(5, 5), LONG);
            assertEquals(frame(5, 5), pair.accepted.control().receive(LONG), "the other streams live on");
        }
    }

    @Test
    default void closingTheConnectionEndsEveryWait() throws Exception {
        try (Pair pair = connect()) {
            Stream ours = pair.dialled.open();
            Stream theirs = pair.accepted.accept(LONG);
            CompletableFuture<Void> receiving = async(() -> failsWith("transport.closed", () -> theirs.receive(LONG)));
            CompletableFuture<Void> listening = async(() -> failsWith("transport.closed", () -> pair.dialled.control().receive(LONG)));
            CompletableFuture<Void> accepting = async(() -> assertNull(pair.accepted.accept(LONG)));
            CompletableFuture<Void> sending = async(() -> failsWith("transport.closed", () -> {
                for (int i = 0; i < 10_000; i++) {
                    ours.send(frame(1 << 20, i), LONG);
                }
            }));
            pair.accepted.close();
            pair.accepted.close();
            CompletableFuture.allOf(receiving, listening, accepting, sending).get(120, TimeUnit.SECONDS);
            failsWith("transport.closed", pair.dialled::open);
            failsWith("transport.closed", pair.accepted::open);
            assertNull(pair.dialled.accept(LONG));
        }
    }

    @Test
    default void aServiceIsTakenUntilItsListenerIsClosed() throws Exception {
        String service = service();
        try (Transport.Listener first = listen(service)) {
            failsWith("transport.taken", () -> listen(service));
            assertFalse(first.toString().isEmpty());
        }
        listen(service).close();
    }

    @Test
    default void eachServiceIsReachedByItsOwnAddress() throws Exception {
        BlockingQueue<Connection> first = new LinkedBlockingQueue<>();
        BlockingQueue<Connection> second = new LinkedBlockingQueue<>();
        try (Transport.Listener one = transport().listen(service(), SERVER, first::add);
                Transport.Listener two = transport().listen(service(), SERVER, second::add);
                Connection dialled = transport().dial(two.address(), SELF, LONG)) {
            assertFalse(one.address().equals(two.address()));
            assertNotNull(second.poll(120, TimeUnit.SECONDS), "nothing came in where it was dialled");
            assertNull(first.poll());
            assertEquals(SERVER, dialled.peer());
        }
    }

    @Test
    default void nobodyIsReachedWhereNobodyListens() throws Exception {
        Transport.Listener listener = listen(service());
        String address = listener.address();
        listener.close();
        listener.close();
        failsWith("transport.unreachable", () -> transport().dial(address, SELF, LONG));
    }

    @Test
    default void connectionsOutliveTheirListener() throws Exception {
        try (Pair pair = connect()) {
            pair.listener.close();
            pair.dialled.control().send(frame(5, 5), LONG);
            assertEquals(frame(5, 5), pair.accepted.control().receive(LONG));
        }
    }

    @Test
    default void manyStreamsAtOnceEachInItsOrder() throws Exception {
        long seed = Seeds.start();
        try (Pair pair = connect()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Stream one = i % 2 == 0 ? pair.dialled.open() : pair.accepted.open();
                Stream other = i % 2 == 0 ? pair.accepted.accept(LONG) : pair.dialled.accept(LONG);
                all.add(async(() -> sendRandom(one, seed)));
                all.add(async(() -> receiveRandom(other, seed)));
                all.add(async(() -> sendRandom(other, seed + 1)));
                all.add(async(() -> receiveRandom(one, seed + 1)));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("-Dseed=" + seed, e);
        }
    }

    private static void sendRandom(Stream stream, long seed) throws BackupException {
        Random random = Seeds.random(seed);
        for (int i = 0; i < 50; i++) {
            stream.send(frame(random.nextInt(1 << random.nextInt(18)), i), LONG);
        }
        stream.endSending();
    }

    private static void receiveRandom(Stream stream, long seed) throws BackupException {
        Random random = Seeds.random(seed);
        for (int i = 0; i < 50; i++) {
            assertEquals(frame(random.nextInt(1 << random.nextInt(18)), i), stream.receive(LONG));
        }
        assertNull(stream.receive(LONG));
    }

    /** Runs on a thread of its own; the future carries what it throws. */
    static CompletableFuture<Void> async(Executable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().name("transport contract").start(() -> {
            try {
                work.execute();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
