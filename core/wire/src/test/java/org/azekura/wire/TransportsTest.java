package org.azekura.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.transport.Connection;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.Test;

class TransportsTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Endpoint THERE = new Endpoint("local", "server");

    private final Transports transports = new Transports();
    private final LocalTransport transport = new LocalTransport();
    private final BlockingQueue<Connection> came = new LinkedBlockingQueue<>();

    private Transports.Offer offer() {
        return transports.offer("server", "server/s", came::add);
    }

    private void isReached() throws Exception {
        try (Connection dialled = transports.dial(THERE, "client/c", LONG)) {
            assertEquals("server/s", dialled.peer());
            assertNotNull(came.poll(120, TimeUnit.SECONDS));
        }
    }

    private String failure() {
        return assertThrows(BackupException.class, () -> transports.dial(THERE, "client/c", LONG)).failure().code();
    }

    @Test
    void whatIsOfferedIsOfferedAtATransportThatComesLater() throws Exception {
        Transports.Offer offer = offer();
        assertEquals(List.of(), offer.endpoints());
        transports.add(transport);
        assertEquals(List.of(THERE), offer.endpoints());
        isReached();
    }

    @Test
    void aTransportThatGoesTakesItsOffersAlong() throws Exception {
        transports.add(transport);
        Transports.Offer offer = offer();
        isReached();
        transports.remove(transport);
        assertEquals(List.of(), offer.endpoints());
        assertEquals("transport.missing", failure());
        transports.add(transport);
        isReached();
    }

    @Test
    void anotherTransportOfTheSameSchemeTakesOver() throws Exception {
        transports.add(transport);
        Transports.Offer offer = offer();
        transports.add(new LocalTransport());
        transports.remove(transport);
        assertEquals(List.of(THERE), offer.endpoints());
        isReached();
    }

    @Test
    void anOfferThatIsClosedIsOfferedNowhere() throws Exception {
        transports.add(transport);
        offer().close();
        assertEquals("transport.unreachable", failure());
        offer();
        isReached();
    }

    @Test
    void aTransportThatCannotListenIsLeftOut() throws Exception {
        transport.listen("server", "server/other", Connection::close);
        transports.add(transport);
        Transports.Offer offer = offer();
        assertTrue(offer.endpoints().isEmpty());
    }

    @Test
    void whatStoodStandsAgainByAnotherTransportOfTheSameScheme() throws Exception {
        transports.add(transport);
        Transports.Offer offer = offer();
        Transports.Offer ended = transports.offer("other", "server/o", came::add);
        Transports.Standing before = transports.standing();
        before.await(Duration.ZERO);
        transports.remove(transport);
        BackupException e = assertThrows(BackupException.class, () -> before.await(Duration.ofMillis(20)));
        assertEquals("transport.unproven", e.failure().code());
        assertTrue(e.getMessage().contains("server/s at transport local"), e.getMessage());
        ended.close();
        Thread comes = Thread.ofVirtual().start(() -> transports.add(new LocalTransport()));
        before.await(LONG);
        comes.join();
        assertEquals(List.of(THERE), offer.endpoints());
        isReached();
    }
}
