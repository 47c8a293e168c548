package org.azekura.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.Job;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.server.media.DriveStates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CleaningWatchTest {

    private static final Barcode CLEANER = new Barcode("CLN001CU");
    private static final LibraryOrder.UseDrives KEPT = new LibraryOrder.UseDrives(FakeLibrary.LIB1, List.of(), List.of(0));
    private static final LibraryOrder.UseDrives FREE = new LibraryOrder.UseDrives(FakeLibrary.LIB1, List.of(), List.of());

    @TempDir
    Path home;
    private FakeLibrary library;
    private LibraryDesk desk;
    private CleaningWatch watch;
    private final List<JobOrder> ordered = new ArrayList<>();
    private final List<Job> running = new ArrayList<>();
    private boolean lost;
    private Job.State cleans = Job.State.RUNNING;
    private Instant now = Instant.parse("2026-11-26T11:00:00Z");

    @BeforeEach
    void open() throws Exception {
        library = new FakeLibrary(home);
        library.places.put(1000, CLEANER);
        desk = library.desk();
        watch = desk.cleaning((Jobs) Proxy.newProxyInstance(Jobs.class.getClassLoader(), new Class<?>[] {Jobs.class}, (self, method, args) -> switch (method.getName()) {
            case "submit" -> {
                ordered.add((JobOrder) args[0]);
                yield job(Job.Kind.CLEAN, Job.State.QUEUED, null);
            }
            case "get" -> {
                if (lost) {
                    throw BackupException.operator("job.unknown", "1", "there is no job 1");
                }
                yield job(Job.Kind.CLEAN, cleans, null);
            }
            case "list" -> running;
            default -> throw new AssertionError(method);
        }), () -> now);
        asks();
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static Job job(Job.Kind kind, Job.State state, PoolName pool) {
        return new Job(new JobId(1), kind, state, null, pool, Instant.EPOCH, null, 0, 0, null, null, 0, null, null);
    }

    private void asks() throws Exception {
        library.catalog().write(edit -> {
            edit.putDriveHealth(new DriveHealth(FakeLibrary.NODE + "/" + FakeLibrary.LIB1 + "/0", DriveHealth.State.UNCLEAN, "TapeAlert 20", now));
            return null;
        });
    }

    private void passes(Duration time) throws Exception {
        now = now.plus(time);
        watch.round();
    }

    @Test
    void cleansADriveThatAsksOnceAndKeepsOthersFromItMeanwhile() throws Exception {
        watch.round();
        assertEquals(List.of(new JobOrder.Clean(FakeLibrary.LIB1, FakeLibrary.NODE, 0)), ordered);
        assertEquals(KEPT, library.orders.getLast());
        passes(Duration.ofMinutes(1));
        assertEquals(1, ordered.size());
        cleans = Job.State.FAILED;
        passes(Duration.ofMinutes(1));
        assertEquals(FREE, library.orders.getLast(), "others get it again");
        assertEquals(1, ordered.size());
        passes(Duration.ofHours(1));
        assertEquals(2, ordered.size());
    }

    @Test
    void waitsUntilNobodyIsAtWorkInItButNotForEver() throws Exception {
        library.places.put(500, new Barcode("A00001L8"));
        running.add(job(Job.Kind.BACKUP, Job.State.RUNNING, FakeLibrary.TAPE));
        watch.round();
        assertEquals(List.of(), ordered, "whose cartridge it is nobody knows, and somebody works");
        passes(Duration.ofHours(5));
        assertEquals(1, ordered.size());
    }

    @Test
    void anEmptyDriveIsCleanedWhoeverWorks() throws Exception {
        running.add(job(Job.Kind.BACKUP, Job.State.RUNNING, FakeLibrary.TAPE));
        watch.round();
        assertEquals(1, ordered.size());
    }

    @Test
    void doesNothingWithoutACleaningCartridgeThatIsOfUse() throws Exception {
        library.catalog().write(edit -> {
            edit.putSetting("cleaning.spent." + CLEANER, "yes");
            return null;
        });
        watch.round();
        assertEquals(List.of(), ordered);
        assertTrue(library.orders.stream().noneMatch(order -> order instanceof LibraryOrder.UseDrives), "backups go on in a drive that is dirty");
        library.catalog().write(edit -> {
            edit.deleteSetting("cleaning.spent." + CLEANER);
            edit.putCartridgeLife(new CartridgeLife(CLEANER.value(), 50, now, -1, -1, -1, -1));
            return null;
        });
        passes(Duration.ofHours(2));
        assertEquals(List.of(), ordered);
    }

    /** The server was cut off as the cleaning ended: when it comes back it knows of nothing, and the node holds the drive still. */
    @Test
    void aNodeThatKeptRunningHearsThatADriveIsCleanThoughNothingIsKnownAgainstAny() throws Exception {
        watch.round();
        assertEquals(KEPT, library.orders.getLast());
        library.catalog().write(edit -> {
            DriveStates.cleaned(edit, FakeLibrary.NODE, FakeLibrary.LIB1, 0, now);
            return null;
        });
        library.leave();
        library.join();
        library.desk().drives().joined(library.hosts.node(FakeLibrary.NODE));
        assertEquals(FREE, library.orders.getLast());
    }

    @Test
    void aDriveWhoseNodeIsAwayIsGivenUpAllTheSame() throws Exception {
        watch.round();
        library.leave();
        cleans = Job.State.FAILED;
        passes(Duration.ofMinutes(1));
        library.join();
        desk.drives().joined(library.hosts.node(FakeLibrary.NODE));
        assertEquals(FREE, library.orders.getLast());
    }

    @Test
    void aJobThatCantBeLookedUpHoldsNothingElseUp() throws Exception {
        watch.round();
        lost = true;
        passes(Duration.ofHours(2));
        assertEquals(2, ordered.size());
    }

    @Test
    void whoTakesADriveInAgainGetsIt() throws Exception {
        watch.round();
        assertEquals(KEPT, library.orders.getLast());
        desk.use(FakeLibrary.LIB1, FakeLibrary.NODE, 0, true, "");
        assertEquals(FREE, library.orders.getLast());
    }

    @Test
    void oneThatAsksAgainSoonIsLeftToPeople() throws Exception {
        library.catalog().write(edit -> {
            DriveStates.cleaned(edit, FakeLibrary.NODE, FakeLibrary.LIB1, 0, now);
            return null;
        });
        asks();
        passes(Duration.ofHours(2));
        assertEquals(List.of(), ordered);
        passes(Duration.ofHours(3));
        assertEquals(1, ordered.size());
    }
}
