package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.server.Snapshots.Found;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameKeeperTest {

    @TempDir
    private Path home;
    private NameHistory history;

    @BeforeEach
    void save() throws BackupException {
        history = new NameHistory(home, new Random(1));
        for (int day = 0; day < 5; day++) {
            history.save();
        }
    }

    private Found all() throws BackupException {
        return history.search("*", false, null, 10_000);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(history.folder())) {
            return files.count();
        }
    }

    @Test
    void keepsNoNamesOfAPoolWhoseKeyGoes() throws Exception {
        history.catchUp();
        assertFalse(all().versions().isEmpty());
        history.opens = false;
        history.keeper.keysChanged();
        assertEquals(0, files());
        history.catchUp();
        assertEquals(0, files());
        assertEquals(List.of(NameHistory.POOL), all().closed());
        assertEquals(List.of(), all().versions());
        history.opens = true;
        history.catchUp();
        assertFalse(all().versions().isEmpty());
    }

    @Test
    void makesANewIndexInADamagedOnesPlace() throws Exception {
        history.catchUp();
        List<?> before = all().versions();
        history.reopen();
        Files.write(history.folder().resolve("p.db"), new byte[8192]);
        Files.deleteIfExists(history.folder().resolve("p.db-wal"));
        assertEquals(5, all().unread());
        history.catchUp();
        assertEquals(before, all().versions());
    }

    @Test
    void saysWhatItHasNotRead() throws Exception {
        Found none = all();
        assertEquals("5 5 0", none.unread() + " " + none.all() + " " + none.versions().size());
        try (NameKeeper keeper = history.keeper) {
            keeper.open();
            assertEquals(0, history.patientSearch("*").unread());
        }
        assertEquals(Set.of(NameHistory.POOL), history.names().pools());
    }
}
