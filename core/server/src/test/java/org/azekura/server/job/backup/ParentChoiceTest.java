package org.azekura.server.job.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.job.run.JobRows;
import org.junit.jupiter.api.Test;

class ParentChoiceTest {

    private static final PoolName POOL = new PoolName("default");
    private static final SaveSetName SET = new SaveSetName("srv");
    private static final ChunkId ROOT = new ChunkId(1, 2, 3, 4);
    private static final SnapshotId OLD = new SnapshotId(0, 1);
    private static final SnapshotId NEW = new SnapshotId(0, 2);

    private final JobRows rows = new JobRows(new Pool(POOL, new NodeName("host"), new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3, 50,
            new byte[0], Instant.EPOCH, null));

    private void saved(SnapshotId id) {
        rows.snapshots.add(new Snapshot(id, new JobId(1), POOL, JobRows.CLIENT, SET, ROOT, null, Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0, new byte[0]));
    }

    private void delete(SnapshotId id) {
        rows.snapshots.removeIf(snapshot -> snapshot.id().equals(id));
        rows.deletions.add(new Deletion(id, POOL, JobRows.CLIENT, ROOT, Instant.EPOCH));
    }

    private SnapshotId choice(SnapshotId held, boolean goesOn) throws BackupException {
        return rows.store().read(view -> new ParentChoice(JobRows.CLIENT, SET, POOL).of(view, held, goesOn));
    }

    @Test
    void theNewestIsTakenAndNoneIfThereIsNone() throws Exception {
        assertNull(choice(null, false));
        saved(OLD);
        saved(NEW);
        assertEquals(NEW, choice(null, false));
    }

    @Test
    void whatIsHeldIsKeptThoughThereIsANewerOne() throws Exception {
        saved(OLD);
        saved(NEW);
        assertEquals(OLD, choice(OLD, true));
        assertEquals(OLD, choice(OLD, false));
    }

    @Test
    void whatWasDeletedWhileTheJobWasCutOffIsKeptAsLongAsItIsHeld() throws Exception {
        saved(OLD);
        saved(NEW);
        delete(OLD);
        assertEquals(OLD, choice(OLD, true));
        rows.deletions.clear();
        assertNull(choice(OLD, true), "never a newer one");
    }

    @Test
    void aJobThatBeginsAnewTakesTheNewestInsteadOfWhatWasDeleted() throws Exception {
        saved(OLD);
        saved(NEW);
        delete(OLD);
        assertEquals(NEW, choice(OLD, false));
    }
}
