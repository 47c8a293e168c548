package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device that goes at one step after another: of puts, of the joining of small segments, and of what follows. What was acknowledged is read by the same server
 * and by one that comes anew, also where a device leaves torn blobs; and everything goes on.
 */
@Timeout(300)
class SharedPowerCutTest {

    private static final int STRIDE = Seeds.slow() ? 1 : 4;
    private static final int PAGES = Joiner.FAN + 6;

    @TempDir
    Path dir;

    @Test
    void whatWasAcknowledgedIsThereWhereverThePowerGoes() throws Exception {
        long seed = Seeds.start();
        SomePages pages = new SomePages();
        boolean cut = true;
        for (int step = Math.floorMod(seed, STRIDE); cut; step += STRIDE) {
            try {
                cut = cut(pages, seed + step, step);
            } catch (BackupException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
            }
        }
    }

    private static TreeStore open(Path folder, BlobStore device, String server) throws Exception {
        return TreeStore.open(Files.createDirectories(folder), new Sharing(() -> device, "trees", server), 20_000, channel -> {});
    }

    /** @return whether the power went */
    private boolean cut(SomePages pages, long seed, int step) throws Exception {
        FaultDisk disk = new FaultDisk(seed, step / STRIDE % 2 == 0);
        Path folder = dir.resolve("step" + step);
        List<ByteBuffer> frames = pages.frames(PAGES, seed);
        List<ByteBuffer> acknowledged = new ArrayList<>();
        try (TreeStore store = open(folder.resolve("one"), disk.on(FaultPlan.of("step " + step).at(step, new Fault.PowerLoss())), "one")) {
            for (ByteBuffer frame : frames) {
                store.append(frame.duplicate());
                store.sync();
                acknowledged.add(frame);
            }
        } catch (BackupException e) {
            assertEquals("trees.away", e.failure().code());
        }
        boolean cut = !disk.isOn();
        BlobStore device = disk.on(FaultPlan.none());
        try (TreeStore same = open(folder.resolve("one"), device, "one"); TreeStore other = open(folder.resolve("other"), device, "other")) {
            assertThere(same, acknowledged);
            assertThere(other, acknowledged);
            for (ByteBuffer frame : frames) {
                same.append(frame.duplicate());
            }
            same.sync();
            other.renew();
            assertThere(same, frames);
            assertThere(other, frames);
        }
        return cut;
    }

    private static void assertThere(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertTrue(store.has(SomePages.id(frame)));
            assertEquals(frame, store.whole(SomePages.id(frame)));
        }
    }
}
