package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.transport.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Prints what {@code docs/scale.md} reckons with: the heap that links take over which nothing goes but that they are there. Both ends are in this process. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class LinkCostTest {

    private static final int LINKS = 1_000;
    /** Far from what it was while buffers were always large: 870,000. */
    private static final long MOST = 400_000;

    @TempDir
    Path folder;

    @Test
    void whatAnIdleLinkTakes() throws Exception {
        Settings s = Hosts.settings();
        Settings slow = new Settings(s.host(), s.port(), Duration.ofSeconds(15), Duration.ofSeconds(120), s.grace(), Duration.ofSeconds(60), s.unfinished(), s.memory());
        try (TwoHosts hosts = new TwoHosts(folder, slow)) {
            List<Connection> ends = new ArrayList<>();
            connect(hosts, ends);
            long before = heap();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            for (int i = 0; i < LINKS; i++) {
                connect(hosts, ends);
            }
            long each = (heap() - before) / LINKS;
            System.out.printf("heap of a link that is idle, both ends: %,d bytes; threads of the system for each: %.1f%n", each,
                    (double) (ManagementFactory.getThreadMXBean().getThreadCount() - threads) / LINKS);
            assertTrue(each < MOST, each + " bytes");
            for (Connection end : ends) {
                end.close();
            }
        }
    }

    /** It has been used once, as a host's is that has told who it is. */
    private static void connect(TwoHosts hosts, List<Connection> ends) throws Exception {
        Connection dialled = hosts.client.dial(hosts.listener.address(), TwoHosts.CLIENT, TwoHosts.LONG);
        Connection accepted = hosts.accepted();
        dialled.control().send(ByteBuffer.wrap(new byte[400]), TwoHosts.LONG);
        accepted.control().receive(TwoHosts.LONG);
        ends.add(dialled);
        ends.add(accepted);
    }

    /** What is reachable: of several collections the least that was seen. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
