package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading much of a pool on several cartridges. */
class RecallTest {

    private static final int PACK = 1_200_000;
    private static final int PACKS = 10;
    private static final JobId JOB = new JobId(1);
    /** Label, key ring and the first pack lie in fewer. */
    private static final int BLOCKS = 20;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    private void open(int drives) throws Exception {
        cartridges = new Cartridges(dir, drives, Chosen.ofSix());
        pool = cartridges.labelled(Cartridges.POOL);
        for (int i = 0; i < PACKS; i++) {
            Blobs.put(pool, "packs/" + i, content(i));
        }
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private static byte[] content(int pack) {
        return Blobs.random(new Random(pack), PACK);
    }

    private Recall recall() {
        return cartridges.store().recall(Cartridges.POOL, Optional.empty(), 0);
    }

    private BlobPlace place(int pack) throws BackupException {
        return recall().place("packs/" + pack).orElseThrow();
    }

    private void read(int pack, int from, int length) throws BackupException {
        byte[] expected = Arrays.copyOfRange(content(pack), from, from + length);
        assertArrayEquals(expected, Blobs.get(pool, "packs/" + pack, from, length), "pack " + pack + " at " + from);
    }

    private long count(String call) {
        return cartridges.watched().count(call);
    }

    /** What was read of it before the way to the drive broke is read again, and given out once. */
    @Test
    void aRangeInTheMiddleOfWhichADriveIsLostComesAsItIs() throws Exception {
        open(1);
        for (String fault : List.of("no answer", "no answer afterwards", "reset", "power off")) {
            for (int block = 0; block < BLOCKS; block++) {
                cartridges.faults("read block " + block + " of A00001L8: " + fault);
                read(0, 0, PACK);
            }
        }
    }

    @Test
    void smallGapsAreReadThroughWithinAPackAndFromOneToTheNext() throws Exception {
        open(1);
        int last = 0;
        while (last + 1 < PACKS && place(last + 1).volume().equals(place(0).volume())) {
            last++;
        }
        assertTrue(last >= 3);
        read(0, 0, 10);
        cartridges.watched().start();
        for (int pack = 0; pack <= last; pack += 2) {
            read(pack, 300_000, 1_000);
            read(pack, PACK - 1_000, 1_000);
        }
        assertEquals(0, count("locate"));
        assertEquals(0, count("spaceBlocks"));
        read(0, 0, 10);
        assertEquals(1, count("locate"));
    }

    @Test
    void whatCanNotBeReadOnTheWayIsNoConcernOfWhatLiesBehindIt() throws Exception {
        open(1);
        read(0, 0, 10);
        long object = place(1).position().object() + 2;
        cartridges.faults("read block " + object + " of " + place(1).barcode().orElseThrow() + " always: medium error");
        read(2, 0, 1_000);
        read(3, 0, 1_000);
    }

    @Test
    void twoDrivesReadTwoCartridgesAtTheSameTime() throws Exception {
        open(2);
        int other = 0;
        while (place(other).volume().equals(place(0).volume())) {
            other++;
        }
        read(0, 0, 10);
        read(other, 0, 10);
        CyclicBarrier both = new CyclicBarrier(2);
        Set<Thread> met = ConcurrentHashMap.newKeySet();
        cartridges.watched().before((call, number) -> {
            if (call.equals("read") && met.add(Thread.currentThread())) {
                both.await(120, TimeUnit.SECONDS);
            }
        });
        List<Throwable> failed = new ArrayList<>();
        int second = other;
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                read(second, 600_000, 10);
            } catch (Throwable e) {
                failed.add(e);
            }
        });
        read(0, 600_000, 10);
        thread.join();
        assertEquals(List.of(), failed);
    }

    @Test
    void saysWhereEachCartridgeIsAndWhichIsAway() throws Exception {
        open(1);
        List<Recall.Cartridge> all = recall().cartridges();
        assertTrue(all.size() >= 2);
        assertTrue(all.stream().allMatch(Recall.Cartridge::there));
        assertEquals(List.of(1, 2), all.subList(0, 2).stream().map(Recall.Cartridge::number).toList());
        assertTrue(all.getLast().place().equals("lib1, drive 0"), all::toString);
        assertTrue(all.getFirst().place().startsWith("lib1, slot "), all::toString);
        cartridges.hide(all.getFirst().barcode().orElseThrow());
        Recall.Cartridge away = recall().cartridges().getFirst();
        assertFalse(away.there());
        assertTrue(away.place().contains(away.barcode().orElseThrow().value()), away::toString);
        assertRefused("volume.missing", () -> read(0, 0, 10));
    }

    /** Somebody waits for a pack that is deleted before he comes to it. */
    @Test
    void whatOthersWantAndIsGoneIsNoConcernOfWhoJoins() throws Exception {
        open(1);
        VolumeId volume = place(PACKS - 1).volume();
        List<Long> objects = List.of(place(PACKS - 3).position().object(), place(PACKS - 2).position().object(), place(PACKS - 1).position().object());
        recall().expect(volume, JOB);
        assertEquals(objects, recall().order(volume, JOB, objects));
        pool.delete("packs/" + (PACKS - 2));
        JobId other = new JobId(2);
        recall().expect(volume, other);
        assertEquals(List.of(objects.get(0), objects.get(2)), recall().order(volume, other, List.of(objects.get(2), objects.get(0))));
        assertRefused("blob.missing", () -> recall().order(volume, other, objects.subList(1, 2)));
    }

    @Test
    void packsOfOneCartridgeAreOrderedAndNoneIsLost() throws Exception {
        open(1);
        VolumeId volume = place(0).volume();
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < PACKS && place(i).volume().equals(volume); i++) {
            objects.add(place(i).position().object());
        }
        Recall.Expected expected = recall().expect(volume, JOB);
        assertEquals(objects, recall().order(volume, JOB, objects.reversed()).stream().sorted().toList());
        assertRefused("blob.missing", () -> recall().order(volume, JOB, List.of(1L)));
        assertRefused("volume.missing", () -> recall().order(new VolumeId(1, 2), JOB, objects));
        expected.through();
        assertRefused("job.ended", () -> recall().order(volume, JOB, objects));
    }
}
