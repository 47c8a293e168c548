package org.azekura.driver.sftp;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.net.TcpProxy;
import org.azekura.testkit.sftp.Sshd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies, the way to it breaks, nobody answers. */
class LostConnectionTest {

    @TempDir
    Path dir;
    private Sshd server;
    private TcpProxy way;
    private SftpStore store;

    @BeforeEach
    void open() throws Exception {
        // A program of its own, so that there is one to kill.
        server = new Sshd(dir, "/usr/lib/openssh/sftp-server");
        way = TcpProxy.to(new InetSocketAddress("127.0.0.1", server.port()));
        store = new SftpStore(given().check());
    }

    private Given given() throws Exception {
        return Given.of(server).with("port", way.address().getPort()).with("path", dir.resolve("root").toString());
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            store.close();
            way.close();
            server.close();
        }
    }

    @Test
    void theNextCallFindsTheServerThatWasKilledAndCameBack() throws Exception {
        byte[] content = Blobs.put(store, "packs/before", Blobs.random(new Random(1), 3_000_000));
        try (BlobWriter writer = store.create("packs/lost")) {
            writer.write(ByteBuffer.wrap(content));
            server.kill();
            Failure lost = assertRefused("device.io", () -> {
                writer.write(ByteBuffer.wrap(content));
                writer.commit();
            }).failure();
            assertEquals(Failure.Kind.NETWORK, lost.kind());
            assertTrue(lost.retryable());
        }
        assertEquals(Failure.Kind.NETWORK, assertRefused("device.away", () -> store.size("packs/before")).failure().kind());
        assertEquals(1, drafts());
        server.start();
        assertArrayEquals(content, Blobs.get(store, "packs/before", 0, content.length));
        assertEquals(0, drafts(), "what was left is gone");
        assertEquals(-1, store.size("packs/lost"));
        Blobs.put(store, "packs/after", content);
    }

    @Test
    void aReadThatBreaksOffIsMadeAgainByTheNext() throws Exception {
        byte[] content = Blobs.put(store, "blob", Blobs.random(new Random(2), 3_000_000));
        way.cut();
        assertArrayEquals(content, readOrAgain(content.length));
        way.reset();
        assertArrayEquals(content, readOrAgain(content.length));
    }

    /** Whether a connection that was cut is known to be before the next call, depends on who is faster. */
    private byte[] readOrAgain(int length) throws Exception {
        try {
            return Blobs.get(store, "blob", 0, length);
        } catch (BackupException e) {
            assertEquals("device.io", e.failure().code());
            return Blobs.get(store, "blob", 0, length);
        }
    }

    @Test
    void whoIsSilentIsGivenUp() throws Exception {
        // As short as a machine with much else to do can bear: what is not stalled must be answered within it.
        Duration patience = Duration.ofSeconds(3);
        try (SftpStore impatient = new SftpStore(given().with("timeout_s", (int) patience.toSeconds()).check())) {
            impatient.space();
            way.stall();
            long begin = System.nanoTime();
            assertEquals(Failure.Kind.NETWORK, assertRefused("device.timeout", () -> impatient.size("blob")).failure().kind());
            assertTrue(System.nanoTime() - begin >= patience.toNanos());
            way.flow();
            assertEquals(-1, impatient.size("blob"));
        }
    }

    @Test
    void nobodyListeningIsAnErrorOfTheNetwork() throws Exception {
        way.refuse();
        BackupException refused = assertRefused("device.away", store::selfTest);
        assertEquals(Failure.Kind.NETWORK, refused.failure().kind());
        assertTrue(refused.getMessage().endsWith("the server can't be reached: Connection refused"), refused.getMessage());
        assertRefused("device.away", () -> store.replace("blob"));
        way.admit();
        store.selfTest();
    }

    @Test
    void endsWhatIsGoingOnAndLeavesNoThread() throws Exception {
        Set<Thread> before = threads();
        SftpStore other = new SftpStore(given().check());
        try (BlobWriter writer = other.create("blob")) {
            writer.write(ByteBuffer.allocate(100_000));
            Set<Thread> with = threads();
            with.removeAll(before);
            assertFalse(with.isEmpty());
            way.stall();
            Thread waiting = Thread.ofPlatform().start(() -> assertRefused("device.closed", () -> other.size("blob")));
            other.close();
            waiting.join();
            for (Thread thread : with) {
                thread.join(Duration.ofSeconds(20));
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("sshd-")).collect(Collectors.toSet());
    }

    private int drafts() throws Exception {
        try (Stream<Path> drafts = Files.list(dir.resolve("root/.tmp"))) {
            return (int) drafts.count();
        }
    }
}
