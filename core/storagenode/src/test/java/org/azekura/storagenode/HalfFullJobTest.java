package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool of which all cartridges are half full, and none is free but the one that it leaves for copies. */
@Timeout(300)
class HalfFullJobTest {

    private static final int ROUNDS = 2;

    @TempDir
    Path dir;

    /** Backups until one waits for a cartridge. */
    private static JobId fill(TapeSite site) throws Exception {
        for (int i = 0; i < 40; i++) {
            Job job = site.backup(1_300_000);
            if (job.state() == Job.State.PARKED) {
                assertTrue(job.error().contains("left for copies"), job.error());
                return job.id();
            }
        }
        throw new AssertionError("nothing waits " + site.volumes());
    }

    /** Of every two snapshots one goes: what is left lies on all cartridges. */
    private static void halve(TapeSite site) throws Exception {
        List<SnapshotId> all = new ArrayList<>(site.kept.keySet());
        for (int i = 0; i < all.size(); i += 2) {
            site.delete(all.get(i));
        }
    }

    @Test
    void roomIsWonWhereAllCartridgesAreHalfFull() throws Exception {
        try (TapeSite site = new TapeSite(dir, 5)) {
            // what is copied away is so for want of room alone
            site.appliance.server.pools().rule(TapeSite.TAPE, new Pools.Rules(null, null, null, 5, null, null));
            for (int round = 0; round < ROUNDS; round++) {
                JobId parked = fill(site);
                List<String> warnings = site.appliance.server.status().warnings();
                assertTrue(warnings.stream().anyMatch(line -> line.contains("left for copies")), warnings.toString());
                halve(site);
                String log = site.log(site.prune());
                assertTrue(log.contains("its pool needs room"), log);
                site.took(site.appliance.awaitEnd(parked));
                site.assertKept();
            }
        }
    }
}
