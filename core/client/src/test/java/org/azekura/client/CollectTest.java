package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileType;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.volume.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups by the whole role, as server and node see them. */
class CollectTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
        // Deeper than what JUnit can remove.
        SampleTree.remove(dir);
    }

    static byte[] random(long seed, int bytes) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return content;
    }

    @Test
    void oneFileComesWithItsContentAndASignedManifest() throws Exception {
        Path file = source.resolve("file");
        Files.writeString(file, "content");
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertArrayEquals(Files.readAllBytes(file), snapshot.content(file));
        assertEquals(List.of(), snapshot.report.problems());
        assertEquals(1, snapshot.manifest.files());
        assertEquals(7, snapshot.manifest.bytes());
        assertEquals(Scene.VERSION, scene.server.hello.version());
        assertTrue(SigningKey.verify(scene.server.hello.signingKey(), snapshot.report.manifest(), snapshot.report.signature()));
    }

    /** Data that two snapshots share: the second one's new chunks are counted from here. */
    private long storedData() {
        return scene.node.stored(ChunkKind.DATA);
    }

    private Path write(String name, byte[] content) throws Exception {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    @Test
    void anUnchangedTreeIsNeitherReadNorAskedForNorSentAgain() throws Exception {
        SampleTree.make(source);
        Scene.Snapshot first = scene.backup(source, null);
        int asked = scene.node.asked.get();
        long data = storedData();
        long pages = scene.node.stored(ChunkKind.TREE);
        Scene.Snapshot second = scene.backup(source, first);
        assertEquals(data, storedData());
        assertEquals(first.entry(source), second.entry(source));
        // Directories on the way to the root may have been changed by others; each has one page.
        int above = source.toAbsolutePath().getNameCount();
        assertTrue(scene.node.asked.get() - asked <= above, "asked for " + (scene.node.asked.get() - asked) + " chunks");
        assertTrue(scene.node.stored(ChunkKind.TREE) - pages <= above);
        assertEquals(first.manifest.files(), second.manifest.files());
        assertEquals(first.manifest.bytes(), second.manifest.bytes());
        assertEquals(first.manifest.directories(), second.manifest.directories());
        assertEquals(first.manifest.snapshot(), second.manifest.parent());
        assertEquals(first.entries().keySet(), second.entries().keySet());
    }

    @Test
    void everySnapshotHasExactlyItsDay() throws Exception {
        write("stays", random(1, 1000));
        write("goes", random(2, 1000));
        write("is renamed", random(3, 400_000));
        write("sub/grows", random(4, 300_000));
        Path touched = write("touched back", random(5, 5000));
        FileTime time = Files.getLastModifiedTime(touched);
        Scene.Snapshot first = scene.backup(source, null);

        Files.delete(source.resolve("goes"));
        Files.move(source.resolve("is renamed"), source.resolve("sub/was renamed"));
        write("added", random(6, 10));
        Files.write(source.resolve("sub/grows"), random(7, 50_000), StandardOpenOption.APPEND);
        Files.write(touched, random(8, 5000));
        Files.setLastModifiedTime(touched, time);
        long data = storedData();
        Scene.Snapshot second = scene.backup(source, first);

        assertArrayEquals(random(2, 1000), first.content(source.resolve("goes")));
        assertArrayEquals(random(5, 5000), first.content(touched));
        assertArrayEquals(random(4, 300_000), first.content(source.resolve("sub/grows")));
        assertNull(second.entry(source.resolve("goes")));
        assertNull(second.entry(source.resolve("is renamed")));
        assertArrayEquals(random(1, 1000), second.content(source.resolve("stays")));
        assertArrayEquals(random(3, 400_000), second.content(source.resolve("sub/was renamed")));
        assertArrayEquals(random(6, 10), second.content(source.resolve("added")));
        assertArrayEquals(Files.readAllBytes(source.resolve("sub/grows")), second.content(source.resolve("sub/grows")));
        assertArrayEquals(random(8, 5000), second.content(touched));
        assertTrue(storedData() - data <= 4, "new chunks: " + (storedData() - data));
        assertEquals(first.entry(source.resolve("stays")), second.entry(source.resolve("stays")));
    }

    @Test
    void aChangeTooYoungForItsTimeToTellIsReadAgain() throws Exception {
        // Large: a small one would be found to be the same by its hash, and nothing asked.
        Path file = write("file", random(1, 100_000));
        scene.setClock(Duration.ZERO);
        Scene.Snapshot first = scene.backup(source, null);
        int asked = scene.node.asked.get();
        scene.backup(source, first);
        assertTrue(scene.node.asked.get() > asked, "the file was not read again");
        assertArrayEquals(random(1, 100_000), first.content(file));
    }

    @Test
    void smallFilesShareChunksInWalkOrderAlsoOverBordersOfDirectories() throws Exception {
        for (int i = 0; i < 500; i++) {
            write("d" + i % 20 + "/f" + i, random(i, 1 + i * 37 % 9000));
        }
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertTrue(storedData() <= 6, storedData() + " chunks for 2.2 MB in 500 files");
        for (int i = 0; i < 500; i += 7) {
            Path file = source.resolve("d" + i % 20 + "/f" + i);
            assertArrayEquals(Files.readAllBytes(file), snapshot.content(file));
            Entry.Content.Inline content = (Entry.Content.Inline) snapshot.entry(file).content();
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)), content.hash());
        }
    }

    @Test
    void moreFilesThanMayWaitForTheirSegmentEndWell() throws Exception {
        write("a", new byte[] {1});
        for (int i = 0; i < 25_000; i++) {
            Files.createSymbolicLink(source.resolve("link" + i), Path.of("x"));
        }
        write("z", new byte[] {2});
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertEquals(25_002, snapshot.manifest.files());
        assertEquals(2, storedData());
        assertArrayEquals(new byte[] {2}, snapshot.content(source.resolve("z")));
    }

    @Test
    void holesAreExtentsWithoutChunks() throws Exception {
        Path file = source.resolve("sparse");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (long at : new long[] {0, 1L << 30, (2L << 30) - 4096}) {
                channel.write(ByteBuffer.wrap(random(at, 4096)), at);
            }
        }
        Scene.Snapshot snapshot = scene.backup(source, null);
        List<Extent> extents = snapshot.extents(snapshot.entry(file));
        assertEquals(5, extents.size());
        assertEquals(3, extents.stream().filter(e -> !e.isHole()).count());
        assertEquals(2L << 30, extents.stream().mapToLong(Extent::length).sum());
        assertEquals(2L << 30, snapshot.entry(file).size());
    }

    @Test
    void aFileOfManyExtentsHasPagesOfThem() throws Exception {
        Path file = source.resolve("islands");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (int i = 0; i < 1000; i++) {
                channel.write(ByteBuffer.wrap(random(i, 4096)), i * 65_536L);
            }
        }
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertInstanceOf(Entry.Content.Paged.class, snapshot.entry(file).content());
        assertArrayEquals(Files.readAllBytes(file), snapshot.content(file));
    }

    @Test
    void linksKeepTheirGroupWhenNothingChanged() throws Exception {
        Path a = write("a", random(1, 100_000));
        Path b = Files.createLink(source.resolve("b"), a);
        write("c", random(2, 10));
        Scene.Snapshot first = scene.backup(source, null);
        long group = first.entry(a).linkGroup();
        assertNotEquals(0, group);
        assertEquals(group, first.entry(b).linkGroup());
        assertEquals(first.entry(a).content(), first.entry(b).content());
        assertEquals(0, first.entry(source.resolve("c")).linkGroup());

        Files.delete(source.resolve("c"));
        Scene.Snapshot second = scene.backup(source, first);
        assertEquals(first.entry(a), second.entry(a));
        assertEquals(first.entry(b), second.entry(b));

        Path before = Files.createLink(source.resolve("0"), a);
        Scene.Snapshot third = scene.backup(source, second);
        assertEquals(third.entry(before).linkGroup(), third.entry(b).linkGroup());
        assertEquals(third.entry(a).linkGroup(), third.entry(b).linkGroup());
    }

    @Test
    void aFileThatTookAnothersPathIsNoLinkOfIt() throws Exception {
        Path old = write("d/a", random(1, 1000));
        Files.createLink(Files.createDirectory(source.resolve("e")).resolve("b"), old);
        Scene.Snapshot first = scene.backup(source, null);

        Files.move(source.resolve("d"), source.resolve("f"));
        Path fresh = write("d/a", random(2, 1000));
        Files.createLink(source.resolve("d/c"), fresh);
        Scene.Snapshot second = scene.backup(source, first);
        assertNotEquals(second.entry(fresh).linkGroup(), second.entry(source.resolve("e/b")).linkGroup());
        assertEquals(second.entry(fresh).linkGroup(), second.entry(source.resolve("d/c")).linkGroup());
        assertEquals(first.entry(source.resolve("e/b")), second.entry(source.resolve("e/b")));
        assertEquals(second.entry(source.resolve("e/b")).linkGroup(), second.entry(source.resolve("f/a")).linkGroup());
        assertArrayEquals(random(2, 1000), second.content(source.resolve("d/c")));
        assertArrayEquals(random(1, 1000), second.content(source.resolve("f/a")));
    }

    @Test
    void linksHaveTheSameGroupAlsoWithoutTheParentsCache() throws Exception {
        Path a = write("a", random(1, 1000));
        Files.createLink(source.resolve("b"), a);
        Scene.Snapshot first = scene.backup(source, null);
        Scene.Snapshot second = scene.backup(source, null);
        assertEquals(first.entry(source), second.entry(source));
    }

    @Test
    void aFifoKeepsItsLinksWhenItGetsOneMore() throws Exception {
        Path fifo = write("d/fifo", new byte[0]);
        Files.delete(fifo);
        try (Directory directory = Directories.open(fifo.getParent())) {
            directory.makeNode("fifo".getBytes(StandardCharsets.UTF_8), FileType.FIFO, 0600, 0, 0);
        }
        Files.createLink(source.resolve("e"), fifo);
        Scene.Snapshot first = scene.backup(source, null);
        assertEquals(first.entry(fifo).linkGroup(), first.entry(source.resolve("e")).linkGroup());
        Files.move(source.resolve("d"), source.resolve("f"));
        Scene.Snapshot second = scene.backup(source, first);
        assertEquals(second.entry(source.resolve("f/fifo")).linkGroup(), second.entry(source.resolve("e")).linkGroup());
    }

    @Test
    void directoriesOnTheWayAreSavedWithTheirOwnModeAndNothingElse() throws Exception {
        write("inside", random(1, 10));
        Files.write(dir.resolve("outside"), new byte[10]);
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertNull(snapshot.entry(dir.resolve("outside")));
        Entry above = snapshot.entry(dir);
        assertEquals(Entry.Type.DIRECTORY, above.type());
        assertNull(above.mtime());
        Files.write(dir.resolve("another"), new byte[10]);
        assertEquals(above, scene.backup(source, snapshot).entry(dir));
    }

    @Test
    void aDryRunNamesEverythingThoughItFillsManyMessages() throws Exception {
        int files = 30_000;
        String long200 = "n".repeat(200);
        Path many = Files.createDirectories(source.resolve("many"));
        for (int i = 0; i < files; i++) {
            Files.createFile(many.resolve(long200 + i));
        }
        assertEquals(files + 2, listed(source.toString(), false).size());
    }

    @Test
    void aDryRunListsExactlyWhatTheRulesSave() throws Exception {
        for (String name : List.of("a.txt", "a.tmp", "keep.tmp", "big", "build/out", "sub/build/out", "sub/x.o", "cache/data", "cache/.nobackup", "b.o")) {
            write(name, new byte[name.equals("big") ? 5000 : 10]);
        }
        List<Rule> rules = List.of(Rule.parse(true, "keep.*"), Rule.parse(false, "*.tmp"), Rule.parse(false, "larger:4KiB"),
                Rule.parse(false, "sub/build"), Rule.parse(false, "re:/source/[a-c]\\.o$"), Rule.parse(false, "marker:.nobackup"));
        ClientOrder.Collect order = scene.collect(List.of(Scene.raw(source)), null, true, rules);
        scene.server.order(order);
        FakeServer.Collected listed = scene.server.collected(order.job());
        List<String> below = listed.listed().stream().map(p -> source.relativize(Path.of(p.toString())).toString()).toList();
        assertEquals(List.of("", "a.txt", "build", "build/out", "keep.tmp", "sub", "sub/x.o"), below);
        assertEquals(0, listed.manifest().length);
        assertTrue(scene.node.frames.isEmpty());
    }

    @Test
    void aRootInsideARootIsSavedWhateverTheRulesSay() throws Exception {
        write("sub/file", new byte[1]);
        write("other/file", new byte[1]);
        Scene.Snapshot snapshot = scene.run(scene.collect(List.of(Scene.raw(source), Scene.raw(source.resolve("sub"))), null, false,
                List.of(Rule.parse(false, "sub"), Rule.parse(false, "other"))));
        assertNotNull(snapshot.entry(source.resolve("sub/file")));
        assertNull(snapshot.entry(source.resolve("other")));
    }

    @Test
    void missingRootsAreProblemsAndIfAllAreTheJobFails() throws Exception {
        write("file", new byte[1]);
        Path missing = dir.resolve("not/there");
        Scene.Snapshot snapshot = scene.run(scene.collect(List.of(Scene.raw(source), Scene.raw(missing)), null, false, List.of()));
        assertEquals(List.of(missing + ""), snapshot.report.problems().stream().map(p -> p.path().toString()).toList());
        ClientOrder.Collect order = scene.collect(missing, null);
        scene.server.order(order);
        ClientReport.JobFailed failed = scene.server.await(order.job(), ClientReport.JobFailed.class);
        assertEquals("root.missing", failed.failure().code());
    }

    @Test
    void aRootThatIsASymbolicLinkIsSavedAsSuchAndToldOf() throws Exception {
        write("file", new byte[1]);
        Path link = Files.createSymbolicLink(dir.resolve("link"), source);
        Scene.Snapshot snapshot = scene.backup(link, null);
        assertEquals(Entry.Type.SYMLINK, snapshot.entry(link).type());
        assertEquals(List.of(link + " is a symbolic link to " + source + "; name what it leads to as root"),
                snapshot.report.problems().stream().map(p -> p.path() + " " + p.reason()).toList());
    }

    @Test
    void theHomeIsNeverSavedAndTheManifestSaysSo() throws Exception {
        write("file", new byte[1]);
        Scene.Snapshot snapshot = scene.backup(dir, null);
        assertNotNull(snapshot.entry(source.resolve("file")));
        assertNull(snapshot.entry(dir.resolve("home")));
        assertEquals(List.of(dir.resolve("home").toString()), snapshot.details().skipped().stream().map(p -> p.path().toString()).toList());
        assertEquals(List.of(), snapshot.report.problems());
    }

    @Test
    void withoutTheParentsCacheAllIsReadAndNothingIsSent() throws Exception {
        write("large", random(1, 700_000));
        write("small", random(2, 700));
        Scene.Snapshot first = scene.backup(source, null);
        long data = storedData();
        try (var caches = Files.list(dir.resolve("home/client/cache"))) {
            for (Path cache : caches.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
                Files.delete(cache);
            }
        }
        Scene.Snapshot second = scene.backup(source, first);
        assertEquals(data, storedData());
        assertNull(second.manifest.parent());
        assertEquals(first.entry(source), second.entry(source));
    }

    @Test
    void aDamagedCacheIsNotUsed() throws Exception {
        write("file", random(1, 700));
        Scene.Snapshot first = scene.backup(source, null);
        try (var caches = Files.list(dir.resolve("home/client/cache"))) {
            Path cache = caches.toList().getFirst();
            byte[] bytes = Files.readAllBytes(cache);
            Files.write(cache, Arrays.copyOf(bytes, bytes.length - 1));
        }
        Scene.Snapshot second = scene.backup(source, first);
        assertNull(second.manifest.parent());
        assertArrayEquals(random(1, 700), second.content(source.resolve("file")));
    }

    @Test
    void aCancelledJobEndsAndSaysNothingMore() throws Exception {
        write("file", random(1, 700));
        scene.node.hold();
        ClientOrder.Collect order = scene.collect(source, null);
        scene.server.order(order);
        scene.server.order(new ClientOrder.Cancel(order.job(), false));
        scene.node.release();
        Scene.Snapshot next = scene.backup(source, null);
        assertNotNull(next.entry(source.resolve("file")));
        assertFalse(scene.server.reported(order.job()));
    }

    @Test
    void aJobWhoseNodeTakesNothingMoreCanBeCancelled() throws Exception {
        for (int i = 0; i < 5; i++) {
            write("large" + i, random(i, 12_000_000));
        }
        CountDownLatch stalled = scene.node.stallStreams();
        ClientOrder.Collect order = scene.collect(source, null);
        scene.server.order(order);
        assertTrue(stalled.await(120, TimeUnit.SECONDS));
        Thread job = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("collect job " + order.job())).findAny().orElseThrow();
        scene.server.order(new ClientOrder.Cancel(order.job(), false));
        assertTrue(job.join(Duration.ofSeconds(10)), "still running: " + List.of(job.getStackTrace()));
        assertFalse(scene.server.reported(order.job()));
    }

    @Test
    void theClientJoinsAgainAfterALoss() throws Exception {
        write("file", random(1, 700));
        scene.server.conversation().close();
        scene.server.awaitNext();
        assertNotNull(scene.backup(source, null).entry(source.resolve("file")));
    }

    @Test
    void aFileThatIsNotWhatItsSizeSaysIsKeptAndFlagged() throws Exception {
        // The kernel says 4096 bytes and gives fewer: to a reader the same as a file that shrinks under its hands.
        Path file = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        assumeTrue(Files.exists(file));
        Scene.Snapshot first = scene.backup(file, null);
        assertEquals(1, first.report.problems().size());
        assertTrue(first.entry(file).unstable());
        assertArrayEquals(Files.readAllBytes(file), first.content(file));
        // No blocks are told of, but there is no hole: a small file like any other.
        assertNotNull(assertInstanceOf(Entry.Content.Inline.class, first.entry(file).content()).hash());
        Scene.Snapshot second = scene.backup(file, first);
        assertEquals(1, second.report.problems().size(), "it was not read again");
    }

    @Test
    void aTimeThatCannotBeToldIsAProblemOfItsFileOnly() throws Exception {
        Path shared = Path.of("/dev/shm");
        assumeTrue(Files.isDirectory(shared) && Files.getFileStore(shared).type().equals("tmpfs"));
        Path folder = Files.createTempDirectory(shared, "azekura");
        try (Directory directory = Directories.open(folder)) {
            Files.write(folder.resolve("odd"), random(1, 100));
            Files.write(folder.resolve("well"), random(2, 100));
            directory.touch("odd".getBytes(StandardCharsets.UTF_8), 1L << 60, 0);
            assumeTrue(directory.stat("odd".getBytes(StandardCharsets.UTF_8)).mtimeSecond() == 1L << 60, "the file system keeps no such time");
            Scene.Snapshot first = scene.backup(folder, null);
            assertEquals(Instant.MAX, first.entry(folder.resolve("odd")).mtime());
            assertArrayEquals(random(1, 100), first.content(folder.resolve("odd")));
            assertArrayEquals(random(2, 100), first.content(folder.resolve("well")));
            Scene.Snapshot second = scene.backup(folder, first);
            for (Scene.Snapshot snapshot : List.of(first, second)) {
                assertEquals(List.of(folder.resolve("odd").toString()), snapshot.report.problems().stream().map(p -> p.path().toString()).toList());
            }
        } finally {
            SampleTree.remove(folder);
            Files.delete(folder);
        }
    }

    @Test
    void oneFileSystemLeavesTheOthersEmptyAndThoseOfTheKernelAlwaysAre() throws Exception {
        Path shared = Path.of("/dev/shm");
        assumeTrue(Files.isDirectory(shared) && Files.getFileStore(shared).type().equals("tmpfs") && Files.exists(Path.of("/dev/pts/ptmx")));
        Path inside = Files.createTempFile(shared, "azekura", ".test");
        try {
            assertFalse(listed("/dev", true).contains(inside.toString()));
            assertTrue(listed("/dev", true).contains(shared.toString()));
            assertTrue(listed("/dev", false).contains(inside.toString()));
            assertTrue(listed("/dev/shm", true).contains(inside.toString()));
            assertTrue(listed("/dev", false).contains("/dev/pts"));
            assertFalse(listed("/dev", false).contains("/dev/pts/ptmx"));
            assertTrue(listed("/dev/pts", false).contains("/dev/pts/ptmx"));
        } finally {
            Files.delete(inside);
        }
    }

    private List<String> listed(String root, boolean oneFileSystem) throws Exception {
        ClientOrder.Collect order = scene.collect(List.of(RawPath.of(root)), null, true, List.of(), oneFileSystem);
        scene.server.order(order);
        return scene.server.collected(order.job()).listed().stream().map(RawPath::toString).toList();
    }

    @Test
    void filesThatAreLeftOfAMostlyDeadSegmentAreSentAgainOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            write("f" + i, random(i, 5000));
        }
        Scene.Snapshot first = scene.backup(source, null);
        for (int i = 0; i < 30; i++) {
            Files.delete(source.resolve("f" + i));
        }
        Scene.Snapshot second = scene.backup(source, first);
        Path left = source.resolve("f35");
        assertEquals(first.entry(left), second.entry(left));
        long data = storedData();
        Scene.Snapshot third = scene.backup(source, second);
        assertEquals(data + 1, storedData());
        assertArrayEquals(random(35, 5000), third.content(left));
        assertEquals(50_000, scene.chunk(third.extents(third.entry(left)).getFirst().chunk()).length);
        Scene.Snapshot fourth = scene.backup(source, third);
        assertEquals(data + 1, storedData());
        assertEquals(third.entry(left), fourth.entry(left));
    }
}
