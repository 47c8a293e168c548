package org.azekura.bench.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTest {

    @TempDir
    Path folder;

    @Test
    void everyToolIsOnceTheFirst() {
        List<String> tools = List.of("A", "B", "C");
        assertEquals(List.of(List.of("A", "B", "C"), List.of("C", "A", "B"), List.of("B", "C", "A")),
                Round.of(3, 0).stream().map(round -> round.order(tools)).toList());
    }

    @Test
    void coldRoundsComeBehindTheFirstWarmOne() {
        assertEquals(List.of(false, true, false), Round.of(2, 1).stream().map(Round::cold).toList());
        assertEquals(List.of(0, 2, 1), Round.of(2, 1).stream().map(Round::number).toList());
        assertEquals(List.of(true), Round.of(0, 1).stream().map(Round::cold).toList());
    }

    @Test
    void equalTreesPassAndEveryDifferenceIsFound() throws IOException {
        Path saved = tree("saved");
        Path restored = tree("restored");
        assertDoesNotThrow(() -> Trees.equal(saved, restored));
        Files.writeString(restored.resolve("folder/file"), "other");
        Files.setLastModifiedTime(restored.resolve("folder/file"), FileTime.fromMillis(1000));
        assertTrue(failure(saved, restored).contains("content"));
        Files.setLastModifiedTime(restored.resolve("folder/file"), FileTime.fromMillis(2000));
        assertTrue(failure(saved, restored).contains("lastModifiedTime"));
        Files.delete(restored.resolve("folder/file"));
        Files.setLastModifiedTime(restored.resolve("folder"), FileTime.fromMillis(1000));
        assertTrue(failure(saved, restored).contains("names"));
    }

    private static String failure(Path saved, Path restored) {
        return assertThrows(IOException.class, () -> Trees.equal(saved, restored)).getMessage();
    }

    private Path tree(String name) throws IOException {
        Path tree = folder.resolve(name);
        Path file = Files.createDirectories(tree.resolve("folder")).resolve("file");
        Files.writeString(file, "bytes");
        for (Path path : List.of(file, tree.resolve("folder"), tree)) {
            Files.setLastModifiedTime(path, FileTime.fromMillis(1000));
        }
        return tree;
    }
}
