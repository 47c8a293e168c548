package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertRow;
import static org.azekura.testkit.catalog.Records.assertRows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Snapshot;
import org.junit.jupiter.api.Test;

/** {@link CatalogHostsContract}, and what lists leave out and how few of many rows are asked for. */
public interface CatalogListsContract extends CatalogHostsContract {

    @Test
    default void findsSnapshotsByHowTheirIdsBegin() throws Exception {
        twoPools();
        Snapshot first = Rows.snapshot(0x7abcL << 48, "main", "web", "etc");
        Snapshot second = Rows.snapshot((0x7abcL << 48) + 0xffff, "offsite", "db", "etc");
        Snapshot next = Rows.snapshot(0x7abdL << 48, "main", "web", "etc");
        Snapshot last = Rows.snapshot(-1, "main", "web", "etc");
        change(edit -> edit.putSnapshot(last), edit -> edit.putSnapshot(next), edit -> edit.putSnapshot(second), edit -> edit.putSnapshot(first));
        assertRows(Rows.listed(first, second, next), read(view -> view.snapshotsBeginningWith("7ab")));
        assertRows(Rows.listed(first, second), read(view -> view.snapshotsBeginningWith("7ABC")));
        assertRows(Rows.listed(second), read(view -> view.snapshotsBeginningWith(second.id().toString())));
        assertRows(Rows.listed(last), read(view -> view.snapshotsBeginningWith("f")));
        for (String none : List.of("7abb", "7abe", "7ab%", "7a_c", " 7abc", "-1", "\u0667abc", first.id() + "0")) {
            assertRows(List.of(), read(view -> view.snapshotsBeginningWith(none)));
        }
    }

    @Test
    default void findsNoMoreThanTenSnapshotsByHowTheirIdsBegin() throws Exception {
        twoPools();
        List<Snapshot> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(Rows.snapshot(i, "main", "web", "etc"));
            change(edit -> edit.putSnapshot(all.getLast()));
        }
        assertRows(Rows.listed(all.subList(0, 10).toArray(Snapshot[]::new)), read(view -> view.snapshotsBeginningWith("0000")));
    }

    @Test
    default void refusesToLoseWhatAListLeftOut() throws Exception {
        twoPools();
        Job job = Rows.job(1, Job.State.RUNNING);
        Snapshot snapshot = Rows.snapshot(1, "main", "web", "etc");
        change(edit -> edit.putJob(job), edit -> edit.putSnapshot(snapshot));
        assertThrows(BackupException.class, () -> change(edit -> edit.putJob(edit.jobs(true).getFirst())));
        assertThrows(BackupException.class, () -> change(edit -> edit.putSnapshot(edit.snapshots(null).getFirst())));
        assertRow(job, read(view -> view.job(job.id())));
        assertRow(snapshot, read(view -> view.snapshot(snapshot.id())));
    }

    @Test
    default void endsAWalkOverPacksWithWhatItsUserThrows() throws Exception {
        twoPools();
        change(edit -> edit.putPack(Rows.pack(1, "main", 1)), edit -> edit.putPack(Rows.pack(2, "main", 1)));
        IllegalArgumentException stop = new IllegalArgumentException("enough");
        List<Pack> seen = new ArrayList<>();
        assertSame(stop, assertThrows(IllegalArgumentException.class, () -> change(edit -> edit.eachPack(MAIN, pack -> {
            seen.add(pack);
            throw stop;
        }))));
        assertEquals(1, seen.size());
        assertEquals(2, read(view -> view.packs(MAIN)).size());
    }
}
