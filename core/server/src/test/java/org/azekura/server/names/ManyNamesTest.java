package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.names.NameQuery;
import org.azekura.api.server.Snapshots.Version;
import org.azekura.api.server.Snapshots.Wanted;
import org.azekura.catalog.sqlite.SqliteNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who looks for a name among very many waits for. */
class ManyNamesTest {

    private static final int LIMIT = 100;
    private static final int TIMES = 5;
    private static final List<String> PATTERNS = List.of(ManyNames.RARE, "*querverweis*", "*invoice-budget-1*", "*.pdf", "*請求書*", "*IMG_2019*.jpg", "*e*", "q*", "*zzzzzz*",
            "/srv/00100/*/0??-readme.txt", "*deadbee*");

    @TempDir
    Path home;

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void whoLooksForOneOfTenMillionNamesHasItWithinASecond() throws Exception {
        int count = Integer.getInteger("azekura.names", 10_000_000);
        SqliteNames names = new SqliteNames(home.resolve("names"));
        long begin = System.nanoTime();
        new ManyNames(1).fill(names, count);
        System.out.printf("%,d names: %,d ms, %,d bytes%n", count, ms(begin), Files.size(home.resolve("names/p.db")));
        boolean good = true;
        for (String pattern : PATTERNS) {
            good &= isQuick(names, pattern);
        }
        assertTrue(good, "a first page took longer than a second");
        List<Version> rare = page(ManyNames.RARE, names);
        assertEquals(1, rare.size());
        names.close();
    }

    /** Each of the two trigrams of {@code abcd} is in half of the names. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void whoAsksForPiecesThatNeverMeetIsAnsweredWithinASecond() throws Exception {
        int count = Integer.getInteger("azekura.names", 10_000_000);
        SqliteNames names = new SqliteNames(home.resolve("names"));
        long begin = System.nanoTime();
        new ManyNames(1).fillApart(names, count);
        System.out.printf("%,d names apart: %,d ms%n", count, ms(begin));
        assertTrue(isQuick(names, "*abcd*"), "a first page took longer than a second");
        names.close();
    }

    /** Whether somebody who asks has a first page in time. */
    private static boolean isQuick(SqliteNames names, String pattern) throws BackupException {
        long[] first = new long[TIMES];
        long[] whole = new long[TIMES];
        int found = 0;
        int pages = 0;
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            String next = null;
            found = 0;
            pages = 0;
            do {
                FoundVersions page = page(pattern);
                next = names.search(ManyNames.POOL, new NameQuery(NamePattern.of(pattern, true).pieces(), next), page);
                first[i] = pages++ == 0 ? ms(begin) : first[i];
                found += page.versions().size();
            } while (next != null && found < LIMIT && ms(begin) < 10_000);
            whole[i] = ms(begin);
        }
        System.out.printf("%-32s %4d found, %3d pages; first page %s ms, all that was asked for %s ms%n", pattern, found, pages, Arrays.toString(first), Arrays.toString(whole));
        return median(first) < 1000;
    }

    private static long ms(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static long median(long[] times) {
        return Arrays.stream(times).sorted().toArray()[times.length / 2];
    }

    private static FoundVersions page(String pattern) {
        return new FoundVersions(new Wanted(pattern, true, null), NamePattern.of(pattern, true), Set.of(ManyNames.SNAPSHOT), LIMIT);
    }

    private static List<Version> page(String pattern, SqliteNames names) throws BackupException {
        FoundVersions page = page(pattern);
        names.search(ManyNames.POOL, new NameQuery(NamePattern.of(pattern, true).pieces(), null), page);
        return page.versions();
    }
}
