package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.pack.FrameHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files that change in place: what a day costs, counted at the node, and that every day is restored exactly. */
class DeltaTest {

    private static final int PAGE = 8 << 10;
    private static final int MIB = 1 << 20;

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path file;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
        file = source.resolve("database");
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
        SampleTree.remove(dir);
    }

    /** Bytes of all frames the node has got. */
    private long sent() {
        synchronized (scene.node.stored) {
            return scene.node.stored.stream().mapToLong(FrameHeader::frameLength).sum();
        }
    }

    private long dataChunks() {
        return scene.node.stored(ChunkKind.DATA);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
    }

    /** Overwrites pages that are drawn. @return how many bytes they are */
    private static long change(Path file, Random random, double share, int page) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            int pages = Math.toIntExact(open.length() / page);
            TreeSet<Integer> drawn = new TreeSet<>();
            while (drawn.size() < share * pages) {
                drawn.add(random.nextInt(pages));
            }
            byte[] bytes = new byte[page];
            for (int at : drawn) {
                random.nextBytes(bytes);
                open.seek((long) at * page);
                open.write(bytes);
            }
            return (long) drawn.size() * page;
        }
    }

    /** When no job is at them any more. */
    private List<Path> maps() throws Exception {
        for (Thread job : Thread.getAllStackTraces().keySet()) {
            if (job.getName().startsWith("collect job ")) {
                job.join(60_000);
            }
        }
        try (Stream<Path> folders = Files.list(dir.resolve("home/client/cache")).filter(Files::isDirectory)) {
            try (Stream<Path> maps = Files.list(folders.findFirst().orElseThrow())) {
                return maps.sorted().toList();
            }
        }
    }

    @Test
    void tenDaysOfScatteredChangesCostLessThanTwiceWhatChanged() throws Exception {
        write(file, CollectTest.random(1, 32 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        Random random = new Random(2);
        for (int i = 1; i <= 10; i++) {
            long before = sent();
            long changed = change(file, random, 0.02, PAGE);
            day = scene.backup(source, day);
            long cost = sent() - before;
            assertTrue(cost <= 2 * changed, "day " + i + ": " + cost + " bytes for " + changed);
            assertArrayEquals(Files.readAllBytes(file), day.content(file), "day " + i);
        }
    }

    @Test
    void anImageWhoseChangesAreRunsOfFileSystemBlocksCostsLessThanTwiceWhatChanged() throws Exception {
        write(file, CollectTest.random(1, 24 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        Random random = new Random(3);
        for (int i = 1; i <= 3; i++) {
            long changed = 0;
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                // From a block of metadata to a file of some hundred kilobytes, each somewhere.
                for (int run = 0; run < 40; run++) {
                    byte[] bytes = new byte[4096 << random.nextInt(7)];
                    random.nextBytes(bytes);
                    open.seek(random.nextInt((24 * MIB - bytes.length) / 4096) * 4096L);
                    open.write(bytes);
                    changed += bytes.length;
                }
            }
            long before = sent();
            day = scene.backup(source, day);
            long cost = sent() - before;
            assertTrue(cost <= 2 * changed, "day " + i + ": " + cost + " bytes for " + changed);
            assertArrayEquals(Files.readAllBytes(file), day.content(file), "day " + i);
        }
    }

    @Test
    void pagesOf4KibCostTwiceAtTheFirstChangeAndThemselvesFromThenOn() throws Exception {
        write(file, CollectTest.random(1, 16 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        Random random = new Random(2);
        for (int i = 1; i <= 3; i++) {
            long before = sent();
            long changed = change(file, random, 0.02, 4096);
            day = scene.backup(source, day);
            long cost = sent() - before;
            assertTrue(cost <= (i == 1 ? 2.1 : 1.1) * changed, "day " + i + ": " + cost + " bytes for " + changed);
            assertArrayEquals(Files.readAllBytes(file), day.content(file), "day " + i);
        }
    }

    @Test
    void whatIsInsertedInFrontShiftsTheChunksButDoesNotSendThemAgain() throws Exception {
        byte[] content = CollectTest.random(1, 16 * MIB);
        write(file, content);
        Scene.Snapshot first = scene.backup(source, null);
        long before = sent();
        byte[] shifted = Arrays.copyOf(CollectTest.random(2, 1000), 1000 + content.length);
        System.arraycopy(content, 0, shifted, 1000, content.length);
        write(file, shifted);
        Scene.Snapshot second = scene.backup(source, first);
        assertTrue(sent() - before < 3 * scene.sizes.max(), sent() - before + " bytes");
        assertArrayEquals(shifted, second.content(file));
    }

    @Test
    void whatIsInsertedInTheMiddleShiftsOnlyWhatIsBehind() throws Exception {
        byte[] content = CollectTest.random(1, 16 * MIB);
        write(file, content);
        Scene.Snapshot first = scene.backup(source, null);
        long before = sent();
        int middle = 7 * MIB + 333;
        byte[] shifted = new byte[content.length + 17];
        System.arraycopy(content, 0, shifted, 0, middle);
        System.arraycopy(content, middle, shifted, middle + 17, content.length - middle);
        write(file, shifted);
        Scene.Snapshot second = scene.backup(source, first);
        assertTrue(sent() - before < 4 * scene.sizes.max(), sent() - before + " bytes");
        assertArrayEquals(shifted, second.content(file));
    }

    @Test
    void aFileThatTookTheNameOfAnotherSendsNothing() throws Exception {
        write(file, CollectTest.random(1, 8 * MIB));
        Path older = source.resolve("database.1");
        write(older, CollectTest.random(2, 8 * MIB));
        Scene.Snapshot first = scene.backup(source, null);
        long data = dataChunks();
        Files.move(file, source.resolve("between"));
        Files.move(older, file);
        Files.move(source.resolve("between"), older);
        Scene.Snapshot second = scene.backup(source, first);
        assertEquals(data, dataChunks());
        assertArrayEquals(CollectTest.random(2, 8 * MIB), second.content(file));
        assertArrayEquals(CollectTest.random(1, 8 * MIB), second.content(older));
    }

    @Test
    void whatIsAppendedOrCutOffCostsItselfAndABlock() throws Exception {
        byte[] content = CollectTest.random(1, 4 * MIB + 1234);
        write(file, content);
        Scene.Snapshot day = scene.backup(source, null);
        long before = sent();
        Files.write(file, CollectTest.random(2, 50_000), StandardOpenOption.APPEND);
        day = scene.backup(source, day);
        assertTrue(sent() - before <= 50_000 + PAGE + 8000, "appended: " + (sent() - before));
        assertArrayEquals(Files.readAllBytes(file), day.content(file));
        before = sent();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(3 * MIB + 77);
        }
        day = scene.backup(source, day);
        assertTrue(sent() - before <= PAGE + 8000, "cut off: " + (sent() - before));
        assertArrayEquals(Arrays.copyOf(content, 3 * MIB + 77), day.content(file));
    }

    @Test
    void aFileOfWhichOnlyTheTimesChangedKeepsItsContentAsItWas() throws Exception {
        write(file, CollectTest.random(1, 4 * MIB));
        Scene.Snapshot first = scene.backup(source, null);
        change(file, new Random(2), 0.05, PAGE);
        Scene.Snapshot second = scene.backup(source, first);
        long data = dataChunks();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        Scene.Snapshot third = scene.backup(source, second);
        assertEquals(data, dataChunks());
        assertEquals(second.entry(file).content(), third.entry(file).content());
    }

    @Test
    void everyNameOfAFileHasItsChanges() throws Exception {
        write(file, CollectTest.random(1, 2 * MIB));
        Path link = Files.createLink(source.resolve("other name"), file);
        Scene.Snapshot day = scene.backup(source, null);
        Random random = new Random(2);
        for (int i = 0; i < 3; i++) {
            long before = sent();
            long changed = change(link, random, 0.02, PAGE);
            day = scene.backup(source, day);
            assertTrue(sent() - before <= 2 * changed + 8000, "day " + i + ": " + (sent() - before) + " bytes for " + changed);
            assertArrayEquals(Files.readAllBytes(file), day.content(file));
            assertEquals(day.entry(file).content(), day.entry(link).content());
        }
    }

    @Test
    void holesOfASparseDatabaseStayHolesAndItsChangesAreSmall() throws Exception {
        Random random = new Random(1);
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[4096 * (1 + random.nextInt(100))];
                random.nextBytes(bytes);
                open.write(ByteBuffer.wrap(bytes), i * 3L * MIB + 4096 * random.nextInt(5));
            }
            open.write(ByteBuffer.wrap(new byte[1]), 70L * MIB);
        }
        Scene.Snapshot day = scene.backup(source, null);
        for (int i = 0; i < 3; i++) {
            long before = sent();
            try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                // One in what was data, one in what was a hole.
                open.write(ByteBuffer.wrap(CollectTest.random(i, 4096)), i * 3L * MIB + 16_384);
                open.write(ByteBuffer.wrap(CollectTest.random(9 + i, 4096)), i * 3L * MIB + 2 * MIB + 4096);
            }
            day = scene.backup(source, day);
            assertTrue(sent() - before <= 2 * 4 * 4096 + 8000, "day " + i + ": " + (sent() - before));
            assertArrayEquals(Files.readAllBytes(file), day.content(file));
            long holes = day.extents(day.entry(file)).stream().filter(Extent::isHole).mapToLong(Extent::length).sum();
            assertTrue(holes > 50L * MIB, "holes of " + holes + " bytes");
        }
    }

    @Test
    void whenAsMuchWasStoredAsIsTwiceTheFileItIsCutAsAWholeAgain() throws Exception {
        write(file, CollectTest.random(1, 2 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        Random random = new Random(2);
        long changed = 0;
        long most = 0;
        boolean whole = false;
        for (int i = 0; i < 8; i++) {
            changed += change(file, random, 0.3, PAGE);
            day = scene.backup(source, day);
            assertArrayEquals(Files.readAllBytes(file), day.content(file), "day " + i);
            long referred = day.extents(day.entry(file)).stream().map(Extent::chunk).distinct().mapToLong(chunk -> {
                return scene.node.stored.stream().filter(h -> h.id().equals(chunk)).findFirst().orElseThrow().plainLength();
            }).sum();
            most = Math.max(most, referred);
            whole |= i > 0 && referred == 2 * MIB;
        }
        assertTrue(most <= 2 * 2 * MIB + 0.3 * 2 * MIB + PAGE, most + " bytes of chunks for a file of " + 2 * MIB);
        assertTrue(whole, "never cut as a whole in spite of " + changed + " changed bytes");
    }

    @Test
    void withoutItsMapAFileIsCutAsIfNew() throws Exception {
        write(file, CollectTest.random(1, 4 * MIB));
        Scene.Snapshot first = scene.backup(source, null);
        for (Path map : maps()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(map)));
            Files.delete(map);
        }
        change(file, new Random(2), 0.01, PAGE);
        long data = dataChunks();
        Scene.Snapshot second = scene.backup(source, first);
        assertTrue(dataChunks() > data);
        assertArrayEquals(Files.readAllBytes(file), second.content(file));
        assertTrue(second.extents(second.entry(file)).stream().allMatch(e -> e.offset() == 0));
        assertEquals(1, maps().size());
    }

    @Test
    void aDamagedMapNeverDamagesASnapshot() throws Exception {
        write(file, CollectTest.random(1, 3 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        Random random = new Random(3);
        for (int i = 0; i < 25; i++) {
            Path map = maps().getFirst();
            byte[] bytes = Files.readAllBytes(map);
            switch (random.nextInt(3)) {
                case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    // A block that a crash left in place.
                    int from = random.nextInt(bytes.length);
                    Arrays.fill(bytes, from, Math.min(bytes.length, from + 512), (byte) 0);
                }
            }
            Files.write(map, bytes);
            change(file, random, 0.01, PAGE);
            day = scene.backup(source, day);
            assertArrayEquals(Files.readAllBytes(file), day.content(file), "round " + i);
        }
    }

    @Test
    void theMapOfAnotherContentIsNotUsed() throws Exception {
        write(file, CollectTest.random(1, 2 * MIB));
        Scene.Snapshot first = scene.backup(source, null);
        byte[] old = Files.readAllBytes(maps().getFirst());
        change(file, new Random(2), 0.05, PAGE);
        Scene.Snapshot second = scene.backup(source, first);
        Files.write(maps().getFirst(), old);
        byte[] undone = CollectTest.random(1, 2 * MIB);
        write(file, undone);
        Scene.Snapshot third = scene.backup(source, second);
        assertArrayEquals(undone, third.content(file));
    }

    @Test
    void mapsOfFilesThatAreGoneGoToo() throws Exception {
        write(file, CollectTest.random(1, 2 * MIB));
        Path other = source.resolve("other");
        write(other, CollectTest.random(2, 2 * MIB));
        write(source.resolve("quiet"), CollectTest.random(3, 2 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        assertEquals(3, maps().size());
        Files.delete(other);
        Files.write(maps().getFirst().resolveSibling("7.draft"), new byte[7]);
        for (int i = 0; i < 3; i++) {
            change(file, new Random(i), 0.01, PAGE);
            day = scene.backup(source, day);
            assertEquals(2, maps().size());
        }
    }

    @Test
    void unchangedFilesKeepTheirMapsForTheirFirstChange() throws Exception {
        write(file, CollectTest.random(1, 2 * MIB));
        Path busy = source.resolve("busy");
        write(busy, CollectTest.random(2, 2 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        for (int i = 0; i < 3; i++) {
            change(busy, new Random(i), 0.01, PAGE);
            day = scene.backup(source, day);
        }
        long before = sent();
        long changed = change(file, new Random(9), 0.05, PAGE);
        day = scene.backup(source, day);
        assertTrue(sent() - before <= 2 * changed, sent() - before + " bytes for " + changed);
    }

    @Test
    void aFolderThatCannotHaveMapsStopsNoBackup() throws Exception {
        Path folder = dir.resolve("home/client/cache/" + Scene.CLIENT + "~set~" + Scene.POOL + ".maps");
        Files.createDirectories(folder.getParent());
        Files.write(folder, new byte[1]);
        write(file, CollectTest.random(1, 2 * MIB));
        Scene.Snapshot first = scene.backup(source, null);
        change(file, new Random(9), 0.05, PAGE);
        Scene.Snapshot second = scene.backup(source, first);
        assertEquals(List.of(), second.report.problems());
        assertArrayEquals(Files.readAllBytes(file), second.content(file));
    }

    @Test
    void whateverIsDoneToAFileEveryDayIsRestoredExactly() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        write(file, CollectTest.random(random.nextLong(), 3 * MIB));
        Scene.Snapshot day = scene.backup(source, null);
        for (int i = 0; i < 30; i++) {
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                edit(random);
            }
            day = scene.backup(source, day);
            assertArrayEquals(Files.readAllBytes(file), day.content(file), "seed " + seed + ", round " + i);
        }
    }

    private void edit(Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = random.nextInt(content.length);
        byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 400_000)];
        random.nextBytes(bytes);
        switch (random.nextInt(6)) {
            case 0 -> change(file, random, random.nextDouble() * random.nextDouble(), 512 << random.nextInt(6));
            case 1 -> {
                byte[] longer = new byte[content.length + bytes.length];
                System.arraycopy(content, 0, longer, 0, at);
                System.arraycopy(bytes, 0, longer, at, bytes.length);
                System.arraycopy(content, at, longer, at + bytes.length, content.length - at);
                Files.write(file, longer);
            }
            case 2 -> Files.write(file, bytes, StandardOpenOption.APPEND);
            case 3 -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(Math.max(300_000, random.nextInt(2) == 0 ? content.length - bytes.length : at));
                }
            }
            case 4 -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    // Behind the end: what is between is a hole.
                    open.seek(content.length < 6 * MIB ? content.length + random.nextInt(MIB) : at);
                    open.write(bytes);
                }
            }
            default -> {
                int zeros = Math.min(content.length - at, bytes.length);
                Arrays.fill(content, at, at + zeros, (byte) 0);
                Files.write(file, content);
            }
        }
    }
}
