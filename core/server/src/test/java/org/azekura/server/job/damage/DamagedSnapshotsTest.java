package org.azekura.server.job.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedSnapshotsTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName COPY = new PoolName("main.in.other");
    private static final Snapshot SNAPSHOT = Rows.snapshot(1, "main", "web", "etc");

    @TempDir
    Path home;
    private CatalogDoor door;
    private DamagedSnapshots damaged;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        damaged = new DamagedSnapshots(door.catalog());
        door.change(edit -> {
            edit.putPool(Rows.pool("main"));
            edit.putPool(Rows.pool("other"));
            edit.putPool(Rows.pool(COPY.value()));
            edit.putReplica(new Replica(COPY, MAIN, new PoolName("other")));
            edit.putSnapshot(SNAPSHOT);
            edit.putCopy(new SnapshotCopy(SNAPSHOT.id(), COPY, new JobId(1), Instant.EPOCH, false));
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private boolean isDamaged(PoolName pool) throws BackupException {
        return door.catalog().read(view -> DamagedSnapshots.isDamaged(view, pool, SNAPSHOT.id()));
    }

    private long counted(PoolName pool) throws BackupException {
        return door.catalog().read(view -> DamagedSnapshots.counted(view, pool));
    }

    @Test
    void whatIsDamagedInOnePlaceIsForgivenThereAlone() throws Exception {
        for (PoolName pool : List.of(MAIN, COPY)) {
            damaged.rememberLost(pool, List.of(SNAPSHOT.id()));
        }
        assertTrue(damaged.forgive(COPY, List.of(SNAPSHOT.id()), counted(COPY)));
        assertFalse(isDamaged(COPY));
        assertTrue(isDamaged(MAIN));
        assertTrue(damaged.forgive(MAIN, List.of(SNAPSHOT.id()), counted(MAIN)));
        assertFalse(isDamaged(MAIN));
    }

    private DamagedSnapshots.Flag flag() throws BackupException {
        return door.catalog().read(view -> DamagedSnapshots.in(view, MAIN)).get(SNAPSHOT.id());
    }

    /** Another pack of the same snapshot says nothing of it. */
    @Test
    void whatCouldNotBeReadIsAnsweredByItsOwnPacksAlone() throws Exception {
        PackId one = new PackId(1, 1);
        PackId two = new PackId(2, 2);
        damaged.rememberIn(MAIN, SNAPSHOT.id(), List.of(one));
        assertFalse(flag().isAnswered(Set.of(two), true));
        assertTrue(flag().isAnswered(Set.of(one, two), true));
        damaged.rememberIn(MAIN, SNAPSHOT.id(), List.of(two));
        damaged.rememberLost(MAIN, List.of(SNAPSHOT.id()));
        assertEquals(new DamagedSnapshots.Flag(false, Set.of(one, two)), flag());
        assertFalse(flag().isAnswered(Set.of(one), true));
        damaged.remember(MAIN, List.of(SNAPSHOT.id()));
        damaged.rememberIn(MAIN, SNAPSHOT.id(), List.of(one));
        assertEquals(new DamagedSnapshots.Flag(false, Set.of()), flag(), "somewhere else, too");
        assertFalse(flag().isAnswered(Set.of(one), false));
        assertTrue(flag().isAnswered(Set.of(), true));
    }

    @Test
    void nothingIsForgivenIfDamageWasFoundMeanwhile() throws Exception {
        damaged.rememberLost(MAIN, List.of(SNAPSHOT.id()));
        long before = counted(MAIN);
        damaged.rememberLost(MAIN, List.of(SNAPSHOT.id()));
        assertFalse(damaged.forgive(MAIN, List.of(SNAPSHOT.id()), before));
        assertTrue(isDamaged(MAIN));
    }

    /** What somebody could not open says more than what a storage node knows to be lost. */
    @Test
    void whatNobodyCanExplainIsNotTakenForExplainedByALossThatComesLater() throws Exception {
        damaged.remember(MAIN, List.of(SNAPSHOT.id()));
        damaged.rememberLost(MAIN, List.of(SNAPSHOT.id()));
        assertEquals(new DamagedSnapshots.Flag(false, Set.of()), flag());
    }
}
