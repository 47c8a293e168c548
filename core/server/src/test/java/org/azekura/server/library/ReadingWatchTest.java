package org.azekura.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ReadingWatchTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final PoolName DISK = new PoolName("disk");
    private static final PoolName COPIES = new PoolName("disk.in.other");

    @TempDir
    Path home;
    private FakeLibrary library;
    private ReadingWatch watch;
    private Duration within = Duration.ofDays(365);
    private Instant now = BEGIN;
    private final List<JobOrder> ordered = new ArrayList<>();
    /** What others do. */
    private final List<Job> others = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private Job.State reads = Job.State.RUNNING;
    private boolean cancelled;

    @BeforeEach
    void open() throws Exception {
        library = new FakeLibrary(home);
        watch = library.desk().reading((Jobs) Proxy.newProxyInstance(Jobs.class.getClassLoader(), new Class<?>[] {Jobs.class}, (self, method, args) -> switch (method.getName()) {
            case "submit" -> {
                if (refused.contains(((JobOrder.Verify) args[0]).volume())) {
                    throw BackupException.operator("volume.ambiguous", "", "two are called so");
                }
                ordered.add((JobOrder) args[0]);
                reads = Job.State.RUNNING;
                cancelled = false;
                yield own(Job.State.QUEUED);
            }
            case "get" -> own(reads);
            case "list" -> Stream.concat(others.stream(), ordered.isEmpty() || reads.ended() ? Stream.empty() : Stream.of(own(reads))).toList();
            case "order" -> new JobOrder.Copy(FakeLibrary.OTHER, DISK, null);
            case "cancel" -> {
                cancelled = true;
                yield own(Job.State.RUNNING);
            }
            default -> throw new AssertionError(method);
        }), () -> now, () -> within);
        cartridge(1, BEGIN);
        cartridge(2, BEGIN.plus(Duration.ofDays(30)));
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static Job job(long id, Job.Kind kind, Job.State state, PoolName pool) {
        return new Job(new JobId(id), kind, state, null, pool, Instant.EPOCH, null, 0, 0, null, null, 0, null, null);
    }

    /** The last that was ordered. */
    private Job own(Job.State state) {
        return job(ordered.size(), Job.Kind.VERIFY, state, FakeLibrary.TAPE);
    }

    private static VolumeId id(int number) {
        return new VolumeId(5, number);
    }

    private static String barcode(int number) {
        return "A0000" + number + "L8";
    }

    private void cartridge(int number, Instant written) throws Exception {
        library.places.put(1000 + number, new Barcode(barcode(number)));
        library.catalog().write(edit -> {
            edit.putVolume(new Volume(id(number), FakeLibrary.TAPE, "tape-" + number, barcode(number), Volume.State.FULL, "lib1", 1, 100));
            edit.putPack(new Pack(new PackId(1, number), FakeLibrary.TAPE, null, false, 1, 1, id(number), "4", written));
            return null;
        });
    }

    /** A cartridge of another pool, on which lies nothing but a copy, and the volume of copies begins. */
    private void copied(int number, Instant written) throws Exception {
        library.places.put(1000 + number, new Barcode(barcode(number)));
        library.pool(COPIES, FakeLibrary.LIB1);
        library.catalog().write(edit -> {
            edit.putReplica(new Replica(COPIES, DISK, FakeLibrary.OTHER));
            edit.putVolume(new Volume(id(number), FakeLibrary.OTHER, "other-" + number, barcode(number), Volume.State.APPENDABLE, "lib1", 1, 100));
            edit.putVolume(new Volume(id(90), COPIES, "copies", barcode(number), Volume.State.APPENDABLE, "lib1", 1, 100));
            edit.putPack(new Pack(new PackId(1, number), COPIES, null, false, 1, 1, id(number), "4", written));
            return null;
        });
    }

    private void read(int number) throws Exception {
        library.catalog().write(edit -> {
            edit.putVerified(new PackId(1, number), id(number), now);
            return null;
        });
    }

    private boolean passes(Duration time) throws Exception {
        now = now.plus(time);
        return watch.round();
    }

    private static JobOrder order(int number) {
        return new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 3_600, barcode(number));
    }

    @Test
    void readsWhatNobodyHasReadForAYearOneAtATime() throws Exception {
        assertFalse(passes(Duration.ofDays(364)));
        assertEquals(List.of(), ordered);
        assertTrue(passes(Duration.ofDays(2)));
        assertEquals(List.of(order(1)), ordered);
        assertTrue(passes(Duration.ofDays(40)), "the other one is due by now, and waits");
        read(1);
        reads = Job.State.DONE;
        assertTrue(passes(MINUTE));
        assertEquals(List.of(order(1), order(2)), ordered);
        read(2);
        reads = Job.State.DONE;
        assertFalse(passes(MINUTE));
        assertFalse(passes(Duration.ofDays(300)));
        assertEquals(2, ordered.size());
    }

    @Test
    void readsWhereOnlyCopiesLie() throws Exception {
        copied(3, BEGIN.minus(Duration.ofDays(10)));
        assertTrue(passes(Duration.ofDays(356)));
        assertEquals(List.of(order(3)), ordered);
        read(3);
        reads = Job.State.DONE;
        assertFalse(passes(MINUTE));
    }

    /** Its own packs were read, the copies beside them were not. */
    @Test
    void readsCopiesBesideWhatWasRead() throws Exception {
        copied(3, BEGIN.minus(Duration.ofDays(10)));
        library.catalog().write(edit -> {
            edit.putPack(new Pack(new PackId(1, 4), FakeLibrary.OTHER, null, false, 1, 1, id(3), "5", BEGIN.plus(Duration.ofDays(300))));
            return null;
        });
        assertTrue(passes(Duration.ofDays(356)));
        assertEquals(List.of(order(3)), ordered);
    }

    @Test
    void goesOnWithWhatAJobHadNoTimeFor() throws Exception {
        library.catalog().write(edit -> {
            edit.putPack(new Pack(new PackId(1, 11), FakeLibrary.TAPE, null, false, 1, 1, id(1), "5", BEGIN.plus(MINUTE)));
            return null;
        });
        passes(Duration.ofDays(366));
        read(1);
        reads = Job.State.DONE;
        assertTrue(passes(MINUTE));
        assertEquals(List.of(order(1), order(1)), ordered);
    }

    @Test
    void makesWayAtOnceAndGoesOnLater() throws Exception {
        passes(Duration.ofDays(366));
        others.add(job(90, Job.Kind.BACKUP, Job.State.RUNNING, DISK));
        assertTrue(passes(MINUTE));
        assertFalse(cancelled, "it is at work elsewhere");
        others.add(job(91, Job.Kind.RESTORE, Job.State.QUEUED, FakeLibrary.OTHER));
        assertTrue(passes(MINUTE));
        assertTrue(cancelled);
        reads = Job.State.CANCELLED;
        assertFalse(passes(MINUTE));
        assertEquals(1, ordered.size());
        others.clear();
        assertTrue(passes(MINUTE));
        assertEquals(List.of(order(1), order(1)), ordered);
    }

    /** Its pool is a disk, and what it writes comes into the library. */
    @Test
    void makesWayForACopy() throws Exception {
        passes(Duration.ofDays(366));
        others.add(job(90, Job.Kind.COPY, Job.State.RUNNING, DISK));
        assertTrue(passes(MINUTE));
        assertTrue(cancelled);
    }

    private void rests(Job.State ended) throws Exception {
        passes(Duration.ofDays(366));
        reads = ended;
        assertFalse(passes(MINUTE));
        assertFalse(passes(Duration.ofDays(6)));
        assertEquals(1, ordered.size());
        assertTrue(passes(Duration.ofDays(1)));
        assertEquals(List.of(order(1), order(1)), ordered);
    }

    @Test
    void whatWasNotReadWellWaitsForAWeek() throws Exception {
        rests(Job.State.FAILED);
    }

    @Test
    void whatSomebodyHasCancelledWaitsForAWeek() throws Exception {
        rests(Job.State.CANCELLED);
    }

    /** As of a closed media set that can't be opened: others of its rows are, and the job ends well with nothing read. */
    @Test
    void whatAJobHasNotReadWaitsForAWeek() throws Exception {
        rests(Job.State.DONE);
    }

    @Test
    void whatIsRefusedWaitsForAWeekAndKeepsNothingElseFromBeingRead() throws Exception {
        refused.add(barcode(1));
        assertTrue(passes(Duration.ofDays(400)));
        assertEquals(List.of(order(2)), ordered);
        read(2);
        reads = Job.State.DONE;
        assertFalse(passes(MINUTE));
        refused.clear();
        assertFalse(passes(Duration.ofDays(6)));
        assertTrue(passes(Duration.ofDays(1)));
        assertEquals(List.of(order(2), order(1)), ordered);
    }

    @Test
    void leavesWhatIsAwayOrMayNotBeReadAndAllIfNobodyWantsIt() throws Exception {
        library.places.put(10, library.places.remove(1001));
        passes(Duration.ofDays(366));
        assertEquals(List.of(), ordered, "it lies in the mail slot, and the other is not due yet");
        within = Duration.ZERO;
        library.places.put(1001, library.places.remove(10));
        passes(Duration.ofDays(1));
        assertEquals(List.of(), ordered);
        within = Duration.ofDays(365);
        library.catalog().write(edit -> {
            edit.putVolume(new Volume(id(1), FakeLibrary.TAPE, "tape-1", barcode(1), Volume.State.QUARANTINED, "lib1", 1, 100));
            return null;
        });
        passes(Duration.ofDays(1));
        assertEquals(List.of(), ordered);
    }
}
