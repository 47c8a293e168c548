package org.azekura.server.job.damage;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.PackAnswer;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.TreeStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verify of a whole pool meets a snapshot whose tree a prune has taken. */
class DeletedMeanwhileTest {

    private static final ChunkId ROOT = new ChunkId(1, 2, 3, 4);

    @TempDir
    Path dir;

    private final Pool pool = new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3, 50,
            new byte[0], Instant.EPOCH, null);
    private final JobRows rows = new JobRows(pool);
    private TreeStore trees;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        trees = TreeStore.open(Files.createDirectory(dir.resolve("trees")));
        stage = new Stage(new ApplianceId(1, 1), rows.store(), null, null, new PoolVault(dir.resolve("keys"), rows.store()), trees, new NodeName("host"), null, null, null);
        rows.snapshots.add(new Snapshot(new SnapshotId(0, 1), new JobId(1), pool.name(), JobRows.CLIENT, new SaveSetName("srv"), ROOT, null,
                Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0, new byte[0]));
    }

    @AfterEach
    void close() {
        trees.close();
    }

    private DamageSearch.Hit search() throws Exception {
        PackId pack = new PackId(1, 1);
        return new DamageSearch(stage, pool).hits(List.of(new PackAnswer.DamagedPack(pack, new VolumeId(1, 1), List.of(ROOT), List.of(), "damaged"))).get(pack);
    }

    @Test
    void itsChunksAreNotMissed() throws Exception {
        rows.afterListing = rows.snapshots::clear;
        ChunkCensus census = ChunkCensus.ofAll(stage, pool, null, true, new Halt());
        assertEquals(List.of(), census.lost());
        assertEquals(List.of(), census.packs());
    }

    /** What goes through all snapshots of a pool may take hours. */
    @Test
    void whoeverEndsTheJobEndsTheLook() {
        Halt halt = new Halt();
        halt.say(BackupException.operator("job.cancelled", "", ""));
        assertRefused("job.cancelled", () -> new LostPacks(stage).look(pool, null, halt));
        IdSet ids = new IdSet();
        ids.add(ROOT);
        assertRefused("job.cancelled", () -> DamageSearch.needing(stage, pool, ids, halt));
        Halt later = new Halt();
        rows.afterListing = () -> later.say(BackupException.operator("job.cancelled", "", ""));
        assertRefused("job.cancelled", () -> new LostPacks(stage).look(pool, null, later));
        assertEquals(Map.of(), rows.settings);
    }

    @Test
    void damageIsNotNamedByIt() throws Exception {
        rows.afterListing = rows.snapshots::clear;
        assertEquals(new DamageSearch.Hit(List.of(), List.of()), search());
    }

    @Test
    void aTreeThatASnapshotNeedsAndThatIsNotThereIsAFault() {
        assertRefused("tree.missing", () -> ChunkCensus.ofAll(stage, pool, null, true, new Halt()));
        assertRefused("tree.missing", this::search);
    }
}
