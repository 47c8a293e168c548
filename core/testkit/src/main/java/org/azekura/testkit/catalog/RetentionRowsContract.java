package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Snapshot;
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
}
