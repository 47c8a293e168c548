package org.azekura.catalog.sqlite;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogStoreContract;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements CatalogStoreContract {

    @TempDir
    Path home;
    private SqlStore store;

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(file());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file() {
        return home.resolve("catalog/azekura.db");
    }

    @Override
    public CatalogStore store() {
        return store;
    }

    @Override
    public CatalogStore reopen() throws Exception {
        close();
        open();
        return store;
    }

    @Test
    void isForItsUserAlone() throws Exception {
        put("a", "1");
        try (Stream<Path> files = Files.list(home.resolve("catalog"))) {
            List<Path> all = files.toList();
            assertEquals(3, all.size(), "the file, its log, its shared memory: " + all);
            for (Path file : all) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
            }
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("catalog"))));
        close();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));
        open();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void syncsEveryCommitAndGuardsReferences() throws Exception {
        Sql sql = new DatabaseFile(file()).writer();
        try (sql) {
            sql.transaction("BEGIN DEFERRED", () -> {
                assertEquals(List.of("wal"), sql.list("PRAGMA journal_mode", row -> row.text(1)));
                assertEquals(List.of(2L), sql.list("PRAGMA synchronous", row -> row.number(1)), "2 is FULL");
                assertEquals(List.of(1L), sql.list("PRAGMA foreign_keys", row -> row.number(1)));
                return assertEquals10s(sql.list("PRAGMA busy_timeout", row -> row.number(1)));
            });
        }
    }

    private static Void assertEquals10s(List<Long> timeout) {
        assertEquals(List.of(10_000L), timeout);
        return null;
    }

    @Test
    void leavesNoLogWhenClosed() throws Exception {
        put("a", "1");
        close();
        assertFalse(Files.exists(Path.of(file() + "-wal")));
    }

    @Test
    void runsOnThreadsOfItsOwn() throws Exception {
        for (boolean write : new boolean[] {false, true}) {
            Thread thread = write ? store.write(edit -> Thread.currentThread()) : store.read(view -> Thread.currentThread());
            assertFalse(thread.isVirtual());
            assertTrue(thread.isDaemon());
            assertTrue(thread.getName().startsWith(write ? "catalog-writer" : "catalog-reader"), thread.getName());
        }
    }

    @Test
    void refusesToLoseAPoolThatASnapshotNeeds() throws Exception {
        store.write(edit -> {
            edit.putPool(Rows.pool("main"));
            edit.putSnapshot(Rows.snapshot(1, "main", "web", "etc"));
            return null;
        });
        assertRefused("catalog.constraint", () -> store.write(edit -> {
            edit.deletePool(new PoolName("main"));
            return null;
        }));
        assertEquals(1, store.read(view -> view.pools()).size());
    }

    @Test
    void doesNothingMoreAfterAFailedCallThatTheChangeHides() throws Exception {
        assertRefused("catalog.constraint", () -> store.write(edit -> {
            edit.putSetting("before", "1");
            assertRefused("catalog.constraint", () -> edit.putSetting("null", null));
            assertRefused("catalog.constraint", () -> edit.putSetting("behind", "1"));
            return null;
        }));
        assertEquals(Optional.empty(), store.read(view -> view.setting("before")));
        put("a", "1");
    }

    @Test
    void refusesACatalogOfANewerVersion() throws Exception {
        put("a", "kept");
        script("PRAGMA user_version = 999");
        String message = assertRefused("catalog.newer", this::reopen).getMessage();
        assertTrue(message.contains("999") && message.contains("knows up to " + Schema.scripts().size()), message);
        script("PRAGMA user_version = " + Schema.scripts().size());
        assertEquals(Optional.of("kept"), reopen().read(view -> view.setting("a")));
    }

    @Test
    void refusesWhatIsNoCatalog() throws Exception {
        script("PRAGMA application_id = 7");
        assertRefused("catalog.foreign", this::reopen);
        store.close();
        Files.write(file(), "This is a text, and quite a long one, as a database has a header of a hundred bytes. So it goes on and on."
                .getBytes());
        assertRefused("catalog.corrupt", () -> SqliteStore.open(file()));
        assertRefused("catalog.io", () -> SqliteStore.open(home.resolve("missing/catalog/azekura.db")));
    }

    @Test
    void saysWhichRowIsBad() throws Exception {
        store.write(edit -> {
            edit.putPool(Rows.pool("main"));
            return null;
        });
        script("UPDATE pool SET chunk_min = 5000");
        assertRefused("catalog.corrupt", () -> store.read(view -> view.pools()));
        script("UPDATE pool SET chunk_min = 100, created = 'yesterday'");
        assertRefused("catalog.corrupt", () -> store.read(view -> view.pools()));
    }

    @Test
    void endsWhatHasBegunWhenClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = other.submit(() -> store.write(edit -> {
                edit.putSetting("a", "done");
                begun.countDown();
                return await(go);
            }));
            assertTrue(begun.await(120, TimeUnit.SECONDS));
            var closing = other.submit(store::close);
            go.countDown();
            assertTrue(writing.get(120, TimeUnit.SECONDS));
            closing.get(120, TimeUnit.SECONDS);
        }
        assertRefused("catalog.closed", () -> store.read(view -> null));
        assertRefused("catalog.closed", () -> put("a", "late"));
        open();
        assertEquals(Optional.of("done"), store.read(view -> view.setting("a")));
    }

    private static boolean await(CountDownLatch latch) throws BackupException {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw BackupException.bug("test", e);
        }
    }

    private void put(String name, String value) throws BackupException {
        store.write(edit -> {
            edit.putSetting(name, value);
            return null;
        });
    }

    private void script(String statements) throws BackupException {
        try (Sql sql = new DatabaseFile(file()).writer()) {
            sql.script(statements);
        }
    }
}
