package org.azekura.catalog.sql.export;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeatTest {

    @TempDir Path home;

    private Seat seat(String kind) {
        return new Seat(home.resolve("catalog"), kind);
    }

    @Test
    void goesToAnotherStoreOnlyIfNothingWasSavedThere() throws Exception {
        seat("sqlite").take(() -> 7);
        seat("sqlite").take(() -> 7);
        seat("postgresql").take(() -> 0);
        seat("postgresql").take(() -> 9);
        BackupException moved = assertRefused("catalog.moved", () -> seat("sqlite").take(() -> 7));
        assertTrue(moved.getMessage().startsWith("this home's catalog is in postgresql"), moved.getMessage());
        assertEquals("postgresql\n", Files.readString(home.resolve("catalog/store")));
        Files.delete(home.resolve("catalog/store"));
        seat("sqlite").take(() -> 7);
    }
}
