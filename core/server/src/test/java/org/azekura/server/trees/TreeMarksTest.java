package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeMarksTest {

    private static final long ROLL = 20_000;

    @TempDir
    Path folder;

    private final SomePages pages;

    TreeMarksTest() throws BackupException {
        pages = new SomePages();
    }

    @Test
    void deadPagesGoAndTheirBytesToo() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(100, 1);
        try (TreeStore store = filled(frames)) {
            long before = bytes();
            try (TreeMarks marks = store.marks()) {
                for (int i = 0; i < 100; i += 10) {
                    assertTrue(marks.mark(SomePages.id(frames.get(i)), 1));
                    assertFalse(marks.mark(SomePages.id(frames.get(i)), 1));
                    assertTrue(marks.mark(SomePages.id(frames.get(i)), 2));
                }
                assertEquals(90, marks.compact(50));
            }
            assertEveryTenth(store, frames);
            assertTrue(bytes() < before / 5, bytes() + " of " + before);
        }
        try (TreeStore store = open()) {
            assertEveryTenth(store, frames);
        }
    }

    private static void assertEveryTenth(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(i % 10 == 0, store.has(SomePages.id(frames.get(i))), "page " + i);
        }
        for (int i = 0; i < frames.size(); i += 10) {
            store.frame(SomePages.id(frames.get(i)));
        }
    }

    @Test
    void aFileOfWhichEnoughIsAliveStaysAsItIs() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(100, 2);
        try (TreeStore store = filled(frames); TreeMarks marks = store.marks()) {
            Map<String, Long> before = sizes();
            for (int i = 0; i < 100; i++) {
                if (i % 5 != 0) {
                    marks.mark(SomePages.id(frames.get(i)), 1);
                }
            }
            assertEquals(0, marks.compact(50));
            assertEquals(before, sizes());
            assertEquals(Set.of(pages.sealer.session()), marks.sessionsOfTheDead());
        }
    }

    @Test
    void whatCameAgainMeanwhileIsAliveAndSoIsWhatSomebodyReliesOn() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(60, 3);
        List<ByteBuffer> late = pages.frames(1, 4);
        try (TreeStore store = filled(frames); TreeMarks marks = store.marks()) {
            store.append(frames.get(7));
            store.append(late.getFirst());
            marks.touch(List.of(SomePages.id(frames.get(33))));
            store.sync();
            assertEquals(58, marks.compact(50));
            for (ByteBuffer alive : List.of(frames.get(7), frames.get(33), late.getFirst())) {
                assertTrue(store.has(SomePages.id(alive)));
                store.frame(SomePages.id(alive));
            }
            store.append(frames.get(8));
            store.sync();
            store.frame(SomePages.id(frames.get(8)));
        }
    }

    /** Copies of live pages are durable before the file they were in goes: either file alone has them, and both do. */
    @Test
    void aCrashBetweenCopyAndDeletionLosesNothing() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(100, 5);
        Map<Path, byte[]> before = new HashMap<>();
        try (TreeStore store = filled(frames)) {
            for (Path file : files()) {
                before.put(file, Files.readAllBytes(file));
            }
            try (TreeMarks marks = store.marks()) {
                for (int i = 0; i < 100; i += 10) {
                    marks.mark(SomePages.id(frames.get(i)), 1);
                }
                marks.compact(50);
            }
        }
        for (Map.Entry<Path, byte[]> gone : before.entrySet()) {
            if (!Files.exists(gone.getKey())) {
                Files.write(gone.getKey(), gone.getValue());
            }
        }
        try (TreeStore store = open()) {
            for (int i = 0; i < 100; i += 10) {
                store.frame(SomePages.id(frames.get(i)));
            }
        }
    }

    @Test
    void aDiskThatFailsKeepsWhatWasThere() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(100, 6);
        boolean[] broken = new boolean[1];
        TreeFile.Force disk = channel -> {
            if (broken[0]) {
                throw new IOException("Input/output error");
            }
            channel.force(false);
        };
        try (TreeStore store = TreeStore.open(folder, ROLL, disk)) {
            for (ByteBuffer frame : frames) {
                store.append(frame);
            }
            store.sync();
            try (TreeMarks marks = store.marks()) {
                for (int i = 0; i < 100; i += 10) {
                    marks.mark(SomePages.id(frames.get(i)), 1);
                }
                broken[0] = true;
                assertThrows(BackupException.class, () -> marks.compact(50));
                broken[0] = false;
                for (int i = 0; i < 100; i += 10) {
                    store.frame(SomePages.id(frames.get(i)));
                }
                assertTrue(marks.compact(50) > 80);
                assertEveryTenth(store, frames);
            }
        }
    }

    @Test
    void twoCannotMarkAtOnce() throws BackupException {
        try (TreeStore store = open()) {
            TreeMarks first = store.marks();
            assertEquals("prune.running", assertThrows(BackupException.class, store::marks).failure().code());
            first.close();
            store.marks().close();
        }
    }

    private TreeStore filled(List<ByteBuffer> frames) throws BackupException {
        TreeStore store = open();
        for (ByteBuffer frame : frames) {
            store.append(frame);
        }
        store.sync();
        return store;
    }

    private TreeStore open() throws BackupException {
        return TreeStore.open(folder, ROLL, channel -> channel.force(false));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        for (Path file : files()) {
            sizes.put(file.getFileName().toString(), Files.size(file));
        }
        return sizes;
    }

    private long bytes() throws IOException {
        return sizes().values().stream().mapToLong(Long::longValue).sum();
    }
}
