package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.azekura.server.media.DriveNow.Health;
import org.azekura.server.media.MountRequest.Purpose;
import org.junit.jupiter.api.Test;

class LeasesTest {

    private static final MountRules RULES = MountRules.USUAL;

    private static MountRequest read(long id, String cartridge) {
        return new MountRequest(id, Purpose.READ, cartridge, 0, false, Duration.ofMinutes(1));
    }

    private static MountRequest write(long id, String cartridge, long gigabytes, int minutes) {
        return new MountRequest(id, Purpose.WRITE, cartridge, gigabytes * 1_000_000_000, false, Duration.ofMinutes(minutes));
    }

    private static DriveNow free(int number, String mounted, int minutes) {
        return new DriveNow(number, Health.WELL, mounted, null, false, Duration.ofMinutes(minutes));
    }

    private static DriveNow held(int number, MountRequest holder, int minutes, boolean yielding) {
        return new DriveNow(number, Health.WELL, holder.cartridge(), holder, yielding, Duration.ofMinutes(minutes));
    }

    private static List<Lease> plan(List<MountRequest> requests, DriveNow... drives) {
        return Leases.plan(RULES, requests, List.of(drives), true);
    }

    @Test
    void mountsForWritingWhenItIsWorthIt() {
        DriveNow drive = free(0, null, 1);
        assertEquals(List.of(), plan(List.of(write(1, "A1", 99, 14)), drive));
        assertEquals(List.of(), plan(List.of(write(1, "A1", 0, 600)), drive), "an empty incremental takes no drive");
        for (MountRequest ripe : List.of(write(1, "A1", 100, 0), write(2, "A1", 1, 15), new MountRequest(3, Purpose.WRITE, "A1", 1, true, Duration.ZERO))) {
            assertEquals(List.of(new Lease.Grant(0, ripe)), plan(List.of(ripe), drive));
        }
    }

    @Test
    void prefersTheDriveInWhichItLiesThenAnEmptyOneThenTheOneUsedLongestAgo() {
        MountRequest request = read(1, "A1");
        assertEquals(List.of(new Lease.Grant(2, request)), plan(List.of(request), free(0, null, 9), free(1, "A2", 1), free(2, "A1", 1)));
        assertEquals(List.of(new Lease.Grant(1, request)), plan(List.of(request), free(0, "A2", 4), free(1, null, 1)));
        assertEquals(List.of(new Lease.Grant(1, request)), plan(List.of(request), free(0, "A2", 2), free(1, "A3", 4)));
    }

    @Test
    void oneCartridgeGoesToOneDriveOnly() {
        assertEquals(1, plan(List.of(read(1, "A1"), read(2, "A1")), free(0, null, 1), free(1, null, 1)).size());
        assertEquals(List.of(), plan(List.of(read(2, "A1")), held(0, read(1, "A1"), 60, false), free(1, null, 1)));
    }

    @Test
    void aReaderHasAWriterYieldOnceItHadItsTurn() {
        MountRequest writer = write(1, "A1", 100, 0);
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, writer, 9, false)));
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(read(2, "A2")), held(0, writer, 10, false)));
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, writer, 11, true)));
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, writer, 11, true), held(1, write(3, "A3", 100, 0), 60, false)), "one is enough for one");
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, read(4, "A1"), 90, false)), "a reader is not disturbed");
        assertEquals(List.of(), plan(List.of(write(2, "A2", 500, 200)), held(0, writer, 90, false)), "nor a writer by a writer that came just now");
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(write(2, "A2", 500, 240)), held(0, writer, 90, false)));
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(read(2, "A1")), held(0, writer, 10, false), free(1, null, 1)), "what it writes on is wanted");
    }

    @Test
    void cleansBetweenJobsNeverInsideOne() {
        DriveNow unclean = new DriveNow(0, Health.UNCLEAN, "A1", null, false, Duration.ofMinutes(1));
        assertEquals(List.of(new Lease.Clean(0)), plan(List.of(read(1, "A1")), unclean));
        assertEquals(List.of(new Lease.Clean(0), new Lease.Grant(1, read(2, "A2"))), plan(List.of(read(2, "A2")), unclean, free(1, null, 1)));
        MountRequest holder = read(3, "A3");
        assertEquals(List.of(), plan(List.of(), new DriveNow(0, Health.UNCLEAN, "A3", holder, false, Duration.ofMinutes(90))));
        assertEquals(List.of(new Lease.Grant(0, read(1, "A1"))), Leases.plan(RULES, List.of(read(1, "A1")), List.of(unclean), false));
    }

    @Test
    void oneThatIsDownGetsNothing() {
        assertEquals(List.of(), plan(List.of(read(1, "A1")), new DriveNow(0, Health.DOWN, null, null, false, Duration.ofDays(1))));
    }

    @Test
    void whatNobodyWantsGoesBackToItsSlot() {
        assertEquals(List.of(), plan(List.of(), free(0, "A1", 4)));
        assertEquals(List.of(new Lease.Unmount(0)), plan(List.of(), free(0, "A1", 5)));
        assertEquals(List.of(), plan(List.of(write(1, "A1", 1, 1)), free(0, "A1", 50)), "what will soon be written on stays");
    }
}
