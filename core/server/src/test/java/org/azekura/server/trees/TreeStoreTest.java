package org.azekura.server.trees;

import static org.azekura.server.trees.TreeStoreContract.append;
import static org.azekura.server.trees.TreeStoreContract.assertAllThere;
import static org.azekura.server.trees.TreeStoreContract.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.engine.pack.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a store of its own. */
class TreeStoreTest implements TreeStoreContract {

    @TempDir
    Path folder;

    private final SomePages pages;

    TreeStoreTest() throws BackupException {
        pages = new SomePages();
    }

    @Override
    public TreeStore open(long rollBytes) throws BackupException {
        return store(folder, rollBytes);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public SomePages pages() {
        return pages;
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
                        assertEquals(frames.get(i), store.whole(SomePages.id(frames.get(i))));
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

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".frames")).sorted().toList();
        }
    }
}
