package org.azekura.server.job.recycle;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.ForgottenVolume;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closed set of two cartridges in the vault, with packs on the first only. */
class LostSetTest {

    private static final Snapshot NEEDS = Rows.snapshot(1, "main", "web", "etc");

    @TempDir
    Path home;
    private CatalogDoor door;
    private CatalogStore catalog;
    private final Pool pool = Rows.pool("main");

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        door.change(edit -> {
            edit.putPool(pool);
            edit.putSnapshot(NEEDS);
            edit.putVolume(member(1, "A1"));
            edit.putVolume(member(2, "A2"));
            edit.putPack(Rows.pack(7, "main", 1));
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static Volume member(int number, String barcode) {
        Volume row = with(with(Rows.volume(number, "main", "main-" + number), "barcode", barcode), "state", Volume.State.MISSING);
        return row.numbered(new VolumeId(-1, 1), number);
    }

    private Surrendering.Loss forgotten(String barcode) throws BackupException {
        Stage stage = new Stage(null, catalog, null, null, null, null, null, null, null, null);
        LostSet set = new LostSet(stage, ForgottenVolume.of(catalog, barcode), List.of(pool));
        Surrendering.Loss loss = set.loss();
        set.carryOut("burnt", loss);
        return loss;
    }

    private boolean isDamaged() throws BackupException {
        return catalog.read(view -> DamagedSnapshots.isDamaged(view, NEEDS.id()));
    }

    @Test
    void oneOnWhichNothingLiesTakesNoSnapshotAlong() throws Exception {
        assertFalse(forgotten("A2").isAny());
        assertFalse(isDamaged());
        assertTrue(forgotten("A1").isAny());
        assertTrue(isDamaged());
    }

    @Test
    void withTheLastOfASetAllOfItGoesWhateverLiesThere() throws Exception {
        PoolName main = pool.name();
        door.change(edit -> edit.putVolume(edit.volume(new VolumeId(-1, 1)).orElseThrow().in(Volume.State.EXPIRED, "given up: burnt")));
        Surrendering.Loss loss = forgotten("A2");
        assertEquals(0, loss.packs());
        assertEquals(List.of(NEEDS.id()), loss.snapshots().get(main));
        assertTrue(loss.isAny() && isDamaged());
    }
}
