package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real process that appends pages, gives up half of them now and then, and is killed at any moment, again and again on the same files; in a folder alone, and
 * where the folder has what is on a device.
 */
@Timeout(900)
class TreeKillTest {

    private static final int KILLS = Seeds.slow() ? 40 : 4;
    private static final long ROLL = 30_000;
    /** At the end of a line, which the kill may have cut. */
    private static final String WHOLE = ".";

    @TempDir
    Path dir;

    private final Set<ChunkId> synced = new LinkedHashSet<>();
    private final Set<ChunkId> dying = new HashSet<>();

    @ParameterizedTest
    @ValueSource(strings = {"alone", "shared"})
    void keepsWhatWasSyncedAndIsAlive(String home) throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        Path folder = Files.createDirectories(dir.resolve(home).resolve("trees"));
        int compactions = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            compactions += killed(folder, random.nextLong(), 5 + random.nextInt(100));
            assertSound(folder, "seed " + seed + ", kill " + kill);
        }
        assertTrue(compactions > 0, "nothing was compacted, seed " + seed);
    }

    /** @return how often pages were given up */
    private int killed(Path folder, long seed, int events) throws Exception {
        Path alive = Files.write(dir.resolve("alive"), synced.stream().map(ChunkId::toString).toList());
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-cp", System.getProperty("java.class.path"), Writer.class.getName(),
                folder.toString(), alive.toString(), Long.toString(seed)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        int compactions = 0;
        try (BufferedReader lines = child.inputReader()) {
            for (int i = 0; i < events; i++) {
                String line = lines.readLine();
                assertNotNull(line, "the writer ended by itself");
                compactions += said(line);
            }
            // Through its handle: what it said before stays readable.
            child.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                compactions += said(line);
            }
            assertEquals(128 + 9, child.waitFor(), "killed");
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the writer can be killed");
        }
        return compactions;
    }

    private int said(String line) {
        List<String> words = Arrays.asList(line.split(" "));
        if (!words.getLast().equals(WHOLE)) {
            return 0;
        }
        List<ChunkId> ids = words.subList(1, words.size() - 1).stream().map(ChunkId::parse).toList();
        if (words.getFirst().equals("+")) {
            synced.addAll(ids);
            return 0;
        }
        ids.forEach(synced::remove);
        dying.addAll(ids);
        return 1;
    }

    private void assertSound(Path folder, String where) throws BackupException {
        try (TreeStore store = Writer.open(folder)) {
            for (ChunkId id : synced) {
                assertTrue(store.has(id), () -> "page " + id + " was synced, and is gone; " + where);
                assertEquals(id, store.frame(id).header().id());
            }
            for (ChunkId id : dying) {
                if (store.has(id)) {
                    assertEquals(id, store.frame(id).header().id(), where);
                }
            }
        }
    }

    /** Says which pages are synced, and before it gives some up, which these are. */
    static final class Writer {

        private Writer() {}

        static TreeStore open(Path folder) throws BackupException {
            // A kill takes nothing from the kernel.
            return folder.getParent().endsWith("alone") ? TreeStore.open(folder, ROLL, channel -> {})
                    : TreeStore.open(folder, new Sharing(() -> new FolderDevice(folder.resolveSibling("device")), "trees", "one"), ROLL, channel -> {});
        }

        public static void main(String[] args) throws Exception {
            Random random = new Random(Long.parseLong(args[2]));
            List<ChunkId> alive = new ArrayList<>(Files.readAllLines(Path.of(args[1])).stream().map(ChunkId::parse).toList());
            SomePages pages = new SomePages();
            try (TreeStore store = open(Path.of(args[0]))) {
                while (!System.out.checkError()) {
                    List<ChunkId> added = new ArrayList<>();
                    for (int i = 1 + random.nextInt(15); i > 0; i--) {
                        ByteBuffer frame = pages.frame(random, 100 + random.nextInt(3000));
                        store.append(frame);
                        added.add(SomePages.id(frame));
                    }
                    store.sync();
                    say("+", added);
                    alive.addAll(added);
                    if (random.nextInt(4) == 0) {
                        Collections.shuffle(alive, random);
                        List<ChunkId> half = alive.subList(0, alive.size() / 2);
                        say("-", half);
                        half.clear();
                        compact(store, alive);
                    }
                }
            }
        }

        private static void say(String what, List<ChunkId> ids) {
            StringBuilder line = new StringBuilder(what);
            ids.forEach(id -> line.append(' ').append(id));
            System.out.println(line.append(' ').append(WHOLE));
        }

        private static void compact(TreeStore store, List<ChunkId> alive) throws BackupException {
            try (TreeMarks marks = store.marks()) {
                alive.forEach(id -> marks.mark(id, 1));
                marks.compact(50);
            }
        }
    }
}
