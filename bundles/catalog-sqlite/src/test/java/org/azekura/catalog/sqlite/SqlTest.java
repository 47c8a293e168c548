package org.azekura.catalog.sqlite;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.MediaRules;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Queries;
import org.azekura.catalog.sql.Sql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {

    private static final String PUT = "INSERT INTO t (a, b) VALUES (?, ?)";

    @TempDir
    Path dir;
    private Sql sql;

    @BeforeEach
    void open() throws Exception {
        DatabaseFile file = new DatabaseFile(dir.resolve("t/t.db"));
        file.make();
        sql = file.writer();
        sql.script("CREATE TABLE t (a ANY, b BLOB) STRICT");
    }

    @AfterEach
    void close() throws Exception {
        sql.close();
    }

    @Test
    void keepsEveryKindOfValue() throws Exception {
        sql.transaction("BEGIN IMMEDIATE", () -> {
            sql.update(PUT, Long.MIN_VALUE, new byte[0]);
            sql.update(PUT, null, null);
            sql.update(PUT, true, new byte[] {-1});
            sql.update(PUT, Instant.MAX, null);
            return null;
        });
        sql.transaction("BEGIN DEFERRED", () -> {
            assertEquals(List.of(Long.MIN_VALUE, 0L, 1L), sql.list("SELECT a FROM t ORDER BY rowid LIMIT 3", row -> row.number(1)));
            assertEquals(Instant.MAX, sql.one("SELECT a FROM t ORDER BY rowid DESC", row -> row.instant(1)).orElseThrow());
            List<byte[]> blobs = sql.list("SELECT b FROM t ORDER BY rowid LIMIT 3", row -> row.bytes(1));
            assertArrayEquals(new byte[0], blobs.get(0));
            assertArrayEquals(null, blobs.get(1));
            assertArrayEquals(new byte[] {-1}, blobs.get(2));
            return null;
        });
    }

    @Test
    void keepsNothingOfAChangeThatFilledTheDisk() throws Exception {
        sql.script("PRAGMA max_page_count = 10");
        assertRefused("catalog.full", () -> sql.transaction("BEGIN IMMEDIATE", () -> {
            sql.update(PUT, 1, new byte[100]);
            assertRefused("catalog.full", () -> sql.update(PUT, 2, new byte[100_000]));
            // SQLite has ended the transaction: this would be kept if it were done.
            assertRefused("catalog.full", () -> sql.update(PUT, 3, new byte[100]));
            return null;
        }));
        Sql again = sql.usable() ? sql : new DatabaseFile(dir.resolve("t/t.db")).writer();
        assertEquals(0L, again.transaction("BEGIN DEFERRED", () -> again.one("SELECT count(*) FROM t", row -> row.number(1)).orElseThrow()));
        if (again != sql) {
            again.close();
        }
    }

    @Test
    void isUselessOutsideATransactionAndForOtherThreads() throws Exception {
        assertThrows(IllegalStateException.class, () -> sql.update(PUT, 1, null));
        sql.transaction("BEGIN IMMEDIATE", () -> {
            Throwable[] thrown = new Throwable[1];
            Thread other = Thread.ofPlatform().daemon().start(() -> thrown[0] = assertThrows(IllegalStateException.class,
                    () -> sql.update(PUT, 1, null)));
            join(other);
            assertTrue(thrown[0] instanceof IllegalStateException, String.valueOf(thrown[0]));
            return null;
        });
    }

    @Test
    void bringsACatalogUpStepByStep() throws Exception {
        CatalogFault fault = SqliteFault.of(dir);
        sql.script("DROP TABLE t");
        String first = "CREATE TABLE t (a ANY, b BLOB) STRICT; INSERT INTO t (a) VALUES ('first');";
        new Schema(fault, List.of(first)).apply(sql);
        assertEquals(List.of("first"), texts());
        assertRefused("catalog.io", () -> new Schema(fault, List.of(first, "DELETE FROM t;", "INSERT INTO missing VALUES (1);")).apply(sql));
        assertEquals(List.of("first"), texts(), "a script that fails leaves what was");
        List<String> all = List.of(first, "INSERT INTO t (a) VALUES ('second');\n-- a comment\nINSERT INTO t (a) VALUES ('third');");
        new Schema(fault, all).apply(sql);
        new Schema(fault, all).apply(sql);
        assertEquals(List.of("first", "second", "third"), texts());
        assertRefused("catalog.newer", () -> new Schema(fault, List.of(first)).apply(sql));
    }

    /** Each bite of old jobs asks so; there are ten million parts. */
    @Test
    void findsWhatKeepsJobsAndThoseOfAClientByIndexes() throws Exception {
        sql.script("DROP TABLE t");
        new Schema(SqliteFault.of(dir), Schema.scripts()).apply(sql);
        List<String> plan = sql.transaction("BEGIN DEFERRED", () -> sql.list("EXPLAIN QUERY PLAN " + Queries.KEPT_JOBS, row -> row.text(4), 1, 2, 1, 2, 1, 2, 1, 2));
        assertTrue(plan.toString().contains("policy_part_job") && plan.toString().contains("drill_part_job") && plan.toString().contains("job_of_client (client=? AND id>?)")
                && plan.stream().noneMatch(step -> step.startsWith("SCAN")), plan::toString);
        List<String> newest = sql.transaction("BEGIN DEFERRED", () -> sql.list("EXPLAIN QUERY PLAN " + Queries.JOBS_OF_CLIENT, row -> row.text(4), "web", 9, 5));
        assertTrue(newest.size() == 1 && newest.getFirst().contains("job_of_client"), newest::toString);
    }

    @Test
    void findsUnendedJobsByTheirIndex() throws Exception {
        sql.script("DROP TABLE t");
        new Schema(SqliteFault.of(dir), Schema.scripts()).apply(sql);
        String plan = sql.transaction("BEGIN DEFERRED", () -> String.join("; ",
                sql.list("EXPLAIN QUERY PLAN " + Queries.UNENDED_JOBS, row -> row.text(4))));
        assertTrue(plan.contains("job_unended"), plan);
    }

    @Test
    void addsUpAQuotaByAnIndexAlone() throws Exception {
        sql.script("DROP TABLE t");
        new Schema(SqliteFault.of(dir), Schema.scripts()).apply(sql);
        String plan = sql.transaction("BEGIN DEFERRED", () -> String.join("; ",
                sql.list("EXPLAIN QUERY PLAN " + Queries.QUOTAS + "WHERE name = 'web'", row -> row.text(4))));
        assertTrue(plan.contains("COVERING INDEX pack_of_client"), plan);
    }

    @Test
    void whatBackupsWroteBeforeThereWereQuotasCountsForTheirClients() throws Exception {
        sql.script("DROP TABLE t");
        CatalogFault fault = SqliteFault.of(dir);
        List<String> scripts = Schema.scripts();
        new Schema(fault, scripts.subList(0, 1)).apply(sql);
        String id = "x'00000000000000000000000000000001'";
        sql.script("INSERT INTO pool VALUES ('p', 'n', 'd', 'disk', 1, 2, 3, 3, 61, x'', '2026-01-01T00:00:00Z', NULL);"
                + "INSERT INTO volume VALUES (" + id + ", 'p', 'v', NULL, 'APPENDABLE', '/v', 0, -1);"
                + "INSERT INTO client VALUES ('web', " + id + ", NULL, NULL);"
                + "INSERT INTO job VALUES (1, 'BACKUP', 'DONE', 'web', 'p', '2026-01-01T00:00:00Z', NULL, 0, 0, NULL, NULL, 1, x'', NULL);"
                + "INSERT INTO job VALUES (2, 'PRUNE', 'DONE', NULL, 'p', '2026-01-01T00:00:00Z', NULL, 0, 0, NULL, NULL, 1, x'', NULL);");
        String pack = "INSERT INTO pack VALUES (x'0000000000000000000000000000000%d', " + id + ", 'p', %d, 0, %d, 1, 'at', '2026-01-01T00:00:00Z', NULL);";
        sql.script(pack.formatted(1, 1, 100) + pack.formatted(2, 1, 20) + pack.formatted(3, 2, 3));
        new Schema(fault, scripts).apply(sql);
        Quota quota = sql.transaction("BEGIN DEFERRED", () -> Queries.quotas(sql)).getFirst();
        assertEquals(new Quota(new ClientName("web"), Quota.NONE, 120), quota);
    }

    @Test
    void whatWasSaidOfPoolsAndCleaningCartridgesInSettingsIsKeptAsRulesAndLives() throws Exception {
        sql.script("DROP TABLE t");
        CatalogFault fault = SqliteFault.of(dir);
        new Schema(fault, Schema.scripts().subList(0, 9)).apply(sql);
        for (String pool : new String[] {"plain", "sealed", "ruled"}) {
            sql.script("INSERT INTO pool (name, node, device, driver, chunk_min, chunk_average, chunk_max, compression_level, live_percent, key_ring, created) VALUES ('" + pool
                    + "', 'n', 'd', 'tape', 1, 2, 3, 3, 61, x'', '2026-01-01T00:00:00Z');");
        }
        sql.script("INSERT INTO media_rules (pool, blank, scratch, keep_s) VALUES ('ruled', 0, 1, 60);"
                + "INSERT INTO setting VALUES ('pool.sealed.sealed', 'drive'), ('pool.sealed.ruled', 'drive'), ('pool.sealed.gone', 'drive'), ('cleaning.CLN001CU', '41'),"
                + " ('cleaning.spent.CLN002CU', 'used up'), ('cleaning.CLN002CU', '50');");
        new Schema(fault, Schema.scripts()).apply(sql);
        List<MediaRules> rules = sql.transaction("BEGIN DEFERRED", () -> Queries.rules(sql));
        PoolName ruled = new PoolName("ruled");
        assertEquals(List.of(new MediaRules(ruled, false, true, Duration.ofSeconds(60), 40, Duration.ZERO, 0).sealed(true), MediaRules.usual(new PoolName("sealed")).sealed(true)), rules);
        List<CartridgeLife> lives = sql.transaction("BEGIN DEFERRED", () -> Queries.lives(sql));
        assertEquals(List.of("CLN001CU 41 -1", "CLN002CU 50 -1"), lives.stream().map(life -> life.barcode() + " " + life.mounts() + " " + life.loads()).toList());
        assertEquals(List.of("cleaning.spent.CLN002CU"), sql.transaction("BEGIN DEFERRED", () -> sql.list("SELECT name FROM setting", row -> row.text(1))));
    }

    private List<String> texts() throws BackupException {
        return sql.transaction("BEGIN DEFERRED", () -> sql.list("SELECT a FROM t ORDER BY rowid", row -> row.text(1)));
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
