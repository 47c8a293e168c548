package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.User;
import org.azekura.api.server.Appliance;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.pool.CheckpointTurn.Reach;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keeper with its own clock, on media that say what a checkpoint would have said. */
class CheckpointKeeperTest {

    private static final PoolName DISK = new PoolName("disk");
    private static final PoolName TAPE = new PoolName("tape");

    @TempDir
    Path dir;

    private CatalogDoor door;
    private CatalogStore catalog;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final List<PoolName> written = new ArrayList<>();
    private final Map<PoolName, Reach> reach = new HashMap<>(Map.of(DISK, Reach.AT_ONCE, TAPE, Reach.THERE));
    private Optional<String> problem = Optional.empty();
    private CheckpointKeeper keeper;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(dir);
        catalog = door.catalog();
        catalog.write(edit -> {
            edit.putPool(Rows.pool("disk"));
            edit.putPool(Rows.pool("tape"));
            return null;
        });
        keeper = new CheckpointKeeper(catalog, new Media(), () -> now);
    }

    @AfterEach
    void close() {
        keeper.close();
        door.close();
    }

    private final class Media implements CheckpointKeeper.Ground {

        @Override
        public List<Pool> media() throws BackupException {
            return catalog.read(CatalogView::pools);
        }

        @Override
        public CheckpointKeeper.Reached reached(List<Pool> pools) {
            return new CheckpointKeeper.Reached(reach, true);
        }

        @Override
        public void bringAuditBack() {}

        @Override
        public void lookAtDevices() throws BackupException {
            throw BackupException.network("node.offline", "n", "node n is not connected", null);
        }

        @Override
        public Optional<String> write(Pool pool) {
            written.add(pool.name());
            if (problem.isEmpty()) {
                try {
                    catalog.write(edit -> {
                        edit.putSetting("checkpoint." + pool.name(), Said.of(edit, pool.name()).toString());
                        LastCheckpoint.of(edit, now).note(edit, pool.name());
                        return null;
                    });
                } catch (BackupException e) {
                    throw new IllegalStateException(e);
                }
            }
            return problem;
        }
    }

    /** A round a minute, or where days go by, an hour. */
    private List<PoolName> rounds(Duration time) throws Exception {
        written.clear();
        long step = time.toHours() < 24 ? 60 : 3600;
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(step)) {
            keeper.round();
        }
        return List.copyOf(written);
    }

    private void putUser(String name) throws Exception {
        catalog.write(edit -> {
            edit.putUser(new User(new UserName(name), Role.ADMIN, Set.of(), "hash", false, false, SecondFactor.NONE, Rows.TIME, null));
            return null;
        });
    }

    @Test
    void nothingIsWrittenWhereNobodyHasLaidAnythingDown() throws Exception {
        assertEquals(List.of(), rounds(Duration.ofHours(30)));
        assertTrue(keeper.saved().stream().allMatch(Appliance.Saved::current));
    }

    @Test
    void whatWasLaidDownIsOnEachMediumThatIsThereOnce() throws Exception {
        putUser("alice");
        assertEquals(List.of(), rounds(Duration.ofMinutes(3)));
        putUser("bob");
        assertEquals(List.of(), rounds(Duration.ofMinutes(5)), "somebody is typing");
        assertFalse(keeper.saved().getFirst().current());
        assertEquals(List.of(DISK, TAPE), rounds(Duration.ofMinutes(5)), "no cartridge was ever written");
        assertEquals(List.of(true, true), keeper.saved().stream().map(Appliance.Saved::current).toList());
        assertEquals(List.of(), rounds(Duration.ofHours(30)), "nothing has changed");
        putUser("carol");
        reach.put(TAPE, Reach.AWAY);
        assertEquals(List.of(DISK), rounds(Duration.ofDays(5)));
        assertEquals(List.of(), keeper.alerts());
        reach.put(TAPE, Reach.THERE);
        assertEquals(List.of(TAPE), rounds(Duration.ofMinutes(10)));
    }

    @Test
    void aCartridgeThatIsAwayForAWeekIsToldAndAFailureIsTriedHourly() throws Exception {
        reach.put(TAPE, Reach.AWAY);
        putUser("alice");
        rounds(Duration.ofDays(8));
        assertEquals(List.of("checkpoint.old tape"), keeper.alerts().stream().map(alert -> alert.code() + " " + alert.subject().name()).toList());
        problem = Optional.of("the disk is full");
        putUser("bob");
        assertEquals(3, rounds(Duration.ofMinutes(150)).size());
        assertEquals("the disk is full", keeper.saved().getFirst().problem());
        problem = Optional.empty();
        rounds(Duration.ofHours(2));
        assertEquals("", keeper.saved().getFirst().problem());
    }

    @Test
    void byHandItIsWrittenAtOnceAndWhatIsAwayIsNamed() throws Exception {
        reach.put(TAPE, Reach.AWAY);
        putUser("alice");
        keeper.all();
        assertEquals(List.of(DISK), written);
        assertEquals(List.of("", "its medium is not there"), keeper.saved().stream().map(Appliance.Saved::problem).toList());
        keeper.all();
        assertEquals(List.of(DISK), written, "it says everything");
    }

    @Test
    void nothingIsWrittenWhileACatalogIsRebuilt() throws Exception {
        putUser("alice");
        catalog.write(edit -> {
            edit.putSetting("rebuild", "running");
            return null;
        });
        assertEquals("catalog.rebuilding", assertThrows(BackupException.class, () -> rounds(Duration.ofMinutes(9))).failure().code());
        assertEquals(List.of(), written);
    }
}
