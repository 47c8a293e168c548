package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
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
        }
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
