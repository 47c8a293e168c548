package org.azekura.catalog.sqlite;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest {

    @TempDir
    Path home;

    @Test
    void opensAtTheFirstCall() throws Exception {
        SqliteCatalog catalog = new SqliteCatalog(home.toString());
        assertFalse(Files.exists(home.resolve("catalog")));
        catalog.write(edit -> {
            edit.putSetting("a", "1");
            return null;
        });
        assertTrue(Files.exists(home.resolve("catalog/azekura.db")));
        assertEquals(Optional.of("1"), catalog.read(view -> view.setting("a")));
        catalog.close();
        assertRefused("catalog.closed", () -> catalog.read(view -> null));
    }

    @Test
    void isClosedForGoodAlsoIfItWasNeverUsed() {
        SqliteCatalog catalog = new SqliteCatalog(home.toString());
        catalog.close();
        assertRefused("catalog.closed", () -> catalog.write(edit -> null));
        assertFalse(Files.exists(home.resolve("catalog")));
    }

    @Test
    void aCatalogThatIsRefusedAtItsOpeningIsPutAsideAndTheOneThatIsThereStays() throws Exception {
        SqliteCatalog catalog = new SqliteCatalog(home.toString());
        catalog.write(edit -> {
            edit.putSetting("a", "1");
            return null;
        });
        catalog.close();
        Path folder = home.resolve("catalog");
        for (String nonsense : new String[] {"nonsense", "other nonsense"}) {
            Files.writeString(folder.resolve("import"), nonsense);
            SqliteCatalog again = new SqliteCatalog(home.toString());
            assertEquals(Optional.of("1"), again.read(view -> view.setting("a")));
            assertTrue(again.read(view -> view.setting("catalog.refused")).orElseThrow().contains("it is no catalog"));
            again.close();
            assertEquals(nonsense, Files.readString(folder.resolve("import.refused")));
            assertFalse(Files.exists(folder.resolve("import")) || Files.exists(folder.resolve("import.why")) || Files.exists(folder.resolve("import.db")));
        }
    }

    @Test
    void everyCallTellsWhatIsWrongUntilItIsRight() throws Exception {
        SqliteCatalog catalog = new SqliteCatalog(home.resolve("later").toString());
        assertRefused("catalog.io", () -> catalog.read(view -> null));
        Files.createDirectory(home.resolve("later"));
        assertEquals(Optional.empty(), catalog.read(view -> view.setting("a")));
        catalog.close();
        assertRefused("setting.home", () -> new SqliteCatalog((String) null).read(view -> null));
    }
}
