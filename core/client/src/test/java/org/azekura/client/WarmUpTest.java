package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.Endpoint;
import org.azekura.client.hook.HookDesk;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ciphers are compiled when the host has started, not while it does. */
@Timeout(120)
class WarmUpTest {

    private final AtomicInteger times = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    private void work() {
        times.incrementAndGet();
        done.countDown();
    }

    private void awaitWork() throws InterruptedException {
        assertTrue(done.await(2, TimeUnit.MINUTES), "it was never done");
    }

    @Test
    void isDoneOnceHoweverOftenServersAreMet() throws Exception {
        try (WarmUp warmUp = new WarmUp(Duration.ZERO, this::work)) {
            assertEquals(0, times.get());
            warmUp.met();
            warmUp.met();
            awaitWork();
            warmUp.met();
            assertEquals(1, times.get());
        }
    }

    @Test
    void whatHasNotBegunBeforeTheEndDoesNotBegin() throws Exception {
        WarmUp warmUp = new WarmUp(Duration.ofDays(1), this::work);
        warmUp.met();
        Thread thread = Thread.getAllStackTraces().keySet().stream().filter(one -> one.getName().equals("client warm-up")).findFirst().orElseThrow();
        warmUp.close();
        thread.join();
        assertEquals(0, times.get());
    }

    @Test
    void aClientThatHasNoServerYetDoesNothing(@TempDir Path dir) throws Exception {
        LocalTransport transport = new LocalTransport();
        try (WarmUp warmUp = new WarmUp(Duration.ZERO, this::work);
                ClientRole role = new ClientRole(Scene.CLIENT, Scene.VERSION, dir, List.of(new Endpoint("local", "server")), new Transports(transport), Instant::now,
                        HookDesk.Settings.of(dir), warmUp::met)) {
            assertEquals(0, times.get(), role::toString);
            FakeServer server = new FakeServer(transport);
            try (server) {
                awaitWork();
                server.conversation().close();
                server.awaitNext();
            }
            assertEquals(1, times.get());
        }
    }
}
