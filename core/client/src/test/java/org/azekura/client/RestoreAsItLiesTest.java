package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.api.ChunkId;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.RestorePoint;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores whose plan is in the order of a medium: parts of files come in any order. */
class RestoreAsItLiesTest {

    @TempDir
    Path dir;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private Scene scene;
    private Path source;
    private Path target;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
        target = dir.resolve("target");
        byte[] large = new byte[9_000_000];
        random.nextBytes(large);
        Files.write(source.resolve("large"), large);
        Path sub = Files.createDirectory(source.resolve("sub"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(sub.resolve("small" + i), "content " + i);
        }
        Files.createFile(sub.resolve("empty"));
        Files.createLink(sub.resolve("z other name"), source.resolve("large"));
        Files.createSymbolicLink(sub.resolve("link"), Path.of("empty"));
    }

    @AfterEach
    void end() {
        scene.close();
    }

    /** The same plan in pieces of one extent each, shuffled, what needs no chunk first. */
    private List<PlannedBatch> shuffled(List<PlannedBatch> plan) {
        Map<ChunkId, RestoreBatch.ChunkKey> keys = new LinkedHashMap<>();
        List<RestorePlan.Part> first = new ArrayList<>();
        List<RestorePlan.Part> pieces = new ArrayList<>();
        for (PlannedBatch batch : plan) {
            batch.chunks().forEach(key -> keys.put(key.chunk(), key));
            for (RestorePlan.Part part : batch.entries()) {
                List<Extent> extents = part.entry().content() instanceof Entry.Content.Inline inline ? inline.extents() : List.of();
                long at = part.from();
                for (int i = 0; i < extents.size(); i++) {
                    pieces.add(new RestorePlan.Part(part.path(), part.entry().with(new Entry.Content.Inline(List.of(extents.get(i)), null)), at,
                            part.last() && i + 1 == extents.size()));
                    at += extents.get(i).length();
                }
                if (extents.isEmpty()) {
                    first.add(part);
                }
            }
        }
        Collections.shuffle(pieces, random);
        List<PlannedBatch> batches = new ArrayList<>(List.of(new PlannedBatch(first, List.of(), false)));
        for (RestorePlan.Part piece : pieces) {
            List<RestoreBatch.ChunkKey> needed = ((Entry.Content.Inline) piece.entry().content()).extents().stream().filter(extent -> !extent.isHole())
                    .map(extent -> keys.get(extent.chunk())).toList();
            batches.add(new PlannedBatch(List.of(piece), needed, false));
        }
        return batches;
    }

    private FakeServer.Restored restore(RestorePoint point, List<PlannedBatch> plan) throws Exception {
        return restore(point, plan, true);
    }

    private FakeServer.Restored restore(RestorePoint point, List<PlannedBatch> plan, boolean asItLies) throws Exception {
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.Restore(job, Scene.POOL, FakeNode.ACCESS, Scene.raw(target), Overwrite.NEVER, false,
                point == null ? null : new ClientOrder.Earlier(600, point), Scene.CLIENT, Hooks.NONE, asItLies));
        scene.server.send(job, plan);
        return scene.server.restored(job);
    }

    private Path landed(Path saved) {
        return target.resolve(saved.toAbsolutePath().toString().substring(1));
    }

    private void assertSame() throws Exception {
        try (Stream<Path> all = Files.walk(source)) {
            for (Path saved : all.toList()) {
                assertEquals(Files.getLastModifiedTime(saved, LinkOption.NOFOLLOW_LINKS),
                        Files.getLastModifiedTime(landed(saved), LinkOption.NOFOLLOW_LINKS), saved + ", seed " + seed);
                if (Files.isRegularFile(saved)) {
                    assertEquals(-1, Files.mismatch(saved, landed(saved)), saved + ", seed " + seed);
                }
            }
        }
        assertEquals(Files.getAttribute(landed(source.resolve("large")), "unix:ino"), Files.getAttribute(landed(source.resolve("sub/z other name")), "unix:ino"));
    }

    @Test
    void allIsThereWhateverTheOrderOfItsParts() throws Exception {
        FakeServer.Restored restored = restore(null, shuffled(scene.plan(scene.backup(source, null), source.toString())));
        assertEquals(List.of(), restored.notRestored(), "seed " + seed);
        assertSame();
    }

    @Test
    void whatWasMadeDurableBeforeIsNotMadeAgainAndWhatIsNewerIs() throws Exception {
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        restore(null, shuffled(plan));
        Object large = Files.getAttribute(landed(source.resolve("large")), "unix:ino");
        Files.delete(landed(source.resolve("sub/small3")));
        Files.writeString(landed(source.resolve("sub/small4")), "changed");
        RestorePoint until = new RestorePoint(null, null, 5, 50, List.of(), Instant.now().plusSeconds(5));
        FakeServer.Restored again = restore(until, shuffled(plan));
        assertEquals(List.of(source.resolve("sub/small4") + ": exists, kept"), again.notRestored().stream().map(p -> p.path() + ": " + p.reason()).toList(), "seed " + seed);
        assertEquals(large, Files.getAttribute(landed(source.resolve("large")), "unix:ino"));
        assertEquals(6, again.files(), "five before, one now");
        Files.writeString(landed(source.resolve("sub/small4")), "content 4");
        Files.setLastModifiedTime(landed(source.resolve("sub/small4")), Files.getLastModifiedTime(source.resolve("sub/small4")));
        RestorePoint before = new RestorePoint(null, null, 0, 0, List.of(), Instant.now().minusSeconds(500));
        assertEquals(List.of(), restore(before, shuffled(plan)).notRestored());
        assertFalse(large.equals(Files.getAttribute(landed(source.resolve("large")), "unix:ino")), "it may not have been durable");
        assertSame();
    }

    /** Cartridges that go away while a disk has a copy: what the time of the point tells holds in whatever order comes next. */
    @Test
    void whatWasMadeDurableFromCartridgesIsNotMadeAgainFromADisk() throws Exception {
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        restore(null, shuffled(plan));
        Object large = Files.getAttribute(landed(source.resolve("large")), "unix:ino");
        Files.delete(landed(source.resolve("sub/small3")));
        FakeServer.Restored again = restore(new RestorePoint(null, null, 5, 50, List.of(), Instant.now().plusSeconds(5)), plan, false);
        assertEquals(List.of(), again.notRestored(), "seed " + seed);
        assertEquals(large, Files.getAttribute(landed(source.resolve("large")), "unix:ino"));
        assertEquals(6, again.files(), "five before, one now");
        assertSame();
    }
}
