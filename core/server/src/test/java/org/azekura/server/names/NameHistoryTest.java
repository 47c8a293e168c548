package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** Also between two looks at the catalog: what was not read is said, and nothing else is missing. */
    @RepeatedTest(3)
    void findsWhatTheTreesHave() throws BackupException {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        int unread = 0;
        try (NameHistory history = new NameHistory(home, random)) {
            for (int step = 0; step < 40; step++) {
                history.step();
                boolean whole = random.nextInt(3) == 0;
                if (whole) {
                    history.catchUp();
                }
                if (whole || random.nextInt(3) == 0) {
                    unread = Math.max(unread, compare(history, random, whole, "seed " + seed + " step " + step));
                }
            }
        }
        assertTrue(unread > 0, "seed " + seed);
    }

    private static int compare(NameHistory history, Random random, boolean whole, String where) throws BackupException {
        int unread = 0;
        for (String text : PATTERNS) {
            boolean ignoreCase = random.nextBoolean();
            int limit = 1 + random.nextInt(50);
            List<Version> found = new ArrayList<>();
            String after = null;
            do {
                Found page = history.search(text, ignoreCase, after, limit);
                unread = page.unread();
                assertEquals(history.snapshots(), page.all(), where);
                found.addAll(page.versions());
                after = page.next();
            } while (after != null);
            assertEquals(String.join("\n", lines(history.walked(text, ignoreCase))), String.join("\n", lines(found)), where + " pattern " + text);
        }
        assertTrue(unread == 0 || !whole, where);
        return unread;
    }

    private static List<String> lines(List<Version> versions) {
        return versions.stream().map(v -> v.client() + " " + v.path().toPercent() + " " + v.type() + " " + v.size() + " " + v.mtime() + " " + v.first() + " " + v.last() + " " + v.snapshots())
                .sorted().toList();
    }
}
