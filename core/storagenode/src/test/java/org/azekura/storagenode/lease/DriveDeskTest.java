package org.azekura.storagenode.lease;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.storagenode.lease.MountRequest.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriveDeskTest {

    private final AtomicLong clock = new AtomicLong();
    private final Map<Integer, Health> health = new HashMap<>();
    private volatile int soon = -1;
    private DriveDesk desk;

    private DriveDesk open(int drives) {
        desk = new DriveDesk("library", drives, MountRules.USUAL, clock::get, new DriveView() {
            @Override
            public Health health(int drive) {
                return health.getOrDefault(drive, Health.WELL);
            }

            @Override
            public boolean isSoonWanted(int drive) {
                return drive == soon;
            }

            @Override
            public long steps() {
                return 0;
            }
        });
        return desk;
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private interface Wait {
        Turn run() throws Exception;
    }

    private CompletableFuture<Turn> begin(Wait wait) {
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                turn.complete(wait.run());
            } catch (Exception e) {
                turn.completeExceptionally(e);
            }
        });
        return turn;
    }

    private CompletableFuture<Turn> begin(Purpose purpose, String cartridge) {
        return begin(() -> desk.enter(purpose, cartridge, true));
    }

    private static Turn get(CompletableFuture<Turn> turn) throws Exception {
        return turn.get(120, TimeUnit.SECONDS);
    }

    private static void await(Turn turn) {
        while (!turn.isWanted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aReaderHasAWriterYieldAtOnce() throws Exception {
        open(1);
        Turn writer = desk.enter(Purpose.WRITE, "A1", true);
        assertFalse(writer.isWanted());
        CompletableFuture<Turn> reader = begin(Purpose.READ, "A2");
        await(writer);
        assertFalse(reader.isDone());
        writer.close();
        Turn reads = get(reader);
        CompletableFuture<Turn> again = begin(Purpose.WRITE, "A1");
        pass(Duration.ofMinutes(29));
        assertFalse(again.isDone());
        assertFalse(reads.isWanted());
        reads.close();
        pass(MountRules.USUAL.linger());
        assertEquals(0, get(again).drive());
    }

    /** Brought into another drive it can't be: who tried that would find it where it is, again and again. */
    @Test
    void whatLiesInADriveThatSomebodyVisitsIsWaitedForThere() throws Exception {
        open(2);
        desk.saw(Map.of(0, "A1"));
        pass(MountRules.USUAL.idle());
        Turn visit = desk.awaitIdle().orElseThrow();
        assertEquals(0, visit.drive());
        CompletableFuture<Turn> reader = begin(Purpose.READ, "A1");
        await(visit);
        assertFalse(reader.isDone());
        visit.close();
        assertEquals(0, get(reader).drive());
    }

    /** It may be what an operator has brought there, and wants to find there. */
    @Test
    void whatAnErrandHasLeftInADriveIsNotPutAwayBeforeSomebodyHasLooked() throws Exception {
        open(1);
        desk.saw(Map.of(0, "A1"));
        desk.visit(0).close();
        pass(MountRules.USUAL.idle());
        CompletableFuture<Turn> idle = begin(() -> desk.awaitIdle().orElseThrow());
        desk.visit(0).close();
        assertFalse(idle.isDone());
        desk.saw(Map.of(0, "A2"));
        pass(MountRules.USUAL.idle());
        desk.leave(0);
        assertEquals(0, get(idle).drive());
    }

    @Test
    void whatLiesWhereAnotherIsAboutToBeBroughtIsWaitedForUntilItIsOut() throws Exception {
        open(2);
        Turn other = desk.enter(Purpose.WRITE, "A3", true);
        desk.saw(Map.of(other.drive(), "A3", 1 - other.drive(), "A1"));
        Turn comes = desk.enter(Purpose.WRITE, "A2", true);
        assertEquals(1 - other.drive(), comes.drive());
        other.close();
        pass(MountRules.USUAL.linger());
        desk.saw(Map.of(comes.drive(), "A1"));
        CompletableFuture<Turn> reader = begin(Purpose.READ, "A1");
        desk.visit(other.drive()).close();
        assertFalse(reader.isDone(), "the other drive is free");
        desk.lies(comes.drive(), "A2");
        assertEquals(other.drive(), get(reader).drive());
    }

    @Test
    void aDriveStaysItsHoldersForAMoment() throws Exception {
        open(1);
        desk.enter(Purpose.WRITE, "A1", true).close();
        CompletableFuture<Turn> other = begin(Purpose.WRITE, "A2");
        desk.enter(Purpose.WRITE, "A1", true).close();
        assertFalse(other.isDone());
        desk.leave(0);
        get(other).close();
        CompletableFuture<Turn> first = begin(Purpose.WRITE, "A1");
        pass(MountRules.USUAL.linger());
        get(first).close();
        // who presses does not wait for that
        Turn reader = get(begin(Purpose.READ, "A2"));
        reader.close();
        pass(MountRules.USUAL.linger());
        desk.enter(Purpose.READ, "A3", false).close();
        assertEquals(0, desk.enter(Purpose.WRITE, "A1", true).drive());
    }

    @Test
    void callsForOneCartridgeShareItsDrive() throws Exception {
        open(2);
        Turn one = desk.enter(Purpose.READ, "A1", true);
        Turn two = desk.enter(Purpose.READ, "A1", true);
        assertEquals(one.drive(), two.drive());
        assertNotEquals(one.drive(), desk.enter(Purpose.READ, "A2", true).drive());
        CompletableFuture<Turn> third = begin(Purpose.READ, "A3");
        one.close();
        pass(MountRules.USUAL.linger());
        pass(MountRules.USUAL.linger());
        assertFalse(third.isDone(), "the other call goes on");
        two.close();
        pass(MountRules.USUAL.linger());
        assertEquals(one.drive(), get(third).drive());
    }

    @Test
    void whoReadsWhatIsWrittenComesInBetween() throws Exception {
        open(2);
        Turn writer = desk.enter(Purpose.WRITE, "A1", true);
        CompletableFuture<Turn> reader = begin(Purpose.READ, "A1");
        await(writer);
        writer.close();
        assertEquals(writer.drive(), get(reader).drive());
        CompletableFuture<Turn> again = begin(Purpose.WRITE, "A1");
        assertFalse(again.isDone(), "one cartridge, one drive");
    }

    @Test
    void whoWantsTheDriveItselfGetsItBetweenTwoCalls() throws Exception {
        open(1);
        Turn reader = desk.enter(Purpose.READ, "A1", true);
        CompletableFuture<Turn> visitor = begin(() -> desk.visit(0));
        await(reader);
        CompletableFuture<Turn> again = begin(Purpose.READ, "A1");
        reader.close();
        Turn visit = get(visitor);
        assertFalse(again.isDone());
        visit.close();
        assertEquals(0, get(again).drive());
    }

    @Test
    void whatIsOutOfUseGetsNothing() throws Exception {
        open(2);
        health.put(0, Health.OUT);
        assertEquals(1, desk.enter(Purpose.READ, "A1", true).drive());
        health.put(1, Health.OUT);
        BackupException e = assertRefused("drive.away", () -> desk.enter(Purpose.READ, "A2", true));
        assertTrue(e.getMessage().contains("A2"), e.getMessage());
    }

    @Test
    void goesToWhereItLies() throws Exception {
        open(2);
        desk.saw(Map.of(0, "A1", 1, "A2"));
        assertEquals(1, desk.enter(Purpose.READ, "A2", true).drive());
        desk.saw(Map.of(0, "A2", 1, "A1"));
        assertEquals(1, desk.enter(Purpose.READ, "A2", true).drive(), "who has it knows better");
        soon = 0;
        desk.saw(Map.of(0, "A1"));
        CompletableFuture<Turn> other = begin(Purpose.WRITE, "A1");
        assertEquals(0, get(other).drive());
    }

    @Test
    void tellsWhatNobodyWants() throws Exception {
        open(1);
        desk.enter(Purpose.READ, "A1", false).close();
        CompletableFuture<Turn> idle = begin(() -> desk.awaitIdle().orElseThrow());
        pass(Duration.ofMinutes(4));
        // something happens, so that it looks
        desk.leave(0);
        assertFalse(idle.isDone());
        pass(Duration.ofMinutes(1));
        desk.leave(0);
        Turn away = get(idle);
        CompletableFuture<Turn> reader = begin(Purpose.READ, "A1");
        assertFalse(reader.isDone());
        away.close();
        get(reader);
    }

    @Test
    void whoWaitsIsToldOfTheEnd() throws Exception {
        open(1);
        desk.enter(Purpose.READ, "A1", true);
        CompletableFuture<Turn> waits = begin(Purpose.READ, "A2");
        CompletableFuture<Turn> visits = begin(() -> desk.visit(0));
        desk.close();
        for (CompletableFuture<Turn> one : List.of(waits, visits)) {
            assertRefused("device.closed", () -> {
                try {
                    get(one);
                } catch (ExecutionException e) {
                    throw e.getCause();
                }
            });
        }
        assertTrue(desk.awaitIdle().isEmpty());
    }
}
