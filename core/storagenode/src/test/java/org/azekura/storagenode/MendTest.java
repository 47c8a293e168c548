package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.PackSource;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged in one place is repaired from another. */
@Timeout(300)
class MendTest {

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private Path source;
    private TwoSites sites;
    private SnapshotId snapshot;

    @BeforeEach
    void copied() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = TwoSites.made(dir.resolve("home"));
        for (int i = 0; i < 3; i++) {
            file("file-" + i, 1 << 20);
        }
        snapshot = sites.snapshot(source);
        sites.copyAll();
    }

    @AfterEach
    void end() {
        sites.close();
    }

    private void file(String name, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        Files.write(source.resolve(name), content);
    }

    /** Packs of the pool, or of the copy of it, with what they are. */
    private Map<String, byte[]> packs(String node) {
        FaultDisk disk = sites.disks.get(node);
        Map<String, byte[]> packs = new TreeMap<>();
        disk.keys((node.equals("a") ? "" : CopyTest.COPIES) + VolumeKeys.PACKS).forEach(key -> packs.put(key, disk.content(key)));
        return packs;
    }

    private void flip(String node, String key, int at) {
        byte[] bytes = sites.disks.get(node).content(key);
        bytes[at] ^= 1;
        sites.disks.get(node).plant(key, bytes);
    }

    private JobResult.Verify verify(PoolName pool, Job.State expected) throws Exception {
        return result(sites.run(new JobOrder.Verify(pool, null, JobOrder.Depth.CHECKSUMS, 0, 0)), expected);
    }

    private JobResult.Verify result(Job job, Job.State expected) throws Exception {
        assertEquals(expected, job.state(), () -> job + " " + log(job));
        return (JobResult.Verify) sites.server.jobs().result(job.id()).orElseThrow();
    }

    private String log(Job job) {
        try {
            return sites.server.jobs().log(job.id()).toString();
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    private boolean isDamaged() throws BackupException {
        return sites.catalog().read(view -> DamagedSnapshots.isDamaged(view, snapshot));
    }

    private void assertHealed(String node, Map<String, byte[]> before) throws Exception {
        Map<String, byte[]> now = packs(node);
        assertEquals(before.keySet(), now.keySet());
        before.forEach((key, bytes) -> assertArrayEquals(bytes, now.get(key), key));
        assertEquals(List.of(), sites.disks.get(node).keys((node.equals("a") ? "" : CopyTest.COPIES) + "damaged"));
        assertFalse(isDamaged());
        assertFalse(sites.server.snapshots().copies(snapshot).getFirst().damaged());
        long used = sites.server.pools().volumes(TwoSites.MAIN).getFirst().used();
        assertEquals(packs("a").values().stream().mapToLong(pack -> pack.length).sum(), used);
        assertEquals(used, sites.server.pools().volumes(TwoSites.OFFSITE).getLast().used());
        verify(null, Job.State.DONE);
    }

    @Test
    void aByteThatIsWrongInAnyPartOfAPackIsPutRight() throws Exception {
        Map<String, byte[]> before = packs("a");
        for (double part : new double[] {0, 0.00002, 0.0001, 0.5, 0.99996, 0.999999}) {
            for (Map.Entry<String, byte[]> pack : before.entrySet()) {
                flip("a", pack.getKey(), (int) (part * pack.getValue().length));
            }
            JobResult.Verify found = verify(TwoSites.MAIN, Job.State.WARNED);
            assertEquals(List.of(), found.damaged());
            assertEquals(before.keySet(), found.healed().stream().map(pack -> VolumeKeys.pack(pack.pack())).collect(Collectors.toSet()));
            for (JobResult.Damage healed : found.healed()) {
                assertEquals(List.of(snapshot), healed.snapshots());
                assertTrue(healed.what().endsWith("; repaired from the copy in pool offsite on storage node b"), healed::toString);
            }
        }
        assertHealed("a", before);
    }

    @Test
    void packsThatAreGoneOrCutOffComeBack() throws Exception {
        Map<String, byte[]> before = packs("a");
        boolean gone = false;
        for (String key : before.keySet()) {
            sites.disks.get("a").plant(key, gone ? null : Arrays.copyOf(before.get(key), 1000));
            gone = !gone;
        }
        assertEquals(before.size(), verify(TwoSites.MAIN, Job.State.WARNED).healed().size());
        assertHealed("a", before);
    }

    @Test
    void aCopyIsRepairedFromThePoolThatItIsOf() throws Exception {
        Map<String, byte[]> before = packs("b");
        for (String key : before.keySet()) {
            flip("b", key, before.get(key).length / 2);
        }
        JobResult.Verify found = verify(TwoSites.OFFSITE, Job.State.WARNED);
        assertEquals(before.size(), found.healed().size());
        assertTrue(found.healed().getFirst().what().endsWith("; repaired from pool main on storage node a"), found.healed()::toString);
        assertHealed("b", before);
    }

    @Test
    void eachIsRepairedFromTheOtherWhereBothAreDamaged() throws Exception {
        Map<String, byte[]> a = packs("a");
        Map<String, byte[]> b = packs("b");
        List<String> keys = List.copyOf(a.keySet());
        flip("a", keys.getFirst(), 500);
        flip("b", CopyTest.COPIES + keys.getLast(), 500);
        verify(null, Job.State.WARNED);
        assertHealed("a", a);
        assertHealed("b", b);
    }

    @Test
    void whatIsDamagedEverywhereIsNamedAndStaysSo() throws Exception {
        String key = packs("a").keySet().iterator().next();
        flip("a", key, 500);
        flip("b", CopyTest.COPIES + key, 500);
        JobResult.Verify found = verify(null, Job.State.FAILED);
        assertEquals(2, found.damaged().size());
        assertEquals(List.of(), found.healed());
        assertTrue(isDamaged());
        assertTrue(sites.server.snapshots().copies(snapshot).getFirst().damaged());
    }

    /** What whoever holds the other place can write there: the same names, places and lengths, other content, and every checksum right. */
    private byte[] forged(byte[] pack) throws Exception {
        byte[] forged = pack.clone();
        ByteBuffer whole = ByteBuffer.wrap(forged);
        List<IndexEntry> entries = new PackReader(new PackSource() {
            @Override
            public long size() {
                return pack.length;
            }

            @Override
            public int read(long offset, ByteBuffer into) {
                int length = (int) Math.min(into.remaining(), pack.length - offset);
                into.put(pack, (int) offset, length);
                return length;
            }
        }).index().entries();
        ByteBuffer frame = whole.slice((int) entries.getFirst().offset(), entries.getFirst().length());
        frame.put(frame.limit() - 1, (byte) ~frame.get(frame.limit() - 1));
        Frame.stamp(frame);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(forged, forged.length - 32));
        System.arraycopy(hash, 0, forged, forged.length - 32, 32);
        return forged;
    }

    /** Where nothing but the damaged chunk is another one, only the hash at the end of the pack here tells. */
    @Test
    void aPackThatWasForgedElsewhereIsNotTaken() throws Exception {
        Map<String, byte[]> before = packs("a");
        for (String key : before.keySet()) {
            byte[] sound = before.get(key);
            byte[] forged = forged(sound);
            int first = Arrays.mismatch(sound, forged);
            byte[] flipped = sound.clone();
            flipped[first] ^= 1; // within the frame that is another one there
            byte[] cut = Arrays.copyOf(sound, sound.length - 10);
            byte[] otherHash = sound.clone();
            otherHash[sound.length - 1] ^= 1;
            for (byte[] here : List.of(flipped, cut, otherHash)) {
                sites.disks.get("a").plant(key, here);
                sites.disks.get("b").plant(CopyTest.COPIES + key, forged);
                JobResult.Verify found = verify(TwoSites.MAIN, Job.State.FAILED);
                assertEquals(List.of(), found.healed());
                assertArrayEquals(here, packs("a").get(key));
            }
            sites.disks.get("b").plant(CopyTest.COPIES + key, sound);
            assertEquals(1, verify(TwoSites.MAIN, Job.State.WARNED).healed().size());
        }
        assertHealed("a", before);
    }

    /** Only its node begins anew: nobody asks for anything. */
    @Test
    void packsThatAreGoneWhenAPoolIsOpenedComeBackByThemselves() throws Exception {
        Map<String, byte[]> before = packs("a");
        sites.stopNode("a");
        before.keySet().forEach(key -> sites.disks.get("a").plant(key, null));
        sites.startNode("a", FaultPlan.none());
        // the appliance looks by itself, too: whoever is first orders it
        TwoSites.await("the loss to be noticed", () -> {
            sites.server.healDue();
            return !heals().isEmpty();
        });
        Job heal = heals().getFirst();
        assertEquals(before.size(), result(sites.await(heal.id(), false), Job.State.WARNED).healed().size());
        assertHealed("a", before);
        sites.server.healDue();
        assertEquals(heal.id(), heals().getLast().id());
    }

    private List<Job> heals() throws Exception {
        return sites.server.jobs().list(false).stream().filter(job -> job.kind() == Job.Kind.HEAL).toList();
    }

    @Test
    void whatNoPlaceHasUnderItsNameComesByItsChunks() throws Exception {
        Files.delete(source.resolve("file-0"));
        Files.delete(source.resolve("file-1"));
        SnapshotId stays = sites.snapshot(source);
        sites.copyAll();
        sites.server.snapshots().delete(snapshot);
        snapshot = stays;
        assertEquals(Job.State.DONE, sites.run(new JobOrder.Prune(TwoSites.OFFSITE, false)).state());
        Map<String, byte[]> here = packs("a");
        List<String> moved = here.keySet().stream().filter(key -> !packs("b").containsKey(CopyTest.COPIES + key)).toList();
        assertFalse(moved.isEmpty());
        for (String key : moved) {
            sites.disks.get("a").plant(key, Arrays.copyOf(here.get(key), 300));
        }
        JobResult.Verify found = verify(TwoSites.MAIN, Job.State.WARNED);
        assertEquals(List.of(), found.damaged());
        assertTrue(found.healed().stream().anyMatch(pack -> pack.what().endsWith("what was lost came in other packs from the copy in pool offsite on storage node b")),
                found.healed()::toString);
        assertFalse(isDamaged());
        assertEquals(List.of(), verify(TwoSites.MAIN, Job.State.DONE).healed());
        Path target = Files.createDirectory(dir.resolve("restored"));
        sites.stopNode("b");
        assertEquals(Job.State.DONE, sites.restore(stays, target, null).state());
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    @Test
    void aHealJobLooksAtThePacksThatAreNamedAlone() throws Exception {
        Map<String, byte[]> before = packs("a");
        List<String> keys = List.copyOf(before.keySet());
        flip("a", keys.getFirst(), 500);
        PackId pack = PackId.parse(keys.getFirst().substring(keys.getFirst().lastIndexOf('/') + 1));
        JobResult.Verify found = result(sites.run(new JobOrder.Heal(TwoSites.MAIN, List.of(pack))), Job.State.WARNED);
        assertEquals(1, found.packs());
        assertEquals(pack, found.healed().getFirst().pack());
        assertHealed("a", before);
        assertEquals(List.of(), result(sites.run(new JobOrder.Heal(TwoSites.MAIN, List.of(pack))), Job.State.DONE).healed());
    }
}
