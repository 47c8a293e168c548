package org.azekura.catalog.sqlite;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.azekura.catalog.sql.SqlStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @TempDir
    Path home;
    private Path file;
    private byte[] before;

    @BeforeEach
    void fill() throws Exception {
        file = home.resolve("catalog/azekura.db");
        try (SqlStore store = SqliteStore.open(file)) {
            store.write(edit -> {
                edit.putSetting("appliance.id", "a");
                return null;
            });
        }
        before = Files.readAllBytes(file);
    }

    private void assertUntouched() throws Exception {
        assertArrayEquals(before, Files.readAllBytes(file));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    private static List<String> and(String more) {
        List<String> scripts = new ArrayList<>(Schema.scripts());
        scripts.add(more);
        return scripts;
    }

    @Test
    void readsWhatIsThereAndChangesNothing() throws Exception {
        SqliteCatalog catalog = new SqliteCatalog(home.toString());
        assertEquals(Optional.of("a"), catalog.rehearse(view -> view.setting("appliance.id")));
        assertUntouched();
        assertEquals(Optional.of("a"), catalog.read(view -> view.setting("appliance.id")));
        assertEquals(Optional.of("a"), catalog.rehearse(view -> view.setting("appliance.id")));
        catalog.close();
    }

    @Test
    void aNewSchemaIsTriedAndTheVersionBeforeCanStillOpenTheCatalog() throws Exception {
        List<String> newer = and("UPDATE setting SET value = 'b'; CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT");
        assertEquals(Optional.of("b"), new Rehearsal(file, newer).run(view -> view.setting("appliance.id")));
        assertUntouched();
        try (SqlStore store = SqliteStore.open(file)) {
            assertEquals(Optional.of("a"), store.read(view -> view.setting("appliance.id")));
        }
    }

    @Test
    void aScriptThatFailsLeavesNothing() throws Exception {
        assertRefused("catalog.io", () -> new Rehearsal(file, and("ALTER TABLE nowhere ADD COLUMN x TEXT")).run(view -> null));
        assertUntouched();
    }

    @Test
    void whatAKilledProcessLeftInTheLogIsReadToo() throws Exception {
        try (SqlStore open = SqliteStore.open(file)) {
            open.write(edit -> {
                edit.putSetting("late", "1");
                return null;
            });
            assertEquals(Optional.of("1"), new Rehearsal(file, Schema.scripts()).run(view -> view.setting("late")));
        }
    }

    @Test
    void aDamagedCatalogIsNoCatalog() throws Exception {
        byte[] bytes = before.clone();
        for (int at = 4096; at < bytes.length; at += 4096) {
            bytes[at] ^= 0x55; // the kind of each page but the first
        }
        Files.write(file, bytes);
        assertRefused("catalog.corrupt", () -> new Rehearsal(file, Schema.scripts()).run(view -> null));
        assertArrayEquals(bytes, Files.readAllBytes(file));
        assertFalse(Files.exists(file.resolveSibling("rehearsal")));
    }

    @Test
    void whatAKilledRehearsalLeftGoesWithTheNextOpening() throws Exception {
        Files.write(Files.createDirectory(file.resolveSibling("rehearsal")).resolve("azekura.db"), new byte[7]);
        SqliteCatalog catalog = new SqliteCatalog(home.toString());
        catalog.read(view -> null);
        assertFalse(Files.exists(file.resolveSibling("rehearsal")));
        catalog.close();
    }
}
