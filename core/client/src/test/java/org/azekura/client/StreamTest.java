package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.RawPath;
import org.azekura.api.StreamSource;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.client.posix.Accounts;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of streams by the whole role. */
@Timeout(300)
class StreamTest {

    private static final Path FILE = Path.of("/db.sql");

    @TempDir
    Path home;
    private Scene scene;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(home);
        Files.writeString(home.resolve("token"), "secret\n");
    }

    @AfterEach
    void end() {
        scene.close();
    }

    /** The command's side of a stream. */
    private final class Bringer implements AutoCloseable {

        private final Socket socket;
        private final DataOutputStream out;
        final String answer;

        Bringer(String token) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(Files.readString(home.resolve("run/stdin")).strip()));
            out = new DataOutputStream(socket.getOutputStream());
            out.write((token + "\n").getBytes(StandardCharsets.UTF_8));
            answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
        }

        ClientOrder.Collect order() {
            return StreamTest.this.order(Long.parseLong(answer));
        }

        /** On a thread of its own, because it waits for the reader. */
        Bringer bring(byte[] content, Random random) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (int at = 0; at < content.length;) {
                        int length = Math.min(content.length - at, 1 + random.nextInt(random.nextBoolean() ? 10 : 200_000));
                        out.writeInt(length);
                        out.write(content, at, length);
                        at += length;
                    }
                    out.writeInt(0);
                } catch (IOException e) {
                    // the job's end tells
                }
            });
            return this;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private ClientOrder.Collect order(long stream) {
        ClientOrder.Collect order = scene.collect(List.of(), null, false, List.of());
        return new ClientOrder.Collect(order.job(), order.snapshot(), order.client(), order.saveSet(),
                new StreamSource(RawPath.of("db.sql"), stream), order.pool(), order.parent(), order.node(), order.never(), order.dryRun(), 1, false);
    }

    @Test
    void keepsAStreamOfAnySizeInBlocksOfAnySizeAsOneFile() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int least = scene.sizes.min();
        for (int size : new int[] {0, 1, least - 1, least, least + 1, 2 * scene.sizes.max(), 5_000_000 + random.nextInt(1_000_000)}) {
            byte[] content = CollectTest.random(seed + size, size);
            try (Bringer bringer = new Bringer("secret")) {
                Scene.Snapshot snapshot = scene.run(bringer.bring(content, random).order());
                assertArrayEquals(content, snapshot.content(FILE), "seed " + seed + ", " + size + " bytes");
                assertEquals(List.of("/db.sql"), List.copyOf(snapshot.entries().keySet()));
                Entry entry = snapshot.entry(FILE);
                assertEquals(0600, entry.mode());
                assertEquals(Accounts.self(), entry.uid());
                assertEquals(Accounts.ownGroup(), entry.gid());
                assertEquals(snapshot.manifest.started(), entry.mtime());
                assertEquals(Map.entry(1L, (long) size), Map.entry(snapshot.manifest.files(), snapshot.manifest.bytes()));
            }
        }
    }

    @Test
    void sendsNoContentTwice() throws Exception {
        byte[] content = CollectTest.random(1, 3_000_000);
        try (Bringer first = new Bringer("secret"); Bringer second = new Bringer("secret")) {
            scene.run(first.bring(content, new Random(1)).order());
            long data = scene.node.stored(ChunkKind.DATA);
            assertArrayEquals(content, scene.run(second.bring(content, new Random(2)).order()).content(FILE));
            assertEquals(data, scene.node.stored(ChunkKind.DATA));
        }
    }

    @Test
    void failsIfTheStreamBreaksOff() throws Exception {
        for (int brought : new int[] {0, 2, 100, 300_000}) {
            try (Bringer bringer = new Bringer("secret")) {
                ClientOrder.Collect order = bringer.order();
                scene.server.order(order);
                bringer.out.write(new byte[] {0, 16, 0, 0}, 0, Math.min(4, brought));
                bringer.out.write(new byte[brought]);
                bringer.socket.shutdownOutput();
                assertEquals("stdin.broken", scene.server.await(order.job(), ClientReport.JobFailed.class).failure().code());
            }
        }
    }

    @Test
    void failsIfABlockIsTooLarge() throws Exception {
        try (Bringer bringer = new Bringer("secret")) {
            bringer.out.writeInt(-1);
            ClientOrder.Collect order = bringer.order();
            scene.server.order(order);
            assertEquals("stdin.broken", scene.server.await(order.job(), ClientReport.JobFailed.class).failure().code());
        }
    }

    @Test
    void refusesWhoDoesNotKnowTheToken() throws Exception {
        for (String token : new String[] {"", "secre", "secret2", "x".repeat(256)}) {
            try (Bringer bringer = new Bringer(token)) {
                assertEquals("the token is not that of this home", bringer.answer);
            }
        }
    }

    @Test
    void keepsTwoStreamsApartAndGivesEachOnce() throws Exception {
        byte[] one = CollectTest.random(1, 1_000_000);
        byte[] other = CollectTest.random(2, 1_000_000);
        try (Bringer first = new Bringer("secret"); Bringer second = new Bringer("secret")) {
            first.bring(one, new Random(1));
            second.bring(other, new Random(2));
            assertArrayEquals(other, scene.run(second.order()).content(FILE));
            assertArrayEquals(one, scene.run(first.order()).content(FILE));

            ClientOrder.Collect again = first.order();
            scene.server.order(again);
            assertEquals("stdin.gone", scene.server.await(again.job(), ClientReport.JobFailed.class).failure().code());
        }
    }

    @Test
    void letsNoMoreThanEightWait() throws Exception {
        List<Bringer> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                waiting.add(new Bringer("secret"));
                assertTrue(waiting.getLast().answer.matches("[0-9]+"), waiting.getLast().answer);
            }
            waiting.add(new Bringer("secret"));
            assertEquals("8 streams wait already; try again in a minute", waiting.getLast().answer);
        } finally {
            for (Bringer bringer : waiting) {
                bringer.close();
            }
        }
    }

    @Test
    void tellsItsPortToItsOwnUserWhileItIsOpen() throws Exception {
        Path told = home.resolve("run/stdin");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(told)));
        scene.role.close();
        assertFalse(Files.exists(told));
    }

    @Test
    void endsAStreamThatStandsStillWhenItsJobIsCancelled() throws Exception {
        try (Bringer bringer = new Bringer("secret")) {
            ClientOrder.Collect order = bringer.order();
            scene.server.order(order);
            scene.server.order(new ClientOrder.Cancel(order.job(), false));
            assertEquals(-1, bringer.socket.getInputStream().read());
        }
    }
}
