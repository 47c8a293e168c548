package org.azekura.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Pool;
import org.azekura.ca.CaDoor;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.ServedCatalog;
import org.azekura.server.catalog.Servers;
import org.azekura.server.pool.KeysDoor;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one catalog, in homes of their own. */
@Timeout(120)
class TwinKeeperTest {

    private final List<CatalogServer> all = new ArrayList<>();
    private final Servers servers = new Servers() {
        @Override
        public List<CatalogServer> servers() {
            return List.copyOf(all);
        }

        @Override
        public void forget(String server) {
            all.removeIf(each -> each.name().equals(server));
        }
    };

    private static CatalogServer server(String name, boolean leads) {
        return new CatalogServer(name, "", List.of(), leads, leads, Instant.EPOCH, Duration.ZERO);
    }

    @Test
    void theSecondHasTheKeyOfAPoolThatWasMadeLater(@TempDir Path catalog, @TempDir Path one, @TempDir Path two) throws Exception {
        try (CatalogDoor door = new CatalogDoor(catalog)) {
            HeldCatalog held = new HeldCatalog();
            held.came(door.catalog());
            all.add(server("backup1", true));
            RecipientKey key = RecipientKey.generate();
            Pool pool = Records.with(Rows.pool("main"), "keyRing", KeyRing.create(List.of(Recipient.of("appliance", key))).encoded());
            try (BackupServer first = server(held, one, "backup1", true)) {
                twin(one, two);
                KeysDoor.keep(first.vault(), new PoolName("main"), key);
                door.change(edit -> edit.putPool(pool));
                first.twins().round();
                assertTrue(door.catalog().read(view -> view.settings("pool.key/")).isEmpty(), "it is alone");
                all.add(server("backup2", false));
                first.twins().round();
            }
            try (BackupServer second = server(held, two, "backup2", false)) {
                assertFalse(Files.exists(two.resolve("keys/main")));
                second.standBy();
                assertTrue(second.vault().opens(pool));
                assertEquals(Files.readString(one.resolve("keys/main")), Files.readString(two.resolve("keys/main")));
            }
            try (BackupServer first = server(held, one, "backup1", true)) {
                first.twins().round();
                all.removeLast();
                first.twins().round();
                assertTrue(door.catalog().read(view -> view.settings("pool.key/")).isEmpty(), "the other was forgotten");
            }
        }
    }

    /** Killed before it could take them away. */
    @Test
    void keysGoFromTheCatalogAtTheNextStartAfterTheOtherWasForgotten(@TempDir Path catalog, @TempDir Path one) throws Exception {
        try (CatalogDoor door = new CatalogDoor(catalog)) {
            HeldCatalog held = new HeldCatalog();
            held.came(door.catalog());
            all.add(server("backup1", true));
            all.add(server("backup2", false));
            RecipientKey key = RecipientKey.generate();
            try (BackupServer first = server(held, one, "backup1", true)) {
                KeysDoor.keep(first.vault(), new PoolName("main"), key);
                door.change(edit -> edit.putPool(Records.with(Rows.pool("main"), "keyRing", KeyRing.create(List.of(Recipient.of("appliance", key))).encoded())));
                first.twins().round();
                assertEquals(1, door.catalog().read(view -> view.settings("pool.key/")).size());
            }
            all.removeLast();
            try (BackupServer first = server(held, one, "backup1", true)) {
                first.twins().round();
                assertTrue(door.catalog().read(view -> view.settings("pool.key/")).isEmpty());
            }
        }
    }

    @Test
    void whatCouldNotBeSharedIsToldAndTriedAgain(@TempDir Path catalog, @TempDir Path one) throws Exception {
        try (CatalogDoor door = new CatalogDoor(catalog)) {
            HeldCatalog held = new HeldCatalog();
            held.came(door.catalog());
            all.add(server("backup1", true));
            all.add(server("backup2", false));
            RecipientKey key = RecipientKey.generate();
            try (BackupServer first = server(held, one, "backup1", true)) {
                door.change(edit -> edit.putPool(Records.with(Rows.pool("main"), "keyRing", KeyRing.create(List.of(Recipient.of("appliance", key))).encoded())));
                Files.writeString(one.resolve("keys/main"), "garbage");
                first.twins().look();
                assertEquals(List.of("server.keys"), first.twins().alerts().stream().map(Alert::code).toList());
                Files.writeString(one.resolve("keys/main"), HexFormat.of().formatHex(key.seed()));
                first.twins().look();
                assertEquals(List.of(), first.twins().alerts());
                assertEquals(1, door.catalog().read(view -> view.settings("pool.key/")).size());
            }
        }
    }

    private BackupServer server(HeldCatalog held, Path home, String name, boolean leads) throws Exception {
        return new BackupServer(new Home(home), name, Set.of("server"), "0.1.0", new ServedCatalog(held, null, leads), servers, () -> null, CaDoor.open(home, InstantSource.system()),
                new Transports(), null);
    }

    /** What "server twin" brings over. */
    private static void twin(Path from, Path to) throws Exception {
        for (String file : List.of("ca/ca.p12", "server/signing-key")) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }
}
