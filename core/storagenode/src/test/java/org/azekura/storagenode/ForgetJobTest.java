package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.azekura.api.DeviceName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges that operators give up. */
@Timeout(300)
class ForgetJobTest {

    @TempDir
    Path dir;
    private TapeSite site;

    @BeforeEach
    void begin() throws Exception {
        site = new TapeSite(dir, 6);
        for (int day = 0; day < 11; day++) {
            site.backup(2_600_000);
        }
    }

    @AfterEach
    void end() {
        site.close();
    }

    private Volume number(int number) throws Exception {
        return site.volumes().stream().filter(one -> one.number() == number).findFirst().orElseThrow();
    }

    private Job forget(String name, boolean lost) throws Exception {
        return site.appliance.run(new JobOrder.Forget(name, "burnt", lost));
    }

    private Set<SnapshotId> damaged() throws Exception {
        Job verified = site.appliance.run(new JobOrder.Verify(TapeSite.TAPE, null, JobOrder.Depth.INDEX, 0, 0));
        JobResult.Verify found = (JobResult.Verify) site.appliance.server.jobs().result(verified.id()).orElseThrow();
        return Set.copyOf(found.damaged().stream().flatMap(one -> one.snapshots().stream()).toList());
    }

    private String log(Job job) {
        try {
            return site.log(job);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The robot has noticed. */
    private void burn(Volume volume) throws Exception {
        site.faults("take " + volume.barcode());
        site.appliance.run(new JobOrder.Inventory(new DeviceName("lib1"), null, false));
        assertEquals(Volume.State.MISSING, number(volume.number()).state());
    }

    @Test
    void whatABurntCartridgeHadIsNamedAndHealedByTheNextBackup() throws Exception {
        Volume second = number(2);
        burn(second);
        Job refused = forget(second.barcode(), false);
        assertEquals(Job.State.FAILED, refused.state(), site.log(refused));
        assertTrue(refused.error().contains(" need") && refused.error().contains("--lost"), refused.error());
        assertEquals(Volume.State.MISSING, number(2).state());
        Job given = forget(second.barcode(), true);
        assertEquals(Job.State.WARNED, given.state(), site.log(given));
        assertEquals(Volume.State.EXPIRED, number(2).state());
        assertEquals("given up: burnt", number(2).why());
        List<SnapshotId> lost = site.kept.keySet().stream().filter(snapshot -> refused.error().contains(snapshot.toString())).toList();
        assertFalse(lost.isEmpty());
        assertEquals(Set.copyOf(lost), damaged());
        for (SnapshotId snapshot : new ArrayList<>(site.kept.keySet())) {
            if (lost.contains(snapshot)) {
                site.delete(snapshot);
            }
        }
        site.backupAgain();
        site.assertKept();
        // the others leave as before
        String log = site.log(site.prune());
        assertFalse(log.contains("no cartridge leaves"), log);
        assertTrue(site.volumes().stream().noneMatch(volume -> volume.number() == 2 && volume.state() != Volume.State.EXPIRED), site.volumes().toString());
    }

    /** Its label is the pool's, and stays known. */
    @Test
    void theFirstCartridgeOfAPoolMayBurnToo() throws Exception {
        Volume first = number(1);
        burn(first);
        Job given = forget(first.barcode(), true);
        assertEquals(Job.State.WARNED, given.state(), site.log(given));
        assertTrue(site.kept.keySet().stream().allMatch(snapshot -> log(given).contains(snapshot.toString())), "all need what was there from the first day on");
        site.backup(1_000_000);
        assertTrue(site.log(site.last).contains("everything is read again"), site.log(site.last));
        Set<SnapshotId> damaged = damaged();
        assertTrue(!damaged.isEmpty() && damaged.size() < 6, "most are whole again: " + damaged);
        for (SnapshotId snapshot : damaged) {
            site.delete(snapshot);
        }
        site.assertKept();
    }

    @Test
    void whatCannotBeReadKeepsItsCartridgeNoLonger() throws Exception {
        Volume second = number(2);
        site.faults(IntStream.range(8, 11).mapToObj(block -> "read block " + block + " of " + second.barcode() + " always: medium error").toArray(String[]::new));
        Job stays = site.appliance.run(new JobOrder.Repack(List.of(second.barcode())));
        assertEquals(Job.State.FAILED, stays.state(), site.log(stays));
        Job refused = forget(second.barcode(), false);
        assertTrue(refused.error().startsWith("volume tape-2") && refused.error().contains(" that count"), refused.error());
        Job given = forget(second.barcode(), true);
        assertEquals(Job.State.WARNED, given.state(), site.log(given));
        assertEquals(Volume.State.EXPIRED, number(2).state());
        site.faults("# none");
        List<SnapshotId> lost = site.kept.keySet().stream().filter(snapshot -> refused.error().contains(snapshot.toString())).toList();
        assertTrue(!lost.isEmpty() && lost.size() < 4, "what could be read was copied: " + refused.error());
        for (SnapshotId snapshot : lost) {
            site.delete(snapshot);
        }
        site.assertKept();
    }

    @Test
    void oneThatCanBeReadIsCopiedAndNothingIsLost() throws Exception {
        Job given = forget("tape-2", false);
        assertEquals(Job.State.DONE, given.state(), site.log(given));
        assertTrue(site.log(given).contains("all that counted there was copied"), site.log(given));
        site.assertKept();
    }
}
