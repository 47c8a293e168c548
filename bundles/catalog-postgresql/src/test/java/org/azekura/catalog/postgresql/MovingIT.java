package org.azekura.catalog.postgresql;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.Moving;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that moves from one store into the other and back. */
class MovingIT {

    @TempDir Path folder;

    @Test
    void aCatalogGoesThereAndComesBackAsItWas() throws Exception {
        PostgresServer.assumeInstalled();
        PostgresServer server = new PostgresServer();
        try {
            Path first = exported("first", true);
            Moving moving = PostgresStore.moving(new Intake(folder.resolve("there/catalog")));
            Files.createDirectory(folder.resolve("there"));
            PostgresDatabase database = database(server);
            try (SqlStore there = PostgresStore.open(database, moving)) {
                refusals(there, moving, first);
                moving.admit(there, first, "first");
                there.write(edit -> edit.nextJob());
            }
            Path second = folder.resolve("second");
            try (SqlStore there = PostgresStore.open(database, moving); OutputStream out = Files.newOutputStream(second)) {
                moving.write(there, out);
                BackupException taken = assertRefused("catalog.taken", () -> moving.admit(there, first, "first"));
                assertTrue(taken.getMessage().contains("2 snapshots and packs"), taken.getMessage());
            }
            assertEquals(-1, Files.mismatch(first, second), "another catalog came out than went in");
            assertFalse(Files.exists(moving.intake().file()));
            assertEquals(-1, Files.mismatch(first, takenIn(second)), "another catalog came back than went there");
            assertIsNotTakenInTwice(database, moving, first, second);
        } finally {
            server.close();
        }
    }

    private static PostgresDatabase database(PostgresServer server) throws Exception {
        return new PostgresDatabase(new Address(List.of("127.0.0.1"), server.port(), server.newDatabase(""), PostgresServer.USER, server.passwordFile(), null), new Patience(Duration.ZERO));
    }

    /** By a process that was killed behind the commit. */
    private static void assertIsNotTakenInTwice(PostgresDatabase database, Moving moving, Path first, Path second) throws Exception {
        Files.copy(first, moving.intake().file());
        try (SqlStore there = PostgresStore.open(database, moving); OutputStream out = Files.newOutputStream(second)) {
            moving.write(there, out);
        }
        assertEquals(-1, Files.mismatch(first, second));
        assertFalse(Files.exists(moving.intake().file()));
    }

    /** What SQLite writes. */
    private Path exported(String name, boolean full) throws Exception {
        Path home = Files.createDirectory(folder.resolve(name + ".home"));
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.catalog().read(view -> view.snapshotCount());
        }
        if (full) {
            int tables = FullCatalog.fill(home.resolve("catalog/azekura.db"));
            assertTrue(tables > 50, "few tables were found: " + tables);
        }
        return export(home, folder.resolve(name));
    }

    private static Path export(Path home, Path file) throws Exception {
        try (CatalogDoor door = new CatalogDoor(home); OutputStream out = Files.newOutputStream(file)) {
            door.catalog().exportTo(out);
        }
        return file;
    }

    /** Into a SQLite that begins anew; what comes out of it then. */
    private Path takenIn(Path file) throws Exception {
        Path home = Files.createDirectory(folder.resolve("back.home"));
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.catalog().write(edit -> edit.nextJob());
            door.catalog().admit(file, "second");
            door.catalog().write(edit -> edit.nextJob());
        }
        Path back = export(home, folder.resolve("back"));
        try (var left = Files.list(home.resolve("catalog"))) {
            assertEquals(List.of("azekura.db", "store"), left.map(each -> each.getFileName().toString()).sorted().toList());
        }
        return back;
    }

    private void refusals(SqlStore there, Moving moving, Path whole) throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        Path bad = folder.resolve("bad");
        Files.writeString(bad, "no catalog at all");
        refused("it is no catalog", there, moving, bad);
        Files.write(bad, java.util.Arrays.copyOf(bytes, bytes.length - 7));
        refused("damaged or cut off", there, moving, bad);
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 4;
        Files.write(bad, flipped);
        refused("damaged or cut off", there, moving, bad);
        byte[] newer = bytes.clone();
        newer["azekura catalog ".length()] = '2';
        Files.write(bad, newer);
        refused("another form", there, moving, bad);
        Moving old = new Moving(moving.intake(), moving.particulars(), moving.oldest(), moving.newest() - 1);
        refused("it has schema " + moving.newest() + ", and this store", there, old, whole);
        assertFalse(Files.exists(moving.intake().file()));
    }

    private static void refused(String why, SqlStore there, Moving moving, Path file) throws Exception {
        BackupException refusal = assertRefused("catalog.file", () -> moving.admit(there, file, "a name"));
        assertTrue(refusal.getMessage().startsWith("the file a name: ") && refusal.getMessage().contains(why), refusal.getMessage());
    }
}
