package org.azekura.storagenode.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.azekura.storagenode.lease.MountRequest.Purpose;
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
        return new DriveNow(number, Health.WELL, mounted, null, false, false, Duration.ofMinutes(minutes));
    }

    private static DriveNow held(int number, MountRequest holder, int minutes, boolean yielding) {
        return new DriveNow(number, Health.WELL, holder.cartridge(), holder, yielding, false, Duration.ofMinutes(minutes));
    }

    private static List<Lease> plan(List<MountRequest> requests, DriveNow... drives) {
        return Leases.plan(RULES, requests, List.of(drives));
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
        assertEquals(List.of(), plan(List.of(read(2, "A1")), held(0, read(1, "A1"), 6, false), free(1, null, 1)));
    }

    @Test
    void aWriterThatDidNotPressYieldsAtOnceToWhoPresses() {
        MountRequest writer = write(1, "A1", 100, 29);
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(read(2, "A2")), held(0, writer, 0, false)));
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, writer, 11, true)));
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, writer, 11, true), held(1, write(3, "A3", 100, 0), 60, false)), "one is enough for one");
        assertEquals(List.of(new Lease.Yield(1)), plan(List.of(read(2, "A2"), read(4, "A1")), held(0, writer, 11, true), held(1, write(3, "A3", 100, 0), 60, false)),
                "the first is for who wants what lies there");
        assertEquals(List.of(), plan(List.of(write(2, "A2", 500, 29)), held(0, writer, 90, false)), "writers do not drive each other out all the time");
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(write(2, "A2", 500, 30)), held(0, writer, 0, false)));
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(read(2, "A1")), held(0, writer, 0, false), free(1, null, 1)), "what it writes on is wanted");
        assertEquals(List.of(new Lease.Yield(1)), plan(List.of(read(2, "A2")), held(0, read(3, "A3"), 50, false), held(1, writer, 1, false)));
    }

    @Test
    void whoPressedHasItsTurnFirst() {
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, read(4, "A1"), 9, false)));
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(read(2, "A2")), held(0, read(4, "A1"), 10, false)));
        assertEquals(List.of(), plan(List.of(write(2, "A2", 500, 29)), held(0, read(4, "A1"), 90, false)), "a writer waits for a reader");
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(write(2, "A2", 500, 30)), held(0, read(4, "A1"), 90, false)), "not for ever");
        MountRequest patient = write(1, "A1", 100, 30);
        assertEquals(List.of(), plan(List.of(read(2, "A2")), held(0, patient, 9, false)));
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(read(2, "A2")), held(0, patient, 10, false)));
        MountRequest first = write(3, "A3", 100, 31);
        assertEquals(List.of(new Lease.Grant(0, first)), plan(List.of(read(2, "A2"), first), free(0, null, 1)), "it comes before one that has waited less");
    }

    @Test
    void oneThatIsWantedItselfGetsNothingElse() {
        DriveNow wanted = new DriveNow(0, Health.UNCLEAN, "A1", null, false, true, Duration.ofMinutes(1));
        assertEquals(List.of(), plan(List.of(read(1, "A1")), wanted));
        assertEquals(List.of(new Lease.Grant(1, read(2, "A2"))), plan(List.of(read(2, "A2")), wanted, free(1, null, 1)));
        MountRequest holder = read(3, "A3");
        assertEquals(List.of(new Lease.Yield(0)), plan(List.of(), new DriveNow(0, Health.WELL, "A3", holder, false, true, Duration.ofMinutes(1))));
        assertEquals(List.of(), plan(List.of(), new DriveNow(0, Health.WELL, "A3", holder, true, true, Duration.ofMinutes(1))));
    }

    @Test
    void oneThatIsOutGetsNothingNorOneThatWaitsForItsCleaning() {
        for (Health health : List.of(Health.OUT, Health.UNCLEAN)) {
            assertEquals(List.of(), plan(List.of(read(1, "A1")), new DriveNow(0, health, null, null, false, false, Duration.ofDays(1))));
        }
        DriveNow out = new DriveNow(0, Health.OUT, "A1", null, false, false, Duration.ofDays(1));
        assertEquals(List.of(new Lease.Grant(1, read(1, "A1"))), plan(List.of(read(1, "A1")), out, free(1, null, 1)), "it is fetched from there");
        assertEquals(List.of(), plan(List.of(read(1, "A1")), new DriveNow(0, Health.OUT, "A1", write(2, "A1", 1, 0), false, false, Duration.ofDays(1)), free(1, null, 1)),
                "not while somebody has it");
        DriveNow silent = new DriveNow(0, Health.SILENT, null, null, false, false, Duration.ofDays(1));
        assertEquals(List.of(new Lease.Grant(1, read(1, "A1"))), plan(List.of(read(1, "A1")), silent, free(1, "A2", 1)));
        assertEquals(List.of(new Lease.Grant(0, read(1, "A1"))), plan(List.of(read(1, "A1")), silent));
    }

    @Test
    void whatIsWrittenSoonStaysInItsDriveIfAnotherOneWillDo() {
        assertEquals(List.of(new Lease.Grant(1, read(1, "A1"))), plan(List.of(read(1, "A1"), MountRequest.later("A2")), free(0, "A2", 9), free(1, "A3", 1)));
    }

    @Test
    void whatNobodyWantsGoesBackToItsSlot() {
        assertEquals(List.of(), plan(List.of(), free(0, "A1", 4)));
        assertEquals(List.of(new Lease.Unmount(0)), plan(List.of(), free(0, "A1", 5)));
        assertEquals(List.of(), plan(List.of(write(1, "A1", 1, 1)), free(0, "A1", 50)), "what will soon be written on stays");
    }
}
