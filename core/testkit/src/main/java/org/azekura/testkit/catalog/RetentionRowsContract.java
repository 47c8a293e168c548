package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.BlobLock;
import org.junit.jupiter.api.Test;

/** {@link ProtectionRowsContract}, and what keeps snapshots. */
public interface RetentionRowsContract extends ProtectionRowsContract {

    private static Snapshot snapshot(long high) {
        return Rows.snapshot(high, "main", "web", "etc");
    }

    @Test
    default void keepsPinsAsLongAsTheirSnapshotsAreThere() throws Exception {
        SnapshotId first = snapshot(1).id();
        SnapshotId second = snapshot(2).id();
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putSnapshot(snapshot(2)), edit -> edit.putSnapshot(snapshot(1)));
        assertEquals(List.of(), read(view -> view.pins()));
        Pin forever = new Pin(second, Rows.TIME, null, "");
        Pin bounded = new Pin(first, Rows.TIME.plusSeconds(3), Rows.TIME.plusSeconds(4), "audit");
        change(edit -> edit.putPin(forever), edit -> edit.putPin(new Pin(first, Rows.TIME, null, "x")), edit -> edit.putPin(bounded));
        assertEquals(List.of(bounded, forever), read(view -> view.pins()));
        assertEquals(Optional.of(bounded), read(view -> view.pin(first)));
        change(edit -> edit.deletePin(first), edit -> edit.deletePin(first), edit -> edit.deleteSnapshot(second, Rows.TIME));
        assertEquals(List.of(), read(view -> view.pins()));
        store().read(view -> assertEmpty(view.pin(first)));
        assertThrows(BackupException.class, () -> change(edit -> edit.putPin(forever)), "its snapshot is not there");
    }

    @Test
    default void keepsTheLockOfAPoolForItsSetsToo() throws Exception {
        PoolName main = new PoolName("main");
        PoolName set = new PoolName("main.set2");
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putPool(Rows.pool("main.set2")), edit -> edit.putMediaSet(new MediaSet(set, main, 2)));
        assertEquals(Duration.ZERO, read(view -> view.lock(main)));
        change(edit -> edit.putLock(main, Duration.ofDays(1)), edit -> edit.putLock(main, Duration.ofDays(30)));
        assertEquals(Duration.ofDays(30), read(view -> view.lock(main)));
        assertEquals(Duration.ofDays(30), read(view -> view.lock(set)));
        assertEquals(Duration.ZERO, read(view -> view.lock(new PoolName("other"))));
        change(edit -> edit.deletePool(main));
        change(edit -> edit.putPool(Rows.pool("main")));
        assertEquals(Duration.ZERO, read(view -> view.lock(main)));
    }

    @Test
    default void keepsWhatTheMediumWasToldToLock() throws Exception {
        PoolName main = new PoolName("main");
        Pack pack = Rows.pack(1, "main", 7);
        BlobLock lock = new BlobLock(BlobLock.Mode.COMPLIANCE, Rows.TIME.truncatedTo(ChronoUnit.SECONDS));
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putVolume(Rows.volume(7, "main", "main-1")), edit -> edit.putPack(pack), edit -> edit.putPack(Rows.pack(2, "main", 7)));
        assertEquals(Map.of(), locked(main));
        change(edit -> edit.putLocked(pack.id(), pack.volume(), lock), edit -> edit.putLocked(new PackId(-2, 9), pack.volume(), lock), edit -> edit.putPack(pack));
        assertEquals(Map.of(pack.id(), lock), locked(main));
        assertEquals(Map.of(), locked(new PoolName("other")));
        change(edit -> edit.deletePack(pack.id(), pack.volume()), edit -> edit.putPack(pack));
        assertEquals(Map.of(), locked(main));
    }

    private Map<PackId, BlobLock> locked(PoolName pool) throws BackupException {
        return read(view -> {
            Map<PackId, BlobLock> all = new HashMap<>();
            view.eachLocked(pool, all::put);
            return all;
        });
    }

    @Test
    default void keepsTheModeOfALock() throws Exception {
        PoolName main = new PoolName("main");
        PoolName set = new PoolName("main.set2");
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putPool(Rows.pool("main.set2")), edit -> edit.putMediaSet(new MediaSet(set, main, 2)),
                edit -> edit.putLockMode(main, BlobLock.Mode.COMPLIANCE));
        assertEquals(BlobLock.Mode.GOVERNANCE, read(view -> view.lockMode(main)), "it has no lock");
        change(edit -> edit.putLock(main, Duration.ofDays(1)));
        assertEquals(BlobLock.Mode.GOVERNANCE, read(view -> view.lockMode(main)));
        change(edit -> edit.putLockMode(main, BlobLock.Mode.COMPLIANCE), edit -> edit.putLock(main, Duration.ofDays(2)));
        assertEquals(BlobLock.Mode.COMPLIANCE, read(view -> view.lockMode(main)));
        assertEquals(BlobLock.Mode.COMPLIANCE, read(view -> view.lockMode(set)));
    }
}
