package org.azekura.server;

import static org.azekura.testkit.Refusal.assertRefused;

import java.nio.file.Path;
import java.time.InstantSource;
import org.azekura.ca.CaDoor;
import org.azekura.catalog.sqlite.CatalogDoor;
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
}
