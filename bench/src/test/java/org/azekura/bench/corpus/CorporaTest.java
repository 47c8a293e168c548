package org.azekura.bench.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {

    private static final long SEED = 1;

    @TempDir
    Path folder;

    private static List<Corpus> little() {
        return List.of(new SmallFiles(200, SEED), new Binaries(200_000, SEED), new DiskImage(2 << 20, SEED), new Database(300, SEED),
                new Logs(2, 20_000, SEED), new Noise(2, 10_000, SEED), new TinyFiles(1500, 1000, SEED));
    }

    @Test
    void theSameSeedMakesTheSameFilesOnBothDays() throws Exception {
        for (Corpus corpus : little()) {
            Path once = made(corpus, "once");
            Path again = made(corpus, "again");
            String first = print(once);
            assertEquals(first, print(again), corpus.name());
            long changed = corpus.nextDay(once);
            assertEquals(changed, corpus.nextDay(again), corpus.name());
            assertTrue(changed > 0, corpus.name());
            assertNotEquals(first, print(once), corpus.name());
            assertEquals(print(once), print(again), corpus.name());
            assertTrue(Files.isRegularFile(once.resolve(corpus.one())), corpus.name());
        }
    }

    /** Results of two versions can only be compared if the corpora stay what they are. */
    @Test
    void contentsAreThoseOfTheResultsOfRecord() throws Exception {
        assertEquals("c106874e3c75e4a5", print(made(new SmallFiles(200, SEED), "golden")));
    }

    @Test
    void aDatabaseChangesTwoPagesInAHundred() throws Exception {
        Database database = new Database(5000, SEED);
        Path path = made(database, "database");
        byte[] before = Files.readAllBytes(path.resolve(database.one()));
        long changed = database.nextDay(path);
        byte[] after = Files.readAllBytes(path.resolve(database.one()));
        assertEquals(before.length, after.length);
        int pages = 0;
        for (int i = 0; i < before.length; i += Database.PAGE) {
            pages += Arrays.equals(before, i, i + Database.PAGE, after, i, i + Database.PAGE) ? 0 : 1;
        }
        assertEquals(changed, (long) pages * Database.PAGE);
        assertTrue(pages > 70 && pages < 130, pages + " pages");
    }

    @Test
    void anUnknownCorpusIsRefusedWithWhatThereIs() {
        String message = assertThrows(IllegalArgumentException.class, () -> Corpora.named(Scale.SMALL, 0, Set.of("tapes"))).getMessage();
        assertTrue(message.contains("tapes") && message.contains("small-files"), message);
    }

    private Path made(Corpus corpus, String where) throws IOException {
        Path path = Files.createDirectories(folder.resolve(corpus.name() + where));
        corpus.make(path);
        return path;
    }

    /** Names, times and contents of all files. */
    private static String print(Path tree) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                sha256.update((tree.relativize(file) + " " + Files.getLastModifiedTime(file) + "\n").getBytes());
                sha256.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }
}
