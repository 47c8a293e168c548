package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.server.Snapshots.Found;
import org.azekura.api.server.Snapshots.Version;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Random histories: what the index finds is what the trees have. */
class NameHistoryTest {

    private static final List<String> PATTERNS = List.of("*", "a*", "*.txt", "?", "*b*", "report*", "/*", "/a/*", "*/b*", "/a/?", "*ort.txt", "/*\ufffd*", "Report.TXT", "*\n*", "/d/d/*",
            "report.txt", "*/report.txt");

    @TempDir
    private Path home;

    @RepeatedTest(6)
    void findsWhatTheTreesHave() throws BackupException {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        try (NameHistory history = new NameHistory(home, random)) {
            for (int step = 0; step < 40; step++) {
                history.step();
                if (random.nextInt(3) == 0) {
                    history.catchUp();
                    compare(history, random, "seed " + seed + " step " + step);
                }
            }
        }
    }

    private static void compare(NameHistory history, Random random, String where) throws BackupException {
        for (String text : PATTERNS) {
            boolean ignoreCase = random.nextBoolean();
            int limit = 1 + random.nextInt(50);
            List<Version> found = new ArrayList<>();
            String after = null;
            do {
                Found page = history.search(text, ignoreCase, after, limit);
                assertEquals(0, page.unread(), where);
                found.addAll(page.versions());
                after = page.next();
            } while (after != null);
            assertEquals(lines(history.walked(text, ignoreCase)), lines(found), where + " pattern " + text);
        }
    }

    private static List<String> lines(List<Version> versions) {
        return versions.stream().map(v -> v.client() + " " + v.path().toPercent() + " " + v.type() + " " + v.size() + " " + v.mtime() + " " + v.first() + " " + v.last() + " " + v.snapshots())
                .sorted().toList();
    }
}
