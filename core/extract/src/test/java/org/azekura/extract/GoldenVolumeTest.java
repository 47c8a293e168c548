package org.azekura.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes that were written once and are read by every build: {@code src/test/resources/golden/volume-N}, each with {@code volume},
 * {@code recovery.txt}, and what a restore of each snapshot must give.
 *
 * <p>To make one anew: {@code mvn verify -pl core/extract -am -Dtest=GoldenVolumeTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.volume=1}
 * writes {@code golden/volume-1}, which must not be there.
 */
class GoldenVolumeTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path target;

    @Test
    @EnabledIfSystemProperty(named = "golden.volume", matches = "[0-9]+")
    void isWrittenOnDemand() throws Exception {
        Path folder = GOLDEN.resolve("volume-" + System.getProperty("golden.volume"));
        assertFalse(Files.exists(folder), () -> folder + " is there already and is never written again");
        VolumeMaker.make(Files.createDirectories(folder), VolumeMaker.MANY);
        List<Saved> saved = Media.read(List.of(Volume.open(folder.resolve("volume"), new Notes(System.err, true))), new Notes(System.err, true)).snapshots();
        for (Saved snapshot : saved) {
            Path to = target.resolve(snapshot.id().toString());
            Called.with(folder.resolve("volume"), "--key", folder.resolve("recovery.txt"), "--to", to, "--snapshot", snapshot.id()).exits(0);
            Files.write(folder.resolve(snapshot.id() + ".txt"), list(to));
        }
    }

    @Test
    void everyVersionEverWrittenIsRestored() throws Exception {
        List<Path> volumes = volumes();
        assertTrue(!volumes.isEmpty(), () -> "no golden volume in " + GOLDEN);
        for (Path folder : volumes) {
            List<Path> expected = lists(folder);
            assertEquals(2, expected.size(), folder::toString);
            for (Path list : expected) {
                String snapshot = list.getFileName().toString().replace(".txt", "");
                Path to = target.resolve(folder.getFileName() + snapshot);
                Called.with(folder.resolve("volume"), "--key", folder.resolve("recovery.txt"), "--to", to, "--snapshot", snapshot).exits(0);
                assertEquals(Files.readAllLines(list), list(to), list::toString);
            }
        }
    }

    /** The many equal files are one line: as many as they are, and a hash of their lines. */
    private static List<String> list(Path to) throws Exception {
        List<String> all = Restored.list(to);
        List<String> many = all.stream().filter(line -> line.startsWith("srv/many/")).toList();
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(String.join("\n", many).getBytes(UTF_8)));
        List<String> lines = new ArrayList<>(all);
        lines.removeAll(many);
        lines.add("srv/many/: " + many.size() + " files, " + hash);
        return lines;
    }

    private static List<Path> volumes() throws IOException {
        try (Stream<Path> all = Files.list(GOLDEN)) {
            return all.filter(path -> path.getFileName().toString().startsWith("volume-")).sorted().toList();
        }
    }

    private static List<Path> lists(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{32}\\.txt")).sorted().toList();
        }
    }
}
