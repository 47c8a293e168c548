package org.azekura.server;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.azekura.ca.CaDoor;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.ServedCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedIdentityTest {

    @Test
    void aHomeWithOtherKeysTakesNoCatalogUnlessSomebodySaysSo(@TempDir Path catalog, @TempDir Path first, @TempDir Path second) throws Exception {
        try (CatalogDoor door = new CatalogDoor(catalog)) {
            SharedIdentity one = SharedIdentity.of(new Home(first), CaDoor.open(first, InstantSource.system()));
            SharedIdentity other = SharedIdentity.of(new Home(second), CaDoor.open(second, InstantSource.system()));
            other.requireSame(door.catalog());
            one.keep(door.catalog());
            one.keep(door.catalog());
            assertRefused("server.foreign", () -> other.requireSame(door.catalog()));
            assertRefused("server.foreign", () -> other.keep(door.catalog()));
            one.requireSame(door.catalog());
            other.adopt(door.catalog());
            other.keep(door.catalog());
            assertRefused("server.foreign", () -> one.keep(door.catalog()));
        }
    }

    /** The device that is shared would get its pages, and nobody would close what was opened. */
    @Test
    void aHomeWithOtherKeysOpensNoTreesWhereItStandsBy(@TempDir Path catalog, @TempDir Path first, @TempDir Path second) throws Exception {
        try (CatalogDoor door = new CatalogDoor(catalog)) {
            SharedIdentity.of(new Home(first), CaDoor.open(first, InstantSource.system())).keep(door.catalog());
            HeldCatalog held = new HeldCatalog();
            held.came(door.catalog());
            Home other = new Home(second);
            assertRefused("server.foreign", () -> new BackupServer(other, "backup2", Set.of("server"), "0.1.0", new ServedCatalog(held, null, false), null, () -> null,
                    CaDoor.open(second, InstantSource.system()), null, null));
            assertFalse(Files.exists(other.trees()));
        }
    }
}
