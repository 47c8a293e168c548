package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeStoreTest {

    @TempDir
    Path folder;

    private final SomePages pages;

    TreeStoreTest() throws BackupException {
        pages = new SomePages();
    }

    @Test
    void givesBackWhatWasSentAndAgainAfterOpening() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(500, 1);
        try (TreeStore store = store(folder, 100_000)) {
            append(store, frames);
            store.sync();
            assertAllThere(store, frames);
        }
        assertTrue(files().size() > 5, "rolled");
        try (TreeStore store = store(folder, 100_000)) {
            assertAllThere(store, frames);
        }
    }

    @Test
    void aPageIsHereOnceItIsDurable() throws BackupException {
        ByteBuffer frame = pages.frames(1, 2).getFirst();
        try (TreeStore store = TreeStore.open(folder)) {
            assertFalse(store.has(SomePages.id(frame)));
            assertTrue(store.append(frame));
            assertFalse(store.append(frame));
            assertFalse(store.has(SomePages.id(frame)));
            assertEquals(frame, whole(store.frame(SomePages.id(frame))));
            store.sync();
            assertTrue(store.has(SomePages.id(frame)));
        }
    }

    @Test
    void theCatalogsPartOfTheDiskIsNoRoomForPages() throws BackupException, IOException {
        try (TreeStore store = TreeStore.open(folder)) {
            assertTrue(store.room() < Files.getFileStore(folder).getTotalSpace() * 0.95);
            assertTrue(store.room() <= Files.getFileStore(folder).getUsableSpace());
        }
    }

    @Test
    void aKnownPageIsNotKeptTwice() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(3, 3);
        try (TreeStore store = TreeStore.open(folder)) {
            append(store, frames);
            append(store, frames);
            store.sync();
        }
        assertEquals(frames.stream().mapToLong(ByteBuffer::remaining).sum(), Files.size(files().getFirst()));
    }

    @Test
    void refusesDamagedFramesAndData() throws BackupException, IOException {
        try (TreeStore store = TreeStore.open(folder)) {
            ByteBuffer damaged = pages.frames(1, 4).getFirst();
            damaged.put(100, (byte) (damaged.get(100) + 1));
            assertCode("frame.corrupt", () -> store.append(damaged));
            assertCode("frame.corrupt", () -> store.append(ByteBuffer.allocate(10)));
            ByteBuffer data = pages.sealer.seal(ChunkKind.DATA, new ChunkId(1, 1, 1, 1), new byte[0], new byte[10], 0, 10, 1);
            assertCode("frame.unexpected", () -> store.append(data));
            assertCode("tree.missing", () -> store.frame(new ChunkId(1, 1, 1, 1)));
        }
        assertEquals(0, Files.size(files().getFirst()));
    }

    @Test
    void aTornTailIsCutWhereverItTears() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(4, 5);
        write(frames);
        Path file = files().getFirst();
        byte[] good = Files.readAllBytes(file);
        int last = frames.getLast().remaining();
        for (int torn = 1; torn <= last; torn += 37) {
            Files.write(file, Arrays.copyOf(good, good.length - torn));
            try (TreeStore store = TreeStore.open(folder)) {
                assertAllThere(store, frames.subList(0, 3));
                assertFalse(store.has(SomePages.id(frames.getLast())));
                assertEquals(good.length - last, Files.size(file));
                store.append(frames.getLast());
                store.sync();
                assertAllThere(store, frames);
            }
        }
    }

    /** A crash can leave a longer file whose last blocks never reached the disk. */
    @Test
    void aTailOfZerosIsCut() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(3, 6);
        write(frames);
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length - 50, bytes.length, (byte) 0);
        Files.write(file, bytes);
        Files.write(file, new byte[10_000], StandardOpenOption.APPEND);
        try (TreeStore store = TreeStore.open(folder)) {
            assertAllThere(store, frames.subList(0, 2));
            assertEquals(bytes.length - frames.getLast().remaining(), Files.size(file));
        }
    }

    @Test
    void damageCostsThePageItHitsAndSendingItAgainHealsIt() throws BackupException, IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("damageCostsThePageItHits seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            Path here = Files.createDirectory(folder.resolve("round" + round));
            List<ByteBuffer> frames = pages.frames(20, random.nextLong());
            long roll = round % 2 == 0 ? 20_000 : 1 << 30;
            try (TreeStore store = store(here, roll)) {
                append(store, frames);
            }
            int victim = random.nextInt(frames.size());
            damage(here, frames, victim, random);
            ByteBuffer bad = frames.get(victim);
            try (TreeStore store = store(here, roll)) {
                for (int i = 0; i < frames.size(); i++) {
                    if (i != victim) {
                        assertEquals(frames.get(i), whole(store.frame(SomePages.id(frames.get(i)))));
                    }
                }
                assertThrows(BackupException.class, () -> store.frame(SomePages.id(bad)));
                assertFalse(store.has(SomePages.id(bad)));
                store.append(bad);
                store.sync();
                assertAllThere(store, frames);
            }
            try (TreeStore store = store(here, roll)) {
                assertAllThere(store, frames);
            }
        }
    }

    private static void damage(Path folder, List<ByteBuffer> frames, int victim, Random random) throws IOException {
        byte[] wanted = new byte[frames.get(victim).remaining()];
        frames.get(victim).get(0, wanted);
        for (Path file : list(folder)) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at + wanted.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                    int hit = at + random.nextInt(random.nextBoolean() ? Frame.HEADER_BYTES : wanted.length);
                    bytes[hit] ^= (byte) (1 + random.nextInt(255));
                    Files.write(file, bytes);
                    return;
                }
            }
        }
        throw new AssertionError("frame " + victim + " is in no file");
    }

    @Test
    void manyAtOnceLoseNothing() throws Exception {
        List<List<ByteBuffer>> sets = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sets.add(pages.frames(60, i < 4 ? 100 : 200 + i));
        }
        try (TreeStore store = store(folder, 50_000); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> ends = new ArrayList<>();
            for (List<ByteBuffer> set : sets) {
                ends.add(threads.submit(() -> {
                    start.await();
                    for (ByteBuffer frame : set) {
                        store.append(frame.duplicate());
                        if (frame.remaining() % 7 == 0) {
                            store.sync();
                            assertTrue(store.has(SomePages.id(frame)));
                        }
                        store.frame(SomePages.id(frame));
                    }
                    store.sync();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> end : ends) {
                end.get(120, TimeUnit.SECONDS);
            }
            for (List<ByteBuffer> set : sets) {
                assertAllThereById(store, set);
            }
        }
        try (TreeStore store = store(folder, 50_000)) {
            for (List<ByteBuffer> set : sets) {
                assertAllThereById(store, set);
            }
        }
    }

    @Test
    void anInterruptDoesNotBreakTheStore() throws BackupException {
        List<ByteBuffer> frames = pages.frames(3, 8);
        try (TreeStore store = TreeStore.open(folder)) {
            store.append(frames.get(0));
            Thread.currentThread().interrupt();
            store.append(frames.get(1));
            store.frame(SomePages.id(frames.get(0)));
            assertCode("trees.io", store::sync);
            assertTrue(Thread.interrupted());
            store.append(frames.get(2));
            store.sync();
            assertAllThere(store, frames);
        }
    }

    @Test
    void aClosedStoreTakesNothing() throws BackupException {
        List<ByteBuffer> frames = pages.frames(2, 9);
        TreeStore store = TreeStore.open(folder);
        store.append(frames.get(0));
        store.close();
        store.close();
        assertCode("trees.io", () -> store.append(frames.get(1)));
        assertCode("trees.io", store::sync);
    }

    @Test
    void otherFilesAreLeftAlone() throws BackupException, IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
        write(pages.frames(1, 10));
        assertEquals("mine", Files.readString(other));
    }

    /** After a failed write to the disk only what was durable before counts, and the store goes on. */
    @Test
    void whatTheDiskDidNotTakeIsForgotten() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(60, 11);
        boolean[] broken = new boolean[1];
        TreeFile.Force disk = channel -> {
            if (broken[0]) {
                throw new IOException("Input/output error");
            }
            channel.force(false);
        };
        try (TreeStore store = TreeStore.open(folder, 20_000, disk)) {
            append(store, frames.subList(0, 20));
            store.sync();
            append(store, frames.subList(20, 40));
            broken[0] = true;
            assertCode("trees.io", store::sync);
            broken[0] = false;
            store.sync();
            for (ByteBuffer lost : frames.subList(20, 40)) {
                assertFalse(store.has(SomePages.id(lost)));
                assertCode("tree.missing", () -> store.frame(SomePages.id(lost)));
            }
            append(store, frames.subList(30, 60));
            store.sync();
            assertAllThere(store, frames.subList(0, 20));
            assertAllThere(store, frames.subList(30, 60));
        }
        try (TreeStore store = store(folder, 20_000)) {
            assertAllThere(store, frames.subList(0, 20));
            assertAllThere(store, frames.subList(30, 60));
            for (ByteBuffer lost : frames.subList(20, 30)) {
                assertFalse(store.has(SomePages.id(lost)));
            }
        }
    }

    private static TreeStore store(Path folder, long rollBytes) throws BackupException {
        return TreeStore.open(folder, rollBytes, channel -> channel.force(false));
    }

    private void write(List<ByteBuffer> frames) throws BackupException {
        try (TreeStore store = TreeStore.open(folder)) {
            append(store, frames);
        }
    }

    private static void append(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            store.append(frame);
        }
    }

    private static void assertAllThere(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertTrue(store.has(SomePages.id(frame)));
            assertEquals(frame, whole(store.frame(SomePages.id(frame))));
        }
    }

    /** Sets of one seed have the same ids, but each is sealed anew. */
    private static void assertAllThereById(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertTrue(store.has(SomePages.id(frame)));
            store.frame(SomePages.id(frame));
        }
    }

    private static ByteBuffer whole(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.header().frameLength()).put(frame.header().encoded()).putInt(0).put(frame.clear().duplicate())
                .put(frame.sealed().duplicate()).flip();
        Frame.stamp(bytes);
        return bytes;
    }

    private List<Path> files() throws IOException {
        return list(folder);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".frames")).sorted().toList();
        }
    }

    private interface Call {
        void run() throws BackupException;
    }

    private static void assertCode(String code, Call call) {
        assertEquals(code, assertThrows(BackupException.class, call::run).failure().code());
    }
}
