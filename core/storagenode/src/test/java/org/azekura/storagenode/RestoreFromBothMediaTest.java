package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot on cartridges has a copy on a disk, which is read first and then fails. */
@Timeout(300)
class RestoreFromBothMediaTest {

    private static final PoolName DISK = new PoolName("default");
    private static final String COPIES = "copies/tape/" + VolumeKeys.PACKS;

    @TempDir
    Path dir;

    private HandledSite site;
    private Path source;
    private SnapshotId snapshot;

    @BeforeEach
    void begin() throws Exception {
        site = new HandledSite(dir);
        source = site.random("source", 5_000_000);
        site.random("source/more", 10_000);
        snapshot = site.backup(source);
        site.assertEnded(Job.State.DONE, site.appliance.run(new JobOrder.Copy(DISK, HandledSite.TAPE, snapshot)));
        site.shelveAll();
    }

    @AfterEach
    void end() {
        site.close();
    }

    private List<PoolName> elsewhere(Job job) throws Exception {
        return ((JobResult.Restore) site.appliance.server.jobs().result(job.id()).orElseThrow()).elsewhere().stream().map(JobResult.Elsewhere::pool).toList();
    }

    private Job restored() throws Exception {
        Path target = site.target();
        Job job = site.restore(snapshot, target);
        site.assertEnded(Job.State.DONE, job);
        site.assertSame(source, target);
        return job;
    }

    @Test
    void whatTheDiskHasLostComesFromTheCartridge() throws Exception {
        for (String pack : site.disk.keys(COPIES)) {
            site.disk.plant(pack, null);
        }
        assertEquals(List.of(HandledSite.TAPE), elsewhere(restored()));
    }

    /** The order of the plan changes: what was placed by path is placed again. */
    @Test
    void whenTheDiskFailsTheRestoreGoesOnInTheOrderOfTheCartridge() throws Exception {
        site.trouble.on(Call.READ, COPIES, 2, new Fault.PowerLoss());
        Job job = restored();
        assertTrue(site.log(job).contains("goes on from pool tape on storage node"), () -> job.toString());
    }
}
