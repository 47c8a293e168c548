package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed with SIGKILL while it opens the catalog and commits loses nothing that it acknowledged, and leaves nothing half
 * done. The file lives on from kill to kill, as that of an appliance does.
 */
class KillTest {

    private static final int KILLS = Seeds.slow() ? 1000 : 10;
    /** Catalogs, each with a process of its own. */
    private static final int AT_ONCE = 2;
    private static final int COMMITS = 120;
    private static final int MOMENT_ms = 40;

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final AtomicInteger early = new AtomicInteger();
    private final AtomicInteger undecided = new AtomicInteger();

    @Test
    @Timeout(value = 3600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void losesNothingThatWasAcknowledged() throws Exception {
        List<Long> commits = Together.run(AT_ONCE, Duration.ofHours(1), i -> {
            Path home = Files.createDirectory(dir.resolve("home-" + i));
            return killOften(home, Seeds.random(seed + i), KILLS / AT_ONCE);
        });
        System.out.println(KILLS + " kills of a process that commits: " + commits.stream().mapToLong(n -> n).sum() + " transactions, "
                + early + " kills before its first, " + undecided + " while one was committed and not acknowledged yet; seed " + seed);
        assertTrue(commits.stream().allMatch(n -> n > KILLS), () -> "too few transactions: " + commits + ", seed " + seed);
    }

    private long killOften(Path home, Random random, int kills) throws Exception {
        Path file = home.resolve("azekura.db");
        long acknowledged = 0;
        for (int kill = 0; kill < kills; kill++) {
            long told = killed(home, file, random);
            acknowledged = Math.max(acknowledged, told);
            long found = check(file);
            long least = acknowledged;
            assertTrue(found == least || found == least + 1, () -> found + " transactions are there, acknowledged are " + least + ", seed " + seed);
            early.addAndGet(told == 0 ? 1 : 0);
            undecided.addAndGet(found == least ? 0 : 1);
            acknowledged = found;
        }
        return acknowledged;
    }

    private long check(Path file) throws Exception {
        try (SqlStore store = SqliteStore.open(file); Sql sql = new DatabaseFile(file).reader()) {
            assertEquals(List.of("ok"), sql.transaction("BEGIN DEFERRED", () -> sql.list("PRAGMA integrity_check", row -> row.text(1))), () -> "seed " + seed);
            return store.read(view -> {
                NumberedState.assertWhole(view);
                return NumberedState.number(view);
            });
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** @return the last number that it acknowledged, 0 if none */
    private static long killed(Path home, Path file, Random random) throws Exception {
        Path temporary = Files.createDirectory(home.resolve("tmp"));
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR",
                "-Djava.io.tmpdir=" + temporary,
                "-cp", System.getProperty("java.class.path"), KilledWriter.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = child.inputReader()) {
            long last = 0;
            // One in eight is killed while it opens the file; then after so many commits, and some moment of the next ones.
            boolean opening = random.nextInt(8) == 0;
            for (int i = opening ? 0 : 1 + random.nextInt(COMMITS); i > 0; i--) {
                last = Long.parseLong(out.readLine());
            }
            boolean ended = child.waitFor(random.nextInt((opening ? 10 : 1) * MOMENT_ms * 1000), TimeUnit.MICROSECONDS);
            assertTrue(!ended, "the writer ended by itself");
            // By its handle: that of the process closes the stream, and what it printed last would be lost.
            child.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // The kill may have cut the last number off; then it is smaller.
                last = Math.max(last, line.isEmpty() ? 0 : Long.parseLong(line));
            }
            assertEquals(128 + 9, child.waitFor(), "killed");
            return last;
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the writer can be killed");
            delete(temporary);
        }
    }

    /** The library that SQLite's driver unpacks at every start would fill the disk. */
    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
