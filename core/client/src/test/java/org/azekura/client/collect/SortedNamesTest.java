package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedNamesTest {

    @TempDir
    Path dir;

    @Test
    void sortsBytesUnsignedInMemoryAndByFilesAlike() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path folder = Files.createDirectory(dir.resolve("spill"));
        List<byte[]> expected = new ArrayList<>();
        try (Directory directory = Directories.open(Files.createDirectory(dir.resolve("names")))) {
            for (int i = 0; i < 700; i++) {
                byte[] name = new byte[2 + random.nextInt(6)];
                random.nextBytes(name);
                for (int j = 0; j < name.length; j++) {
                    name[j] = name[j] == 0 || name[j] == '/' ? (byte) 0x80 : name[j];
                }
                if (directory.find(name) == null && !Arrays.equals(name, new byte[] {'.', '.'})) {
                    directory.create(name, 0600).close();
                    expected.add(name);
                }
            }
            expected.sort(Arrays::compareUnsigned);
            check(expected, SortedNames.of(directory::names, folder));
            check(expected, SortedNames.of(directory::names, folder, 50, 1 << 20));
            check(expected, SortedNames.of(directory::names, folder, 1 << 20, 300));
        }
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aNameThatIsListedTwiceComesOnce() throws Exception {
        List<byte[]> names = Stream.of("b", "a", "b", "c", "a", "b", "a").map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
        List<byte[]> expected = List.of(names.get(1), names.get(0), names.get(3));
        SortedNames.Listed listed = visitor -> {
            for (byte[] name : names) {
                visitor.name(name);
            }
        };
        for (int block : new int[] {10, 3, 2, 1}) {
            check(expected, SortedNames.of(listed, dir, block, 1 << 20));
        }
    }

    private static void check(List<byte[]> expected, SortedNames names) throws Exception {
        try (names) {
            for (byte[] name : expected) {
                assertArrayEquals(name, names.next());
            }
            assertNull(names.next());
        }
    }
}
