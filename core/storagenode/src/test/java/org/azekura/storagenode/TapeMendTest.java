package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged on cartridges is repaired from a copy on a disk: there is a place of each pack at every moment. */
@Timeout(300)
class TapeMendTest {

    private static final String COPY = "copies/tape/";
    private static final int SOME = 64;

    @TempDir
    Path dir;

    private static Job verify(TapeSite site) throws Exception {
        return site.appliance.run(new JobOrder.Verify(TapeSite.TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0));
    }

    private static List<JobResult.Damage> healed(TapeSite site, Job verify) throws Exception {
        assertEquals(Job.State.WARNED, verify.state(), () -> verify.toString());
        return ((JobResult.Verify) site.appliance.server.jobs().result(verify.id()).orElseThrow()).healed();
    }

    /** In the middle of its data. @return its key */
    private static String damaged(TapeSite site) throws Exception {
        String key = site.packs().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        byte[] pack = site.disk.content(COPY + key);
        site.damage(Arrays.copyOfRange(pack, pack.length / 2, pack.length / 2 + SOME));
        return key;
    }

    private static Set<String> known(TapeSite site) throws BackupException {
        return site.appliance.catalog().read(view -> view.packs(TapeSite.TAPE)).stream().map(Pack::id).map(VolumeKeys::pack).collect(Collectors.toSet());
    }

    /** Before each step of a drive, and of the robot. */
    @Test
    void whoeverIsCutOffMeanwhileHasTheOneThatWasThereOrTheOneThatCame() throws Exception {
        KilledAt killed = new KilledAt(false);
        try (TapeSite site = new TapeSite(dir, 4, killed)) {
            site.backup(300_000);
            site.assertDone(site.appliance.run(new JobOrder.Copy(TapeSite.DISK, TapeSite.TAPE, null)));
            SnapshotId snapshot = site.kept.keySet().iterator().next();
            Map<String, Long> packs = site.packs();
            boolean cut = true;
            for (int step = 0; cut; step++) {
                String when = "step " + step;
                String key = damaged(site);
                killed.at(step);
                verify(site);
                cut = killed.isDead();
                site.crash();
                assertEquals(packs, site.packs(), when);
                assertEquals(packs.keySet(), known(site), when);
                if (cut) {
                    verify(site);
                }
                Job again = verify(site);
                assertEquals(Job.State.DONE, again.state(), () -> when + ", " + key + ": " + again);
                site.assertKept(snapshot, TapeSite.TAPE);
            }
        }
    }

    /** Before each step of a drive, and of the robot: with the disk on which it waits. */
    @Test
    void whatWasSaidToBeSoundIsSoOnTape() throws Exception {
        KilledAt killed = new KilledAt(false);
        try (TapeSite site = new TapeSite(dir, 4, killed)) {
            site.backup(300_000);
            site.assertDone(site.appliance.run(new JobOrder.Copy(TapeSite.DISK, TapeSite.TAPE, null)));
            boolean cut = true;
            for (int step = 0; cut; step++) {
                String when = "step " + step;
                String key = damaged(site);
                Instant before = verified(site, key);
                killed.at(step);
                Job first = verify(site);
                cut = killed.isDead();
                boolean said = !verified(site, key).equals(before);
                site.crashWithoutSpool();
                Job again = verify(site);
                assertTrue(!said || again.state() == Job.State.DONE, () -> when + ", " + key + " was said to be sound: " + first + ", then " + again);
                assertTrue(said || cut, when);
            }
        }
    }

    /** Since ever, if it never was. */
    private static Instant verified(TapeSite site, String key) throws BackupException {
        AtomicReference<Instant> found = new AtomicReference<>(Instant.EPOCH);
        site.appliance.catalog().read(view -> {
            view.eachVerified(TapeSite.TAPE, (pack, at) -> {
                if (VolumeKeys.pack(pack).equals(key)) {
                    found.set(at);
                }
            });
            return null;
        });
        return found.get();
    }

    @Test
    void theCatalogSaysWhereItLiesThen() throws Exception {
        try (TapeSite site = new TapeSite(dir, 4)) {
            site.backup(300_000);
            site.assertDone(site.appliance.run(new JobOrder.Copy(TapeSite.DISK, TapeSite.TAPE, null)));
            String key = damaged(site);
            Map<String, String> before = places(site);
            assertEquals(List.of(key), healed(site, verify(site)).stream().map(one -> VolumeKeys.pack(one.pack())).toList());
            TwoSites.await("the new place of " + key, () -> !places(site).get(key).equals(before.get(key)) && !places(site).get(key).equals(key));
            Map<String, String> now = places(site);
            before.remove(key);
            assertTrue(now.entrySet().containsAll(before.entrySet()), () -> before + " " + now);
            assertEquals(before.size() + 1, site.appliance.catalog().read(view -> view.packs(TapeSite.TAPE)).size());
        }
    }

    private static Map<String, String> places(TapeSite site) throws BackupException {
        return site.appliance.catalog().read(view -> view.packs(TapeSite.TAPE)).stream().collect(Collectors.toMap(pack -> VolumeKeys.pack(pack.id()), Pack::position));
    }
}
