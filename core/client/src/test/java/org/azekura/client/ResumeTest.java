package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.SnapshotId;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are cut off and go on, by the whole role, as server and node see them. */
class ResumeTest {

    private static final int FILE = 512 << 10;
    private static final int FILES = 60;
    /** As much as four files: what the node makes durable at a time, and what lies between two checkpoints. */
    private static final long DURABLE = 4 * FILE;
    /** What the node may have to take twice, the last frame among it. */
    private static final long LOST = DURABLE + FILE;
    /** Trees and headers. */
    private static final long MORE = 1 << 20;
    /** In the third of four directories. */
    private static final long CUT = 44 * FILE;
    /** A file has about four chunks; 15 files are behind the cut, nine at most between the checkpoint and the cut. */
    private static final int FEW = 140;
    private static final int ALL = 180;

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private final List<Path> files = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")), DURABLE);
        scene.node.durableEvery(DURABLE);
        source = Files.createDirectory(dir.resolve("source"));
        for (int i = 0; i < FILES; i++) {
            // Two directories end before the cut, one is open there; the last begins behind it.
            Path file = source.resolve("%c/file-%03d".formatted('a' + i / 15, i));
            Files.createDirectories(file.getParent());
            files.add(Files.write(file, CollectTest.random(i, FILE + i)));
        }
        for (int i = 0; i < 2_000; i++) {
            Files.writeString(Files.createDirectories(source.resolve("a/small")).resolve("file-" + i), "content " + i);
        }
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private long bytes() throws Exception {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static ClientOrder.Collect again(ClientOrder.Collect order, int attempt, boolean goesOn) {
        return new ClientOrder.Collect(order.job(), new SnapshotId(order.snapshot().high(), order.snapshot().low() + (attempt << 16)), order.client(),
                order.saveSet(), order.stream(), order.pool(), order.parent(), order.node(), order.never(), order.dryRun(), attempt, goesOn);
    }

    /** Begins the backup and breaks it off after so many bytes more. */
    private void cutOff(ClientOrder.Collect order, long after) throws Exception {
        scene.node.cutAt(scene.node.taken.get() + after);
        scene.server.order(order);
        ClientReport.JobFailed failed = scene.server.await(order.job(), ClientReport.JobFailed.class);
        assertTrue(failed.failure().code().startsWith("transport."), failed::toString);
        scene.node.cutAt(Long.MAX_VALUE);
        scene.server.forget(order.job());
    }

    private void assertWhole(Scene.Snapshot snapshot) throws Exception {
        assertEquals(List.of(), snapshot.report.problems());
        assertEquals(FILES + 2_000, snapshot.manifest.files());
        assertContents(snapshot, source.resolve("a/small/file-77"));
    }

    private void assertContents(Scene.Snapshot snapshot, Path more) throws Exception {
        Map<String, Entry> entries = snapshot.entries();
        List<Path> all = new ArrayList<>(files);
        all.add(more);
        for (Path file : all) {
            assertArrayEquals(Files.readAllBytes(file), snapshot.content(entries.get(file.toString()), file), file::toString);
        }
    }

    @Test
    void whatWasDurableAtACheckpointIsNeitherReadNorSentAgain() throws Exception {
        ClientOrder.Collect order = scene.collect(source, null);
        cutOff(order, CUT);
        int asked = scene.node.asked.get();
        int pages = scene.server.pagesTaken.get();
        Scene.Snapshot snapshot = scene.run(again(order, 2, true));
        assertWhole(snapshot);
        assertTrue(scene.node.taken.get() <= bytes() + LOST + MORE, "sent " + scene.node.taken.get() + " of " + bytes());
        assertTrue(scene.node.asked.get() - asked < FEW, "asked for " + (scene.node.asked.get() - asked) + " chunks");
        assertTrue(scene.server.pagesTaken.get() - pages < pages + 12, pages + " pages, then " + (scene.server.pagesTaken.get() - pages));
    }

    @Test
    void withoutTheServersWordEverythingIsReadAgainButNotSent() throws Exception {
        ClientOrder.Collect order = scene.collect(source, null);
        cutOff(order, CUT);
        int asked = scene.node.asked.get();
        assertWhole(scene.run(again(order, 2, false)));
        assertTrue(scene.node.taken.get() <= bytes() + LOST + MORE, "sent " + scene.node.taken.get() + " of " + bytes());
        assertTrue(scene.node.asked.get() - asked > ALL, "asked for " + (scene.node.asked.get() - asked) + " chunks");
    }

    @Test
    void whatChangedSinceItWasCutOffIsReadAgain() throws Exception {
        ClientOrder.Collect order = scene.collect(source, null);
        cutOff(order, CUT);
        Files.write(files.get(1), CollectTest.random(1001, FILE + 1));
        Files.delete(files.get(2));
        files.remove(2);
        Files.write(source.resolve("a/new"), CollectTest.random(1002, 100));
        Scene.Snapshot snapshot = scene.run(again(order, 2, true));
        assertContents(snapshot, source.resolve("a/new"));
        assertFalse(snapshot.entries().keySet().stream().anyMatch(path -> path.endsWith("/file-002")));
    }

    @Test
    void anAttemptThatComesLessFarTakesNothingAway() throws Exception {
        ClientOrder.Collect order = scene.collect(source, null);
        cutOff(order, CUT);
        int asked = scene.node.asked.get();
        cutOff(again(order, 2, true), FILE);
        assertWhole(scene.run(again(order, 3, true)));
        assertTrue(scene.node.taken.get() <= bytes() + 2 * LOST + MORE, "sent " + scene.node.taken.get() + " of " + bytes());
        assertTrue(scene.node.asked.get() - asked < 2 * FEW, "asked for " + (scene.node.asked.get() - asked) + " chunks");
    }

    @Test
    void itGoesOnBesideTheParent() throws Exception {
        Scene.Snapshot first = scene.backup(source, null);
        for (int i = 0; i < FILES; i += 2) {
            Files.write(files.get(i), CollectTest.random(2000 + i, FILE));
        }
        long before = scene.node.taken.get();
        ClientOrder.Collect order = scene.collect(source, first.manifest.snapshot());
        cutOff(order, 24 * FILE);
        int asked = scene.node.asked.get();
        Scene.Snapshot second = scene.run(again(order, 2, true));
        assertWhole(second);
        assertTrue(scene.node.taken.get() - before <= (FILES / 2) * (long) FILE + LOST + MORE, "sent " + (scene.node.taken.get() - before));
        assertTrue(scene.node.asked.get() - asked < FEW * 2 / 3, "asked for " + (scene.node.asked.get() - asked) + " chunks");
        long data = scene.node.stored(ChunkKind.DATA);
        Scene.Snapshot third = scene.backup(source, second);
        assertEquals(data, scene.node.stored(ChunkKind.DATA));
        assertEquals(second.entry(source), third.entry(source));
    }

    @Test
    void anotherJobOfTheSaveSetBeginsAnew() throws Exception {
        cutOff(scene.collect(source, null), CUT);
        int asked = scene.node.asked.get();
        assertWhole(scene.run(again(scene.collect(source, null), 2, true)));
        assertTrue(scene.node.asked.get() - asked > ALL, "asked for " + (scene.node.asked.get() - asked) + " chunks");
    }

    @Test
    void cutOffAnywhereItComesToTheSameEnd() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ClientOrder.Collect order = scene.collect(source, null);
        for (int attempt = 1; attempt <= 4; attempt++) {
            cutOff(attempt == 1 ? order : again(order, attempt, true), FILE + random.nextInt(12 * FILE));
        }
        Scene.Snapshot snapshot = scene.run(again(order, 5, true));
        assertWhole(snapshot);
        assertTrue(scene.node.taken.get() <= bytes() + 4 * LOST + MORE, "seed " + seed + ": sent " + scene.node.taken.get() + " of " + bytes());
        Scene.Snapshot fresh = scene.backup(source, null);
        assertEquals(fresh.entry(source), snapshot.entry(source), "seed " + seed);
        try (var left = Files.list(dir.resolve("home/client/cache"))) {
            assertEquals(1, left.count(), "only the cache is left");
        }
    }

    @Test
    void whatIsYoungAtTheCutIsReadAgain() throws Exception {
        scene.setClock(Duration.ofMinutes(-10));
        ClientOrder.Collect order = scene.collect(source, null);
        cutOff(order, CUT);
        int asked = scene.node.asked.get();
        assertWhole(scene.run(again(order, 2, true)));
        assertTrue(scene.node.asked.get() - asked > ALL, "asked for " + (scene.node.asked.get() - asked) + " chunks");
    }
}
