package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.junit.jupiter.api.Test;

/** What a store of tree pages promises wherever they are. */
interface TreeStoreContract {

    /** The same store as before. */
    TreeStore open(long rollBytes) throws BackupException;

    Path folder();

    SomePages pages();

    default List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".frames")).sorted().toList();
        }
    }

    @Test
    default void givesBackWhatWasSentAndAgainAfterOpening() throws BackupException, IOException {
        List<ByteBuffer> frames = pages().frames(500, 1);
        try (TreeStore store = open(100_000)) {
            append(store, frames);
            store.sync();
            assertAllThere(store, frames);
        }
        assertTrue(files().size() > 5, "rolled");
        try (TreeStore store = open(100_000)) {
            assertAllThere(store, frames);
        }
    }

    @Test
    default void aPageIsHereOnceItIsDurable() throws BackupException {
        ByteBuffer frame = pages().frames(1, 2).getFirst();
        try (TreeStore store = open(TreeStore.ROLL_BYTES)) {
            assertFalse(store.has(SomePages.id(frame)));
            assertTrue(store.append(frame));
            assertFalse(store.append(frame));
            assertFalse(store.has(SomePages.id(frame)));
            assertEquals(frame, store.whole(SomePages.id(frame)));
            store.sync();
            assertTrue(store.has(SomePages.id(frame)));
        }
    }

    @Test
    default void refusesDamagedFramesAndData() throws BackupException, IOException {
        try (TreeStore store = open(TreeStore.ROLL_BYTES)) {
            ByteBuffer damaged = pages().frames(1, 4).getFirst();
            damaged.put(100, (byte) (damaged.get(100) + 1));
            assertCode("frame.corrupt", () -> store.append(damaged));
            assertCode("frame.corrupt", () -> store.append(ByteBuffer.allocate(10)));
            ByteBuffer data = pages().sealer.seal(ChunkKind.DATA, new ChunkId(1, 1, 1, 1), new byte[0], new byte[10], 0, 10, 1);
            assertCode("frame.unexpected", () -> store.append(data));
            assertCode("tree.missing", () -> store.frame(new ChunkId(1, 1, 1, 1)));
        }
        for (Path file : files()) {
            assertEquals(0, Files.size(file));
        }
    }

    @Test
    default void manyAtOnceLoseNothing() throws Exception {
        List<List<ByteBuffer>> sets = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sets.add(pages().frames(60, i < 4 ? 100 : 200 + i));
        }
        try (TreeStore store = open(50_000); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
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
        try (TreeStore store = open(50_000)) {
            for (List<ByteBuffer> set : sets) {
                assertAllThereById(store, set);
            }
        }
    }

    @Test
    default void anInterruptDoesNotBreakTheStore() throws BackupException {
        List<ByteBuffer> frames = pages().frames(3, 8);
        try (TreeStore store = open(TreeStore.ROLL_BYTES)) {
            store.append(frames.get(0));
            Thread.currentThread().interrupt();
            store.append(frames.get(1));
            store.frame(SomePages.id(frames.get(0)));
            try {
                store.sync(); // done before anybody waits for it
            } catch (BackupException e) {
                assertEquals("trees.io", e.failure().code());
            }
            assertTrue(Thread.interrupted());
            store.append(frames.get(2));
            store.sync();
            assertAllThere(store, frames);
        }
    }

    @Test
    default void aClosedStoreTakesNothing() throws BackupException {
        List<ByteBuffer> frames = pages().frames(2, 9);
        TreeStore store = open(TreeStore.ROLL_BYTES);
        store.append(frames.get(0));
        store.close();
        store.close();
        assertCode("trees.io", () -> store.append(frames.get(1)));
        assertCode("trees.io", store::sync);
    }

    static void append(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            store.append(frame);
        }
    }

    static void assertAllThere(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertTrue(store.has(SomePages.id(frame)));
            assertEquals(frame, store.whole(SomePages.id(frame)));
        }
    }

    /** Sets of one seed have the same ids, but each is sealed anew. */
    static void assertAllThereById(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertTrue(store.has(SomePages.id(frame)));
            store.frame(SomePages.id(frame));
        }
    }

    /** What must fail. */
    interface Act {
        void run() throws BackupException;
    }

    static void assertCode(String code, Act act) {
        assertEquals(code, assertThrows(BackupException.class, act::run).failure().code());
    }
}
