package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientOrder;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores by the whole role. */
class RestoreTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path target;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
        target = dir.resolve("made/target");
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
        // Deeper than what JUnit can remove.
        SampleTree.remove(dir);
    }

    /** Where a source path lands. */
    private Path landed(Path saved) {
        return target.resolve(saved.toAbsolutePath().toString().substring(1));
    }

    private static List<String> problems(FakeServer.Restored restored) {
        return restored.notRestored().stream().map(p -> p.path() + ": " + p.reason()).toList();
    }

    @Test
    void everythingComesBackAsItWas() throws Exception {
        SampleTree.make(source);
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertEquals(List.of(), snapshot.report.problems());
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, scene.plan(snapshot));
        assertEquals(List.of(), problems(restored));
        try (Directory before = Directories.open(source); Directory after = Directories.open(landed(source))) {
            assertEquals(List.of(), TreeComparison.differences(before, after));
        }
        assertEquals(snapshot.manifest.files(), restored.files());
    }

    @Test
    void oneOfThreeLinksGivesTheData() throws Exception {
        Files.writeString(source.resolve("a"), "data");
        Files.createLink(source.resolve("b"), source.resolve("a"));
        Files.createLink(source.resolve("c"), source.resolve("a"));
        Scene.Snapshot snapshot = scene.backup(source, null);
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, scene.plan(snapshot, source.resolve("b").toString()));
        assertEquals(List.of(), problems(restored));
        assertEquals("data", Files.readString(landed(source.resolve("b"))));
        assertFalse(Files.exists(landed(source.resolve("a"))));
    }

    @Test
    void whatIsThereIsKeptOrReplacedAsOrdered() throws Exception {
        Path file = source.resolve("file");
        Files.writeString(file, "saved");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        Scene.Snapshot snapshot = scene.backup(source, null);
        Files.createDirectories(landed(source));
        Files.writeString(landed(file), "there");
        List<PlannedBatch> plan = scene.plan(snapshot, file.toString());

        assertEquals(List.of(file + ": exists, kept"), problems(scene.restore(target, Overwrite.NEVER, plan)));
        assertEquals(List.of(file + ": exists and is not older, kept"), problems(scene.restore(target, Overwrite.OLDER, plan)));
        assertEquals("there", Files.readString(landed(file)));

        Files.setLastModifiedTime(landed(file), FileTime.fromMillis(999_999));
        assertEquals(List.of(), problems(scene.restore(target, Overwrite.OLDER, plan)));
        assertEquals("saved", Files.readString(landed(file)));

        Files.writeString(landed(file), "there again");
        assertEquals(List.of(), problems(scene.restore(target, Overwrite.ALWAYS, plan)));
        assertEquals("saved", Files.readString(landed(file)));
        try (var names = Files.list(landed(source))) {
            assertEquals(List.of(landed(file)), names.toList());
        }
    }

    @Test
    void noLinkInTheTargetIsFollowed() throws Exception {
        Files.createDirectory(source.resolve("sub"));
        Files.writeString(source.resolve("sub/file"), "saved");
        Scene.Snapshot snapshot = scene.backup(source, null);
        Path outside = Files.createDirectory(dir.resolve("outside"));
        Files.createDirectories(landed(source));
        Files.createSymbolicLink(landed(source.resolve("sub")), outside);
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, scene.plan(snapshot, source.toString()));
        assertEquals(List.of(source.resolve("sub") + ": exists, kept",
                source.resolve("sub/file") + ": the symbolic link " + source.resolve("sub") + " in the target is in the way"), problems(restored));
        try (var names = Files.list(outside)) {
            assertEquals(0, names.count());
        }
    }

    @Test
    void pathsThatLeadOutAreRefused() throws Exception {
        Files.writeString(source.resolve("file"), "saved");
        Scene.Snapshot snapshot = scene.backup(source, null);
        PlannedBatch good = scene.plan(snapshot, source.resolve("file").toString()).getLast();
        List<RestorePlan.Part> evil = new ArrayList<>();
        for (String path : List.of("/../file", "/a/../../file", "a/file", "/a//file", "/./file")) {
            evil.add(new RestorePlan.Part(RawPath.of(path), good.entries().getFirst().entry(), 0, true));
        }
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, List.of(new PlannedBatch(evil, good.chunks(), false)));
        assertEquals(evil.size(), restored.notRestored().size());
        assertTrue(problems(restored).stream().allMatch(p -> p.contains("refused")), problems(restored).toString());
        try (var found = Files.walk(dir.resolve("made"))) {
            assertEquals(List.of(dir.resolve("made"), target), found.toList());
        }
    }

    @Test
    void aLostChunkLeavesANamedGap() throws Exception {
        Path file = source.resolve("large");
        byte[] content = CollectTest.random(3, 2_000_000);
        Files.write(file, content);
        Files.writeString(source.resolve("other"), "whole");
        Scene.Snapshot snapshot = scene.backup(source, null);
        List<Extent> extents = snapshot.extents(snapshot.entry(file));
        assertTrue(extents.size() > 4, "too few chunks: " + extents.size());
        scene.node.lost.put(extents.get(1).chunk(), true);
        scene.node.lost.put(extents.get(2).chunk(), true);
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, scene.plan(snapshot, source.toString()));
        long from = extents.get(0).length();
        long to = from + extents.get(1).length() + extents.get(2).length();
        assertEquals(1, restored.notRestored().size());
        assertEquals(Scene.raw(file), restored.notRestored().getFirst().path());
        assertEquals(List.of(new PathProblem.Range(from, to)), restored.notRestored().getFirst().ranges());
        Arrays.fill(content, (int) from, (int) to, (byte) 0);
        assertArrayEquals(content, Files.readAllBytes(landed(file)));
        assertEquals("whole", Files.readString(landed(source.resolve("other"))));
    }

    @Test
    void aDryRunChangesNothingAndNamesWhatWouldBeKept() throws Exception {
        Path file = source.resolve("file");
        Files.writeString(file, "saved");
        Files.writeString(source.resolve("second"), "saved too");
        Scene.Snapshot snapshot = scene.backup(source, null);
        List<PlannedBatch> plan = scene.plan(snapshot, source.toString());
        FakeServer.Restored nothing = scene.restore(target, Overwrite.NEVER, true, plan);
        assertEquals(2, nothing.files());
        assertFalse(Files.exists(target, LinkOption.NOFOLLOW_LINKS));
        Files.createDirectories(landed(source));
        Files.writeString(landed(file), "there");
        FakeServer.Restored one = scene.restore(target, Overwrite.NEVER, true, plan);
        assertEquals(List.of(file + ": exists, kept"), problems(one));
        assertEquals("there", Files.readString(landed(file)));
        assertEquals(0, scene.node.read.get());
    }

    @Test
    void aRestoreThatIsDoneAgainTakesAwayWhatWasLeftHalfDone() throws Exception {
        Path sub = Files.createDirectories(source.resolve("sub/below"));
        Files.writeString(sub.resolve("file"), "saved");
        Files.writeString(source.resolve("file"), "saved");
        Scene.Snapshot snapshot = scene.backup(source, null);
        List<PlannedBatch> plan = scene.plan(snapshot, source.resolve("sub").toString(), source.resolve("file").toString());
        scene.restore(target, Overwrite.NEVER, plan);
        List<Path> before = all(landed(source));
        for (Path in : List.of(source, source.resolve("sub"), sub)) {
            Files.writeString(landed(in).resolve(".azekura-restore-0123456789abcdef-0123456789abcdef"), "half do");
            Files.createSymbolicLink(landed(in).resolve(".azekura-restore-0123456789abcdef-123456789abcdef0"), Path.of("file"));
        }
        Path other = Files.writeString(landed(sub).resolve(".azekura-restore-notes"), "mine");
        Path directory = Files.createDirectory(landed(sub).resolve(".azekura-restore-0123456789abcdef-0000000000000000"));
        scene.restore(target, Overwrite.NEVER, plan);
        assertEquals(Stream.concat(before.stream(), Stream.of(other, directory)).sorted().toList(), all(landed(source)));
    }

    private static List<Path> all(Path below) throws Exception {
        try (Stream<Path> found = Files.walk(below)) {
            return found.sorted().toList();
        }
    }

    @Test
    void aLostChunkIsToldForExactlyTheFilesThatNeedIt() throws Exception {
        byte[] shared = CollectTest.random(11, 300_000);
        for (String name : List.of("a", "b", "twin")) {
            Files.write(Files.createDirectories(source.resolve("sub-" + name)).resolve("file"), name.equals("b") ? CollectTest.random(12, 300_000) : shared);
        }
        for (int i = 0; i < 20; i++) {
            Files.write(source.resolve("small" + i), CollectTest.random(100 + i, 10_000));
        }
        Files.createLink(source.resolve("z-link"), source.resolve("sub-twin/file"));
        Scene.Snapshot snapshot = scene.backup(source, null);
        ChunkId large = snapshot.extents(snapshot.entry(source.resolve("sub-a/file"))).get(1).chunk();
        ChunkId small = snapshot.extents(snapshot.entry(source.resolve("small7"))).getFirst().chunk();
        scene.node.lost.put(large, true);
        scene.node.lost.put(small, true);
        Map<RawPath, List<PathProblem.Range>> expected = new TreeMap<>();
        snapshot.entries().forEach((path, entry) -> {
            // A second name is no second loss.
            if (entry.type() == Entry.Type.FILE && !path.endsWith("z-link")) {
                List<PathProblem.Range> gaps = gaps(snapshot, entry, List.of(large, small));
                if (!gaps.isEmpty()) {
                    expected.put(RawPath.of(path), gaps);
                }
            }
        });
        assertTrue(expected.keySet().containsAll(Stream.of("sub-a/file", "sub-twin/file", "small7").map(f -> Scene.raw(source.resolve(f))).toList()));
        assertFalse(expected.containsKey(Scene.raw(source.resolve("sub-b/file"))));
        scene.batch = 3;
        Map<RawPath, List<PathProblem.Range>> told = new TreeMap<>();
        for (PathProblem problem : scene.restore(target, Overwrite.NEVER, scene.plan(snapshot, source.toString())).notRestored()) {
            assertNull(told.put(problem.path(), problem.ranges()), problem.path() + " is told twice");
        }
        assertEquals(expected, told);
        for (String path : snapshot.entries().keySet()) {
            if (Files.isRegularFile(Path.of(path))) {
                byte[] content = Files.readAllBytes(Path.of(path));
                for (PathProblem.Range gap : expected.getOrDefault(RawPath.of(path.endsWith("z-link") ? source + "/sub-twin/file" : path), List.of())) {
                    Arrays.fill(content, (int) gap.from(), (int) gap.to(), (byte) 0);
                }
                assertArrayEquals(content, Files.readAllBytes(landed(Path.of(path))), path);
            }
        }
    }

    /** What of a file is in these chunks, neighbours joined. */
    private static List<PathProblem.Range> gaps(Scene.Snapshot snapshot, Entry entry, List<ChunkId> lost) {
        try {
            List<PathProblem.Range> gaps = new ArrayList<>();
            long at = 0;
            for (Extent extent : snapshot.extents(entry)) {
                if (!extent.isHole() && lost.contains(extent.chunk())) {
                    gaps.add(new PathProblem.Range(at, at + extent.length()));
                }
                at += extent.length();
            }
            return gaps;
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRestoreThatIsCancelledLeavesNoFileInMaking() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.write(source.resolve("file" + i), CollectTest.random(i, 900_000));
        }
        Scene.Snapshot snapshot = scene.backup(source, null);
        scene.batch = 1000;
        List<PlannedBatch> plan = scene.plan(snapshot, source.toString());
        CountDownLatch met = scene.node.stallReads(plan.getFirst().chunks().size() / 2);
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.Restore(job, Scene.POOL, FakeNode.ACCESS, Scene.raw(target), Overwrite.NEVER, false, null));
        Thread thread = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("restore job " + job)).findFirst().orElseThrow();
        Thread.ofVirtual().start(() -> {
            try {
                scene.server.send(job, plan);
            } catch (Exception e) {
                // The client closes the plan's stream.
                assertTrue(met.getCount() == 0, e::toString);
            }
        });
        assertTrue(met.await(120, TimeUnit.SECONDS));
        assertTrue(awaitName(landed(source), ".azekura-restore-"), "nothing is in making: this proves nothing");
        scene.server.order(new ClientOrder.Cancel(job, false));
        assertTrue(thread.join(Duration.ofSeconds(60)));
        assertFalse(scene.server.reported(job));
        for (Path left : all(landed(source))) {
            assertFalse(left.getFileName().toString().startsWith("."), left.toString());
        }
    }

    /** Waits until a name in a directory begins like this: the client works on its own. */
    static boolean awaitName(Path in, String prefix) throws Exception {
        try (WatchService watch = in.getFileSystem().newWatchService()) {
            in.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (true) {
                try (Stream<Path> names = Files.list(in)) {
                    if (names.anyMatch(p -> p.getFileName().toString().startsWith(prefix))) {
                        return true;
                    }
                }
                WatchKey key = watch.poll(120, TimeUnit.SECONDS);
                if (key == null) {
                    return false;
                }
                key.pollEvents();
                key.reset();
            }
        }
    }

    @Test
    void aPlanThatEndsInTheMiddleOfAFileLeavesNothingOfIt() throws Exception {
        Path file = source.resolve("large");
        Files.write(file, CollectTest.random(3, 2_000_000));
        Scene.Snapshot snapshot = scene.backup(source, null);
        scene.batch = 1;
        List<PlannedBatch> plan = scene.plan(snapshot, file.toString());
        assertTrue(plan.size() > 2);
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, plan.subList(0, 1));
        assertEquals(List.of(file + ": the plan ended before the file's end"), problems(restored));
        try (var names = Files.list(landed(source))) {
            assertEquals(0, names.count());
        }
    }

    @Test
    void aDirectoryThatOnlyLeadsToARootReplacesNothingAndChangesNothing() throws Exception {
        Files.writeString(source.resolve("file"), "saved");
        Scene.Snapshot snapshot = scene.backup(source, null);
        List<PlannedBatch> plan = scene.plan(snapshot);
        Path way = source.getParent();
        Path live = Files.createDirectory(dir.resolve("live"));
        Files.writeString(live.resolve("data"), "alive");
        Files.createDirectories(landed(way).getParent());
        Files.createSymbolicLink(landed(way), live);
        for (boolean dryRun : List.of(true, false)) {
            for (Overwrite overwrite : Overwrite.values()) {
                FakeServer.Restored restored = scene.restore(target, overwrite, dryRun, plan);
                List<String> expected = Stream.of(way, source, source.resolve("file"))
                        .map(path -> path + ": the symbolic link " + way + " in the target is in the way").toList();
                assertEquals(expected, problems(restored), overwrite + (dryRun ? " dry" : ""));
                assertEquals("alive", Files.readString(landed(way).resolve("data")));
                assertTrue(Files.isSymbolicLink(landed(way)));
            }
        }
        Files.delete(landed(way));
        Files.createDirectory(landed(way));
        Files.setPosixFilePermissions(landed(way), PosixFilePermissions.fromString("rwxrwx---"));
        assertEquals(List.of(), problems(scene.restore(target, Overwrite.ALWAYS, plan)));
        assertEquals("rwxrwx---", PosixFilePermissions.toString(Files.getPosixFilePermissions(landed(way))));
        assertEquals("saved", Files.readString(landed(source.resolve("file"))));
    }
}
