package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertRow;
import static org.azekura.testkit.catalog.Records.assertRows;
import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.junit.jupiter.api.Test;

/** How every {@link CatalogStore} keeps what it knows of cartridges and drives. */
public interface CatalogMediaContract extends CatalogCopiesContract {

    private static PendingVolume pending(int number) {
        return new PendingVolume(MAIN, number, new VolumeId(-6, number), new VolumeId(-1, 1), "main-" + number, "A0000" + number + "L8", Rows.TIME,
                new VolumeId(-7, number));
    }

    @Test
    default void keepsEverythingOfAVolumeInASet() throws Exception {
        twoPools();
        Volume volume = new Volume(new VolumeId(-1, 9), MAIN, "main-3", "A00003L8", Volume.State.SUSPECT, "slot 3 of lib1", 11, 12, new VolumeId(-1, 1), 3, Rows.TIME,
                Rows.TIME.plusSeconds(1), "two drives could not read it", 4, null);
        change(edit -> edit.putVolume(volume));
        assertRow(volume, read(view -> view.volume(volume.id())));
        for (Volume.State state : Volume.State.values()) {
            change(edit -> edit.putVolume(volume.in(state, null)));
            assertRow(volume.in(state, null), read(view -> view.volume(volume.id())));
        }
        assertEquals(Volume.State.SUSPECT, volume.in(Volume.State.MISSING, "gone").in(Volume.State.LOCKED, "kept").was());
        assertEquals(Volume.State.SUSPECT, volume.in(Volume.State.EXPIRED, "left").after(Volume.State.SUSPECT).in(Volume.State.MISSING, "gone").was());
        change(edit -> edit.deleteVolume(volume.id()), edit -> edit.deleteVolume(volume.id()));
        Records.assertEmpty(read(view -> view.volume(volume.id())));
    }

    @Test
    default void keepsWhatIsToBeLabelledUntilItIs() throws Exception {
        twoPools();
        PendingVolume any = with(with(pending(3), "barcode", null), "overwrites", null);
        change(edit -> edit.putPending(pending(3)), edit -> edit.putPending(pending(2)), edit -> edit.putPending(any));
        assertEquals(List.of(pending(2), any), read(CatalogView::pendingVolumes));
        change(edit -> edit.deletePending(MAIN, 2), edit -> edit.deletePending(OFFSITE, 3));
        assertEquals(List.of(any), read(CatalogView::pendingVolumes));
        change(edit -> edit.deletePool(MAIN));
        assertEquals(List.of(), read(CatalogView::pendingVolumes));
    }

    @Test
    default void movesAPackToTheVolumeThatItLiesOn() throws Exception {
        twoPools();
        Pack pack = with(Rows.pack(1, "main", 1), "owner", new ClientName("web"));
        change(edit -> edit.putClient(Rows.client("web")), edit -> edit.putPack(pack), edit -> edit.putVerified(pack.id(), pack.volume(), Rows.TIME),
                edit -> edit.putPack(Rows.pack(2, "main", 1)), edit -> edit.placePack(pack.id(), MAIN, new VolumeId(-1, 2), "block 7"),
                edit -> edit.placePack(pack.id(), OFFSITE, new VolumeId(-1, 3), "block 8"));
        Pack placed = with(with(pack, "volume", new VolumeId(-1, 2)), "position", "block 7");
        assertRow(placed, read(view -> view.pack(pack.id(), MAIN)));
        assertEquals(2, read(view -> view.packs(MAIN)).size());
        assertEquals(List.of(1L, 1L, 0L), List.of(on(1), on(2), on(3)));
        assertEquals(List.of(pack.size(), 0L), List.of(read(view -> view.bytesOn(new VolumeId(-1, 2))), read(view -> view.bytesOn(new VolumeId(-1, 3)))));
        assertEquals(new Quota(new ClientName("web"), Quota.NONE, pack.size()), read(view -> view.quota(new ClientName("web"))).orElseThrow());
        List<Pack> leastVerified = new ArrayList<>();
        read(view -> {
            view.eachPackLeastVerified(MAIN, leastVerified::add);
            return null;
        });
        assertEquals(pack.id(), leastVerified.getLast().id());
        change(edit -> edit.placePack(pack.id(), MAIN, new VolumeId(-1, 2), "block 7"));
        assertRow(placed, read(view -> view.pack(pack.id(), MAIN)));
    }

    @Test
    default void keepsWhatIsGivenUp() throws Exception {
        ScratchVolume one = new ScratchVolume(new VolumeId(-8, 1), "old-1", "A00002L8", Rows.TIME, "its pool is gone");
        ScratchVolume two = with(with(one, "volume", new VolumeId(-8, 2)), "barcode", "A00001L8");
        change(edit -> edit.putScratch(one), edit -> edit.putScratch(two), edit -> edit.putScratch(two));
        assertEquals(List.of(two, one), read(CatalogView::scratchVolumes));
        change(edit -> edit.deleteScratch(two.volume()), edit -> edit.deleteScratch(two.volume()));
        assertEquals(List.of(one), read(CatalogView::scratchVolumes));
    }

    private long on(long volume) throws Exception {
        return read(view -> view.packsOn(new VolumeId(-1, volume)));
    }

    @Test
    default void keepsWhatAPoolMayHaveAndWhatDrivesSay() throws Exception {
        twoPools();
        assertEquals(MediaRules.usual(MAIN), read(view -> view.mediaRules(MAIN)));
        change(edit -> edit.putMediaRules(new MediaRules(MAIN, false, true)));
        assertEquals(new MediaRules(MAIN, false, true), read(view -> view.mediaRules(MAIN)));
        MediaRules all = new MediaRules(MAIN, true, false, Duration.ofDays(90), 25, Duration.ofDays(7), 5_000_000_000_000L, 2, Duration.ZERO, 0, true, 25);
        change(edit -> edit.putMediaRules(all));
        assertEquals(all, read(view -> view.mediaRules(MAIN)));
        DriveErrors errors = new DriveErrors("node-1/lib1/0", "A00003L8", 2, Rows.TIME, "block 7 can't be read");
        DriveErrors other = new DriveErrors("node-1/lib1/0", "A00001L8", 1, Rows.TIME, "x");
        DriveHealth health = new DriveHealth("node-1/lib1/0", DriveHealth.State.UNCLEAN, "TapeAlert 20", Rows.TIME);
        change(edit -> edit.putDriveErrors(with(errors, "errors", 1)), edit -> edit.putDriveErrors(errors), edit -> edit.putDriveErrors(other),
                edit -> edit.putDriveHealth(with(health, "state", DriveHealth.State.DOWN)), edit -> edit.putDriveHealth(health));
        assertEquals(List.of(other, errors), read(CatalogView::driveErrors));
        assertEquals(List.of(health), read(CatalogView::driveHealth));
        change(edit -> edit.deleteDriveErrors(other.drive(), other.barcode()), edit -> edit.deleteDriveHealth(health.drive()));
        assertEquals(List.of(errors), read(CatalogView::driveErrors));
        assertEquals(List.of(), read(CatalogView::driveHealth));
    }

    @Test
    default void keepsWhatDrivesCountedAndWhatCartridgesRemember() throws Exception {
        DriveMount one = new DriveMount("SN-1", "A00001L8", Rows.TIME, 1L << 40, 7, 12, -1, 0, true);
        DriveMount later = with(one, "loaded", Rows.TIME.plusSeconds(60));
        DriveMount other = with(with(one, "barcode", "A00002L8"), "drive", "SN-2");
        change(edit -> edit.putDriveMount(later), edit -> edit.putDriveMount(with(one, "written", 5L)), edit -> edit.putDriveMount(one), edit -> edit.putDriveMount(other));
        assertEquals(List.of(one, later), read(view -> view.driveMounts("A00001L8")));
        assertEquals(List.of(one, other, later), read(view -> view.driveMounts(null)));
        change(edit -> edit.deleteDriveMount(later), edit -> edit.deleteDriveMount(later), edit -> edit.putDriveMount(one.forgotten()));
        assertEquals(List.of(with(one, "held", false)), read(view -> view.driveMounts("A00001L8")));
        CartridgeLife life = new CartridgeLife("A00001L8", 3, Rows.TIME, 41, 1L << 42, 1L << 41, 0);
        CartridgeLife unknown = new CartridgeLife("A00000L8", 1, Rows.TIME, -1, -1, -1, -1);
        change(edit -> edit.putCartridgeLife(with(life, "mounts", 2)), edit -> edit.putCartridgeLife(life), edit -> edit.putCartridgeLife(unknown));
        assertEquals(List.of(unknown, life), read(CatalogView::cartridgeLives));
        assertEquals(Optional.of(life), read(view -> view.cartridgeLife("A00001L8")));
        assertEquals(Optional.empty(), read(view -> view.cartridgeLife("A00009L8")));
    }
}
