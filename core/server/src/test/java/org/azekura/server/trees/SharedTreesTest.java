package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.server.Appliance;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several servers that have their tree pages on one device. */
class SharedTreesTest {

    private static final long ROLL = 20_000;

    @TempDir
    Path dir;

    private final MemoryStore device = new MemoryStore();
    private final SomePages pages;

    SharedTreesTest() throws BackupException {
        pages = new SomePages();
    }

    private TreeStore open(String server) throws BackupException, IOException {
        return open(server, Files.createDirectories(dir.resolve(server)));
    }

    private TreeStore open(String server, Path folder) throws BackupException {
        return TreeStore.open(folder, new Sharing(() -> device, "trees", server), ROLL, channel -> {});
    }

    private static void put(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            store.append(frame);
        }
        store.sync();
    }

    private static void assertThere(TreeStore store, List<ByteBuffer> frames) throws BackupException {
        for (ByteBuffer frame : frames) {
            assertEquals(frame, store.whole(SomePages.id(frame)));
        }
    }

    @Test
    void whatOneServerSyncedTheOtherReads() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(50, 1);
        List<ByteBuffer> later = pages.frames(5, 2);
        try (TreeStore one = open("one"); TreeStore two = open("two")) {
            put(one, frames);
            assertThere(two, frames);
            put(two, later);
            assertThere(one, later);
            ByteBuffer unsynced = pages.frames(1, 3).getFirst();
            one.append(unsynced);
            assertFalse(one.has(SomePages.id(unsynced)));
            assertCode("tree.missing", () -> two.frame(SomePages.id(unsynced)));
        }
        try (TreeStore late = open("late")) {
            assertTrue(late.has(SomePages.id(frames.getFirst())), "an empty folder is filled at opening");
            assertThere(late, frames);
        }
        device.close();
        try (TreeStore one = open("one")) {
            assertThere(one, frames);
            one.append(pages.frames(1, 4).getFirst());
            assertCode("trees.away", one::sync);
        }
    }

    private interface Call {
        void run() throws BackupException;
    }

    private static void assertCode(String code, Call call) {
        assertEquals(code, assertThrows(BackupException.class, call::run).failure().code());
    }

    /** Which call fails is up to the test; a lost answer is one whose effect is there. */
    @Test
    void anAnswerThatIsLostCostsANumberAndNothingElse() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(3, 5);
        try (TreeStore one = open("one")) {
            AtomicInteger commits = new AtomicInteger();
            device.fault((doing, key) -> {
                if (doing.equals("commit") && commits.getAndIncrement() == 0) {
                    throw BackupException.device("device.io", key, "lost", null);
                }
            });
            put(one, frames);
            assertEquals(2, commits.get());
            assertThere(one, frames);
        }
        try (TreeStore two = open("two")) {
            assertThere(two, frames);
        }
    }

    @Test
    void whileTheDeviceIsAwayNothingIsAcknowledgedAndAllComesLater() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(10, 6);
        try (TreeStore one = open("one"); TreeStore two = open("two")) {
            device.fault((doing, key) -> {
                throw BackupException.network("device.io", key, "away", null);
            });
            for (ByteBuffer frame : frames) {
                one.append(frame);
            }
            assertCode("trees.away", one::sync);
            assertCode("trees.away", one::renew);
            assertFalse(one.has(SomePages.id(frames.getFirst())));
            assertThere(one, frames);
            device.fault((doing, key) -> {});
            assertFalse(one.append(frames.getFirst()));
            one.sync();
            assertThere(two, frames);
        }
    }

    @Test
    void anotherProcessUnderTheSameNameIsMet() throws BackupException, IOException {
        try (TreeStore one = open("one"); TreeStore same = open("one", Files.createDirectory(dir.resolve("copy")))) {
            put(one, pages.frames(1, 7));
            for (ByteBuffer frame : pages.frames(1, 8)) {
                same.append(frame);
            }
            assertCode("trees.fenced", same::sync);
            assertCode("trees.fenced", same::sync);
            put(one, pages.frames(1, 9));
        }
    }

    @Test
    @Timeout(300)
    void smallSegmentsAreJoined() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(5 * Joiner.FAN, 10);
        try (TreeStore two = open("two")) {
            try (TreeStore one = open("one")) {
                for (ByteBuffer frame : frames) {
                    put(one, List.of(frame));
                }
                while (device.keys("trees/").size() >= 2 * Joiner.FAN) {
                    Thread.onSpinWait();
                }
                assertThere(one, frames);
            }
            two.renew();
            assertThere(two, frames);
        }
        try (TreeStore late = open("late")) {
            assertThere(late, frames);
        }
    }

    @Test
    void onePruneCondemnsAndTheNextDeletesWhenJobsHaveEnded() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(40, 11);
        try (TreeStore leader = open("leader"); TreeStore other = open("other")) {
            put(leader, frames);
            other.renew();
            TreeMarks.Jobs running = () -> Set.of(new JobId(7));
            assertEquals(0, prune(leader, frames.subList(0, 2), running));
            other.renew();
            // A backup of the other server meets a page that is going: it is written anew.
            ByteBuffer again = frames.get(20);
            assertTrue(other.append(again));
            other.sync();
            assertEquals(0, prune(leader, frames.subList(0, 2), running), "job 7 may rely on it");
            assertThere(other, frames);
            // Job 7 has ended, and its snapshot refers to the page, which lies in a segment that is condemned by now.
            assertEquals(37, prune(leader, List.of(frames.get(0), frames.get(1), again), Set::of));
            other.renew();
            for (TreeStore store : List.of(leader, other)) {
                assertThere(store, frames.subList(0, 2));
                assertThere(store, List.of(again));
                assertFalse(store.has(SomePages.id(frames.get(30))));
                assertCode("tree.missing", () -> store.frame(SomePages.id(frames.get(30))));
            }
        }
    }

    static long prune(TreeStore store, List<ByteBuffer> alive, TreeMarks.Jobs jobs) throws BackupException {
        try (TreeMarks marks = store.marks(jobs)) {
            for (ByteBuffer frame : alive) {
                marks.mark(SomePages.id(frame), 1);
            }
            long gone = marks.compact(50);
            marks.clearAll();
            return gone;
        }
    }

    @Test
    void whatIsReliedOnIsWrittenAnewIfItIsGoing() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(20, 12);
        try (TreeStore leader = open("leader"); TreeStore other = open("other")) {
            put(leader, frames);
            prune(leader, List.of(), Set::of);
            other.renew();
            assertTrue(other.rely(SomePages.id(frames.getFirst())));
            other.settle();
            assertEquals(19, prune(leader, List.of(), Set::of));
            assertThere(other, frames.subList(0, 1));
            assertThere(leader, frames.subList(0, 1));
        }
    }

    @Test
    void whatIsDamagedHereComesAnew() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(3, 13);
        try (TreeStore one = open("one")) {
            put(one, frames);
            Path file = new SegmentFolder(dir.resolve("one")).file(new Segment("one", 1));
            byte[] bytes = Files.readAllBytes(file);
            byte[] bad = bytes.clone();
            bad[frames.getFirst().remaining() + 90] ^= 1;
            Files.write(file, bad);
            assertThere(one, frames);
            assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(Files.readAllBytes(file)));
            Files.delete(file);
            assertThere(one, frames);
        }
    }

    @Test
    void aFolderGoesThereAndBack() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(60, 14);
        Path folder = Files.createDirectory(dir.resolve("one"));
        try (TreeStore alone = TreeStore.open(folder, ROLL, channel -> {})) {
            put(alone, frames);
        }
        try (TreeStore one = open("one"); TreeStore two = open("two")) {
            assertThere(one, frames);
            two.renew();
            assertThere(two, frames);
            assertCode("trees.shared", () -> TreeStore.open(folder, ROLL, channel -> {}));
        }
        try (TreeStore alone = TreeStore.open(folder, ROLL, channel -> {})) {
            assertThere(alone, frames);
        }
    }

    @Test
    void whatComesDamagedIsFetchedOnceMore() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(3, 15);
        try (TreeStore one = open("one")) {
            put(one, frames);
        }
        Segment segment = new Segment("one", 1);
        String key = "trees/" + segment.key();
        // the first read has a bit that is wrong; the second is sound
        AtomicInteger reads = new AtomicInteger();
        device.fault((doing, name) -> {
            if (doing.equals("read") && name.equals(key) && reads.getAndIncrement() < 2) {
                device.damage(key, 100);
            }
        });
        try (TreeStore two = open("two")) {
            assertEquals(2, reads.get());
            assertThere(two, frames);
            assertEquals(2, reads.get(), "no page had to be asked for");
        }
        // what a power cut has left of a fetch is as long as the segment
        SegmentFolder late = new SegmentFolder(Files.createDirectories(dir.resolve("late")));
        Files.write(late.part(segment), new byte[(int) device.size(key)]);
        try (TreeStore store = open("late")) {
            assertThere(store, frames);
            assertEquals(3, reads.get());
        }
    }

    @Test
    void whatIsDamagedOnTheDeviceIsReadAsFarAsItIsWhole() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(3, 16);
        try (TreeStore one = open("one")) {
            put(one, frames);
        }
        device.damage("trees/" + new Segment("one", 1).key(), 100);
        try (TreeStore two = open("two")) {
            assertThere(two, frames.subList(1, 3));
            assertCode("tree.missing", () -> two.frame(SomePages.id(frames.getFirst())));
            put(two, frames.subList(0, 1));
            assertThere(two, frames);
        }
    }

    /** A server that loses its lead closes the store while the device is slow, and opens it again when it leads. */
    @Test
    @Timeout(300)
    void aPutThatOutlivesItsStoreIsInNobodysWay() throws Exception {
        Path folder = Files.createDirectory(dir.resolve("one"));
        Sharing sharing = new Sharing(() -> device, "trees", "one");
        List<ByteBuffer> frames = pages.frames(4, 17);
        TreeStore first = TreeStore.open(folder, sharing);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        device.fault((doing, key) -> {
            if (doing.equals("commit") && waits.getCount() > 0) {
                waits.countDown();
                awaitIt(held);
            }
        });
        first.append(frames.get(0));
        Thread syncing = Thread.ofPlatform().start(() -> assertCode("trees.io", first::sync));
        waits.await();
        Thread closer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt(); // waits for nothing
            first.close();
        });
        closer.join();
        try (TreeStore second = TreeStore.open(folder, sharing)) {
            second.append(frames.get(1));
            held.countDown();
            syncing.join();
            put(second, frames.subList(2, 4));
            second.renew();
            assertThere(second, frames);
        }
        try (TreeStore third = TreeStore.open(folder, sharing)) {
            assertThere(third, frames);
            put(third, pages.frames(1, 18));
        }
    }

    @Test
    @Timeout(300)
    void smallSegmentsOfEarlierOpeningsAreJoined() throws BackupException, IOException {
        Path folder = Files.createDirectory(dir.resolve("one"));
        List<ByteBuffer> frames = pages.frames(Joiner.FAN, 19);
        for (ByteBuffer frame : frames) {
            try (TreeStore one = TreeStore.open(folder, new Sharing(() -> device, "trees", "one"))) {
                put(one, List.of(frame));
            }
        }
        try (TreeStore one = TreeStore.open(folder, new Sharing(() -> device, "trees", "one"))) {
            put(one, pages.frames(1, 20));
            while (device.keys("trees/").size() >= Joiner.FAN) {
                Thread.onSpinWait();
            }
            assertThere(one, frames);
        }
    }

    @Test
    @Timeout(300)
    void whatServersLeftThatAreGoneIsJoinedByWhoTends() throws BackupException, IOException {
        List<ByteBuffer> frames = pages.frames(2 * Joiner.FAN, 22);
        for (int server = 0; server < 4; server++) {
            try (TreeStore gone = open("gone" + server)) {
                for (ByteBuffer frame : frames.subList(server * Joiner.FAN / 2, (server + 1) * Joiner.FAN / 2)) {
                    put(gone, List.of(frame));
                }
            }
        }
        try (TreeStore two = open("two"); TreeStore one = open("one")) {
            one.renew();
            put(one, pages.frames(1, 23));
            assertEquals(2 * Joiner.FAN + 1, device.keys("trees/").size());
            SegmentFolder folder = new SegmentFolder(dir.resolve("one"));
            for (Segment segment : folder.segments()) {
                Files.setLastModifiedTime(folder.file(segment), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
            }
            one.tend();
            while (device.keys("trees/").size() >= Joiner.FAN) {
                Thread.onSpinWait();
            }
            two.renew();
            assertThere(one, frames);
            assertThere(two, frames);
        }
    }

    @Test
    void saysHowItStands() throws BackupException, IOException {
        try (TreeStore one = open("one"); TreeStore same = open("one", Files.createDirectory(dir.resolve("copy")))) {
            assertEquals(Appliance.TreesState.HERE, one.standing().state());
            device.fault((doing, key) -> {
                throw BackupException.network("device.io", key, "no route", null);
            });
            assertCode("trees.away", one::renew);
            assertEquals(Appliance.TreesState.AWAY, one.standing().state());
            assertTrue(one.standing().problem().contains("no route"), one.standing()::toString);
            device.fault((doing, key) -> {});
            one.renew();
            assertEquals(new Appliance.Trees("", Appliance.TreesState.HERE, ""), one.standing());
            put(one, pages.frames(1, 24));
            same.append(pages.frames(1, 25).getFirst());
            assertCode("trees.fenced", same::sync);
            assertEquals(Appliance.TreesState.FENCED, same.standing().state());
        }
        try (TreeStore alone = TreeStore.open(Files.createDirectory(dir.resolve("alone")), ROLL, channel -> {})) {
            assertEquals(Appliance.Trees.HERE, alone.standing());
        }
    }

    /** A library of the driver may have left things in it, which keep the driver's classes when another takes its place. */
    @Test
    @Timeout(120)
    void noThreadThatAskedTheDeviceStays() throws Exception {
        Set<Thread> asked = ConcurrentHashMap.newKeySet();
        device.fault((doing, key) -> asked.add(Thread.currentThread()));
        List<ByteBuffer> frames = pages.frames(3, 26);
        try (TreeStore one = open("one"); TreeStore two = open("two")) {
            put(one, frames);
            two.renew();
            assertThere(two, frames);
            assertFalse(asked.isEmpty());
            for (Thread thread : asked) {
                thread.join();
            }
        }
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
