package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 6: what changes between two backups. */
@ExtendWith(Shared.class)
class DaysIT {

    @Test
    void eachSnapshotRestoresExactlyItsDay(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(DaysIT.class)) {
            Path source = workspace.path("source");
            Tree.bulk(source, 1200, 20_000_000, 6);
            Path few = source.resolve("dir-00000");
            Files.createLink(source.resolve("linked"), few.resolve("file-0000001"));

            List<String> firstDay = Tree.list(source);
            String first = azekura.backup(source);
            change(source, few);
            List<String> secondDay = Tree.list(source);
            assertNotEquals(firstDay, secondDay);
            String second = azekura.backup(source);

            assertEquals(firstDay, Tree.list(azekura.restore(first, source, workspace.path("first"))));
            assertEquals(secondDay, Tree.list(azekura.restore(second, source, workspace.path("second"))));

            assertEquals(expected(source, few), differences(azekura, first, second));
            assertEquals(Map.of(), differences(azekura, second, second));
            findsBothVersions(azekura, source, first, second);
        }
    }

    @Test
    void aDatabaseThatChangesInPlaceCostsWhatChangedAndEveryDayIsRestored(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(DaysIT.class)) {
            Path source = workspace.directory("source");
            Path database = source.resolve("database");
            Random random = new Random(6);
            byte[] content = new byte[24 << 20];
            random.nextBytes(content);
            Files.write(database, content);
            String first = azekura.backup(source);
            List<String> firstDay = Tree.list(source);
            Set<Integer> pages = new HashSet<>();
            try (var file = new RandomAccessFile(database.toFile(), "rw")) {
                byte[] page = new byte[8192];
                for (int i = 0; i < 60; i++) {
                    random.nextBytes(page);
                    int at = random.nextInt(content.length / page.length);
                    file.seek((long) at * page.length);
                    file.write(page);
                    pages.add(at);
                }
            }
            JsonNode second = azekura.json(0, "backup", source.toString());
            assertTrue(second.get("stored").asLong() <= 2L * pages.size() * 8192, () -> pages.size() + " pages: " + second);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(second.get("snapshot").asText(), source, workspace.path("second"))));
            assertEquals(firstDay, Tree.list(azekura.restore(first, source, workspace.path("first"))));
        }
    }

    private static Map<String, String> differences(Azekura azekura, String before, String now) throws Exception {
        Map<String, String> rows = new TreeMap<>();
        for (JsonNode row : azekura.json(0, "snapshot", "diff", before, now)) {
            assertNull(rows.put(row.path("path").asText(), row.path("change").asText()));
        }
        return rows;
    }

    private static Map<String, String> expected(Path source, Path few) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        for (String name : List.of("file-0000013", "file-0000015", "file-0000016", "file-0000017", "file-0000018")) {
            expected.put(few.resolve(name).toString(), "modified");
        }
        expected.put(few.resolve("file-0000014").toString(), "metadata");
        for (Path gone : List.of(few.resolve("file-0000010"), few.resolve("file-0000011"), few.resolve("file-0000012"), source.resolve("linked"))) {
            expected.put(gone.toString(), "removed");
        }
        for (Path made : List.of(few.resolve("renamed"), source.resolve("dir-00001/moved"), few.resolve("added"), source.resolve("empty directory"),
                source.resolve("linked elsewhere"))) {
            expected.put(made.toString(), "added");
        }
        Path renamed = source.resolve("a directory renamed");
        try (Stream<Path> all = Files.walk(renamed)) {
            all.forEach(path -> {
                expected.put(path.toString(), "added");
                expected.put(source.resolve("dir-00002").resolve(renamed.relativize(path)).toString().replaceAll("/$", ""), "removed");
            });
        }
        return expected;
    }

    private static void findsBothVersions(Azekura azekura, Path source, String first, String second) throws Exception {
        JsonNode found = found(azekura, source + "/*/FILE-000001?", "--ignore-case");
        List<String> versions = new ArrayList<>();
        for (JsonNode row : found) {
            if (row.path("path").asText().endsWith("/dir-00000/file-0000015")) {
                versions.add(row.path("first").asText() + " " + row.path("last").asText() + " " + row.path("snapshots").asInt());
            }
        }
        assertEquals(List.of(first + " " + first + " 1", second + " " + second + " 1"), versions);
        JsonNode kept = found(azekura, source + "/dir-00000/file-0000021");
        assertEquals(1, kept.size(), kept::toString);
        assertEquals(first + " " + second, kept.get(0).path("first").asText() + " " + kept.get(0).path("last").asText());
        assertEquals(0, found(azekura, "no such name").size());
    }

    /** Other tests may have left a pool whose key is not here: that is a warning. */
    private static JsonNode found(Azekura azekura, String... pattern) throws Exception {
        List<String> command = new ArrayList<>(List.of("snapshot", "find", "--json"));
        command.addAll(List.of(pattern));
        Run run = azekura.call(command.toArray(String[]::new));
        assertTrue(run.exit() == 0 || run.exit() == 3 && run.err().contains("its key is not here"), run::toString);
        return new ObjectMapper().readTree(run.out());
    }

    private static void change(Path source, Path few) throws Exception {
        Files.delete(few.resolve("file-0000010"));
        Files.move(few.resolve("file-0000011"), few.resolve("renamed"));
        Files.move(few.resolve("file-0000012"), source.resolve("dir-00001/moved"));
        Files.move(source.resolve("dir-00002"), source.resolve("a directory renamed"));
        Files.writeString(few.resolve("added"), "new");
        Files.createDirectory(source.resolve("empty directory"));
        touchBack(few.resolve("file-0000013"));
        Files.setLastModifiedTime(few.resolve("file-0000014"), FileTime.fromMillis(123));
        Files.write(few.resolve("file-0000015"), new byte[100_000], StandardOpenOption.APPEND);
        try (var file = new RandomAccessFile(few.resolve("file-0000016").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        Files.delete(few.resolve("file-0000017"));
        Files.createDirectory(few.resolve("file-0000017"));
        Files.delete(few.resolve("file-0000018"));
        Files.createSymbolicLink(few.resolve("file-0000018"), Path.of("file-0000019"));
        Files.delete(source.resolve("linked"));
        Files.createLink(source.resolve("linked elsewhere"), few.resolve("file-0000020"));
    }

    /** Other content of the same size with the old time: only the ctime tells. */
    private static void touchBack(Path file) throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);
    }
}
