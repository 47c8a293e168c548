package org.azekura.server.trees;

import static org.azekura.server.trees.TreeStoreContract.append;
import static org.azekura.server.trees.TreeStoreContract.assertAllThere;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.testkit.device.MemoryStore;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One that servers share does what one alone does. */
class SharedStoreTest implements TreeStoreContract {

    private static final int PUTS = 6;

    @TempDir
    Path folder;

    private final MemoryStore device = new MemoryStore();
    private final SomePages pages;

    SharedStoreTest() throws BackupException {
        pages = new SomePages();
    }

    @Override
    public TreeStore open(long rollBytes) throws BackupException {
        return TreeStore.open(folder, new Sharing(() -> device, "trees", "one"), rollBytes, channel -> {});
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public SomePages pages() {
        return pages;
    }

    /** Others take it for a segment like any, and a prune of theirs gives up what lies in it, too. */
    @Test
    void whatAFailedPutHasLeftCountsForItsWriterToo() throws BackupException, IOException {
        FaultDisk disk = new FaultDisk(7, true);
        FaultPlan plan = FaultPlan.of("two answers lost").on(Call.COMMIT, "trees/", 0, new Fault.FailLate("device.io")).on(Call.COMMIT, "trees/", 1, new Fault.FailLate("device.io"));
        var faulty = disk.on(plan);
        List<ByteBuffer> frames = pages.frames(2, 40);
        try (TreeStore store = TreeStore.open(folder, new Sharing(() -> faulty, "trees", "one"), 20_000, channel -> {})) {
            append(store, frames);
            TreeStoreContract.assertCode("trees.away", store::sync);
            store.renew();
            assertEquals(2, files().size());
            store.sync();
            assertAllThere(store, frames);
        }
    }

    /** Whichever put it is whose answer is lost: its number is not used again, and what was acknowledged is there once the power was away. */
    @Test
    void aPutWhoseAnswerIsLostIsMadeAgainUnderAnotherNumber() throws BackupException, IOException {
        for (int lost = 0; lost < PUTS; lost++) {
            FaultDisk disk = new FaultDisk(lost, true);
            var faulty = disk.on(FaultPlan.of("answer " + lost + " lost").on(Call.COMMIT, "trees/", lost, new Fault.FailLate("device.io")));
            List<ByteBuffer> frames = pages.frames(PUTS, 30 + lost);
            Path one = Files.createDirectory(folder.resolve("one" + lost));
            try (TreeStore store = TreeStore.open(one, new Sharing(() -> faulty, "trees", "one"), 20_000, channel -> {})) {
                for (ByteBuffer frame : frames) {
                    append(store, List.of(frame));
                    store.sync();
                }
                assertAllThere(store, frames);
            }
            var after = disk.on(FaultPlan.none());
            int[] segments = new int[1];
            after.list("trees/", blob -> segments[0]++);
            assertEquals(PUTS + 1, segments[0]);
            try (TreeStore other = TreeStore.open(Files.createDirectory(folder.resolve("other" + lost)), new Sharing(() -> after, "trees", "other"), 20_000, channel -> {})) {
                assertAllThere(other, frames);
            }
        }
    }
}
