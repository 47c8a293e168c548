package org.azekura.testkit.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCutTest {

    @TempDir
    Path folder;

    private static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void copiesAFolderAndPutsItBack() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        Files.write(folder.resolve("a/b/c"), filled(700, 1));
        Files.write(folder.resolve("left-out"), filled(7, 1));
        FileCut cut = FileCut.of(folder, "left-out");
        assertEquals(Set.of("a/b/c"), cut.files().keySet());
        Files.write(folder.resolve("a/new"), filled(7, 1));
        cut.writeTo(folder);
        assertEquals(Set.of("a/b/c"), FileCut.of(folder).files().keySet());
        assertArrayEquals(filled(700, 1), Files.readAllBytes(folder.resolve("a/b/c")));
    }

    @Test
    void everySectorIsTheOldOneOrTheNewOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FileCut before = new FileCut(Map.of("grows", filled(1500, 1), "same", filled(10, 5), "removed", filled(10, 5)));
        FileCut after = new FileCut(Map.of("grows", filled(9000, 2), "same", filled(10, 5), "made", filled(600, 2)));
        Set<Integer> kinds = new HashSet<>();
        Set<Boolean> made = new HashSet<>();
        Set<Boolean> removed = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            FileCut torn = before.torn(after, random);
            byte[] grown = torn.files().get("grows");
            assertTrue(grown.length >= 1500 && grown.length <= 9000, "seed " + seed);
            for (int at = 0; at < grown.length; at++) {
                int first = at / FaultDisk.SECTOR * FaultDisk.SECTOR;
                int expectedOld = at < 1500 ? 1 : 0;
                assertTrue(grown[at] == 2 && grown[first] == 2 || grown[at] == expectedOld, "seed " + seed + " at " + at);
                kinds.add((int) grown[at]);
            }
            assertArrayEquals(filled(10, 5), torn.files().get("same"));
            made.add(torn.files().containsKey("made"));
            removed.add(torn.files().containsKey("removed"));
        }
        assertEquals(Set.of(0, 1, 2), kinds);
        assertEquals(Set.of(true, false), made);
        assertEquals(Set.of(true, false), removed);
    }
}
