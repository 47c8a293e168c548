package org.azekura.server.job.recycle;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.damage.Compared;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.Surrenders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.ForgottenVolume;
import org.azekura.server.pool.PoolCheckpoint;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cartridge is given up, and the machine fails between its node and the catalog. */
class SurrenderingTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final Snapshot NEEDS = Rows.snapshot(1, "main", "web", "etc");
    private static final Snapshot OTHER = Rows.snapshot(2, "main", "web", "srv");
    private static final Snapshot LATER = Rows.snapshot(3, "main", "web", "home");

    @TempDir
    Path home;
    private CatalogDoor door;
    private CatalogStore catalog;
    private final Pool pool = Rows.pool("main");
    private final Volume row = Records.with(Rows.volume(2, "main", "main-2"), "barcode", "A2");

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        door.change(edit -> {
            edit.putPool(pool);
            edit.putVolume(new Volume(row.id(), MAIN, "main-2", "A2", Volume.State.FULL, "slot", 5, 100, row.id(), 2, null, null, null, 0, null));
            edit.putPack(Rows.pack(7, "main", 2));
            edit.putSnapshot(NEEDS);
            edit.putSnapshot(OTHER);
            edit.putSetting("checkpoint.main", "1 2 0 0");
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Surrendering giving() throws BackupException {
        Stage stage = new Stage(null, catalog, null, null, null, null, null, null, null, null);
        return new Surrendering(stage, null, ForgottenVolume.of(catalog, "A2"), List.of(pool), null);
    }

    private static Surrendering.Loss loss(List<SnapshotId> needing) {
        return new Surrendering.Loss(1, Map.of(MAIN, needing), Map.of(MAIN, Set.of(NEEDS.id(), OTHER.id())));
    }

    private boolean isDamaged(Snapshot snapshot) throws BackupException {
        return catalog.read(view -> DamagedSnapshots.isDamaged(view, snapshot.id()));
    }

    private void cutOff(Surrendering.Word atNode) {
        assertRefused("node.lost", () -> giving().carryOut("burnt", loss(List.of(NEEDS.id())), () -> {
            atNode.say();
            throw BackupException.network("node.lost", "n1", "no answer", null);
        }));
    }

    @Test
    void whatIsDamagedIsKnownBeforeItsNodeDropsAnything() throws Exception {
        cutOff(() -> {
            assertTrue(isDamaged(NEEDS));
            assertTrue(PoolCheckpoint.isDue(catalog, MAIN));
        });
        assertFalse(isDamaged(OTHER));
        assertEquals(Volume.State.FULL, catalog.read(view -> view.volume(row.id())).orElseThrow().state());
    }

    @Test
    void whoGoesOnKnowsWhatWasFoundFirst() throws Exception {
        assertFalse(giving().isBegun());
        cutOff(() -> { });
        assertTrue(giving().isBegun(), "its node is not asked whether all was copied: it has dropped what was not");
        assertEquals(List.of(NEEDS.id()), giving().begun(pool));
        giving().carryOut("burnt", loss(giving().begun(pool)), () -> { });
        assertFalse(giving().isBegun());
        assertTrue(isDamaged(NEEDS));
        assertEquals(Volume.State.EXPIRED, catalog.read(view -> view.volume(row.id())).orElseThrow().state());
        assertTrue(PoolCheckpoint.isDue(catalog, MAIN));
    }

    @Test
    void ofWhatWasDeletedMeanwhileNothingIsSaid() throws Exception {
        cutOff(() -> { });
        door.change(edit -> edit.deleteSnapshot(NEEDS.id(), Rows.TIME));
        assertEquals(List.of(), giving().begun(pool));
    }

    @Test
    void aSnapshotThatCameWhenAllWereLookedAtIsDamaged() throws Exception {
        giving().carryOut("burnt", loss(List.of(NEEDS.id())), () -> door.change(edit -> edit.putSnapshot(LATER)));
        assertTrue(isDamaged(LATER));
        assertFalse(isDamaged(OTHER));
    }

    @Test
    void aBackupThatHasBegunBeforeMakesADamagedOne() throws Exception {
        Compared parent = compared(NEEDS.id());
        Compared nothing = compared(null);
        assertFalse(hasLost(parent) || hasLost(nothing));
        giving().carryOut("burnt", loss(List.of(NEEDS.id())), () -> {
            assertTrue(hasLost(parent), "what it has taken over is dropped now");
        });
        assertTrue(hasLost(parent) && hasLost(nothing));
        assertTrue(hasLost(compared(NEEDS.id())));
        assertFalse(hasLost(compared(null)), "this one is told what is not there");
        assertTrue(isKnown(parent) && isKnown(nothing));
        new DamagedSnapshots(catalog).remember(MAIN, List.of(NEEDS.id()));
        assertTrue(!isKnown(parent) && isKnown(nothing), "what a restore has met is another matter");
    }

    private boolean isKnown(Compared compared) throws BackupException {
        return catalog.read(view -> compared.isKnown(view, MAIN));
    }

    private Compared compared(SnapshotId parent) throws BackupException {
        return new Compared(parent, catalog.read(view -> Surrenders.counted(view, MAIN)));
    }

    private boolean hasLost(Compared compared) throws BackupException {
        return catalog.read(view -> compared.hasLost(view, MAIN));
    }
}
