package org.azekura.server.clock;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.ClockState;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerClockTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path home;
    private CatalogDoor door;
    private Instant wall = NOON;
    private long nanos = -5;
    private Instant kernel;
    private ServerClock clock;

    @BeforeEach
    void open() throws BackupException {
        door = new CatalogDoor(home);
        start();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void start() throws BackupException {
        clock = ServerClock.open(door.catalog(), new Machine(() -> wall, () -> nanos, () -> Optional.ofNullable(kernel)));
        clock.look();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
        kernel = kernel == null ? null : kernel.plus(time);
    }

    private void jump(Duration by) {
        wall = wall.plus(by);
    }

    /** Else nothing could expire, and a start is as the first one. */
    private void somethingIsKept() throws BackupException {
        somethingIsKept(clock.instant());
    }

    private void somethingIsKept(Instant now) throws BackupException {
        PoolName pool = new PoolName("p");
        door.catalog().write(edit -> {
            edit.putPool(new Pool(pool, new NodeName("n"), new DeviceName("d"), "disk", new ChunkSizes(1 << 18, 1 << 20, 1 << 22), 3, 50, new byte[0], now, null));
            edit.putSnapshot(new Snapshot(new SnapshotId(0, 1), new JobId(1), pool, new ClientName("c"), new SaveSetName("s"), ChunkId.of(new byte[32]), null,
                    now, now, 0, 0, 0, 0, new byte[0]));
            return null;
        });
    }

    /** A start makes it a nanosecond later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private ClockState.Ground ground() {
        return clock.state().ground();
    }

    @Test
    void whatIsDoneToTheMachinesClockDoesNotMoveIt() throws Exception {
        assertEquals(NOON, now());
        pass(HOUR);
        jump(YEAR);
        clock.look();
        assertEquals(NOON.plus(HOUR), now());
        assertTrue(clock.state().advice().contains("365 days ahead of the retention time 2026-05-01T13:00:00Z"), clock.state()::toString);
        jump(YEAR.multipliedBy(2).negated());
        clock.look();
        pass(HOUR);
        assertEquals(NOON.plus(HOUR).plus(HOUR), now());
        assertTrue(clock.state().advice().contains("365 days behind"), clock.state()::toString);
        jump(YEAR);
        assertEquals("", clock.state().advice());
    }

    @Test
    void aStopIsWhereTheNextStartGoesOnAndAKillCostsWhatWasNotKept() throws Exception {
        somethingIsKept();
        pass(HOUR);
        clock.close();
        pass(Duration.ofMinutes(3));
        start();
        assertEquals(NOON.plus(HOUR), now());
        assertEquals(ClockState.Ground.NEW, ground());
        pass(HOUR);
        clock.look();
        pass(Duration.ofSeconds(50));
        start();
        assertEquals(NOON.plus(HOUR).plus(HOUR), now());
    }

    @Test
    void whatATransactionStampsIsKeptWithIt() throws Exception {
        somethingIsKept();
        pass(Duration.ofSeconds(50));
        door.catalog().write(edit -> {
            clock.remember(edit);
            return null;
        });
        start();
        assertEquals(NOON.plusSeconds(50), now());
    }

    @Test
    void ntpConfirmsAtOnceForHowLongItWasAway() throws Exception {
        kernel = NOON;
        clock.look();
        assertEquals(List.of("ntp"), clock.state().by());
        somethingIsKept();
        clock.close();
        pass(YEAR);
        start();
        assertEquals(NOON.plus(YEAR), now());
        assertEquals(ClockState.Ground.CONFIRMED, ground());
        assertEquals(NOON, clock.corrected(NOON), "it was kept for a year");
        assertTrue(clock.hasPassed(NOON, YEAR.minusDays(1)));
    }

    @Test
    void withoutAnybodyWhoConfirmsItFreezesAndAsks() throws Exception {
        somethingIsKept();
        clock.close();
        jump(YEAR);
        start();
        assertEquals(NOON, now());
        assertEquals(ClockState.Ground.FROZEN, ground());
        assertTrue(clock.state().advice().contains("azekura server clock confirm"), clock.state()::toString);
        assertEquals(NOON.plus(YEAR), clock.likely());
        assertFalse(clock.hasPassed(NOON.minus(YEAR), Duration.ZERO));
    }

    @Test
    void twoOtherHostsAreEnough() throws Exception {
        withoutAnybodyWhoConfirmsItFreezesAndAsks();
        pass(HOUR);
        clock.told("h1", "client/a", "10.0.0.1", wall);
        assertEquals(ClockState.Ground.FROZEN, ground());
        clock.told("h2", "client/b", "10.0.0.2", wall.minusSeconds(1));
        assertEquals(List.of("client/a", "client/b"), clock.state().by());
        assertEquals(NOON.plus(YEAR).plus(HOUR).minusSeconds(1), now());
        start();
        assertEquals(NOON.plus(YEAR).plus(HOUR).minusSeconds(1), now(), "it is kept at once");
    }

    @Test
    void anAdministratorConfirmsWhatHeHasSeen() throws Exception {
        withoutAnybodyWhoConfirmsItFreezesAndAsks();
        Instant stamp = clock.instant();
        Instant steady = clock.steady();
        pass(HOUR);
        assertRefused("clock.changed", () -> clock.confirm(NOON));
        clock.told("h1", "client/a", "10.0.0.1", NOON.plus(HOUR));
        assertTrue(assertRefused("clock.refused", () -> clock.confirm(wall)).getMessage().contains("client/a says 2026-05-01T13:00:00Z"));
        clock.told("h1", "client/a", "10.0.0.1", wall);
        assertEquals(List.of("admin"), clock.confirm(wall.minusSeconds(20)).by());
        assertEquals(wall, now());
        assertEquals(NOON.plus(YEAR), clock.corrected(stamp));
        assertEquals(steady.plus(HOUR), clock.steady(), "tickets do not get older");
        assertRefused("clock.done", () -> clock.confirm(wall));
    }

    @Test
    void whatOnlyAnAdministratorHasConfirmedIsDoubtedUntilOthersSayTheSame() throws Exception {
        withoutAnybodyWhoConfirmsItFreezesAndAsks();
        assertEquals(Duration.ZERO, clock.unproven());
        clock.confirm(wall);
        assertTrue(clock.unproven().compareTo(YEAR) >= 0, clock.unproven()::toString);
        start();
        assertTrue(clock.unproven().compareTo(YEAR) >= 0, "it is kept");
        clock.told("h1", "client/a", "10.0.0.1", wall.minus(YEAR));
        clock.told("h2", "client/b", "10.0.0.2", wall.minus(YEAR));
        assertTrue(clock.unproven().compareTo(YEAR) >= 0, "hosts say that it is earlier");
        kernel = wall;
        clock.look();
        assertEquals(Duration.ZERO, clock.unproven());
        start();
        assertEquals(Duration.ZERO, clock.unproven());
    }

    /** No backup of this appliance has stamped anything yet: what is there is by another clock. */
    @Test
    void whatARebuildHasBroughtBackIsNotFreedByTheWordOfAnAdministratorAlone() throws Exception {
        somethingIsKept();
        jump(YEAR);
        clock.confirm(wall);
        assertTrue(clock.unproven().compareTo(YEAR) >= 0, clock.unproven()::toString);
        kernel = wall;
        clock.look();
        assertEquals(Duration.ZERO, clock.unproven());
    }

    @Test
    void norIfTheClockWasAheadWhenTheNewApplianceWasMade() throws Exception {
        Instant received = NOON.minus(YEAR);
        somethingIsKept(received);
        clock.confirm(wall);
        assertTrue(clock.unproven().compareTo(YEAR) >= 0, clock.unproven()::toString);
        start();
        assertTrue(clock.unproven().compareTo(YEAR) >= 0, "it is kept");
        jump(Duration.ofDays(30));
        start();
        clock.confirm(wall);
        assertTrue(clock.unproven().compareTo(YEAR.plusDays(60)) < 0, "what was brought back counts once");
        kernel = wall;
        clock.look();
        assertEquals(Duration.ZERO, clock.unproven());
    }

    @Test
    void aClockThatIsBehindIsImpossibleAndChangesNothing() throws Exception {
        somethingIsKept();
        pass(HOUR);
        clock.close();
        jump(YEAR.negated());
        start();
        assertEquals(NOON.plus(HOUR), now());
        assertTrue(clock.state().advice().contains("impossible"), clock.state()::toString);
        kernel = wall;
        clock.look();
        assertEquals(NOON.plus(HOUR), now());
        assertEquals(wall, clock.likely());
    }

    @Test
    void aClockThatWasAheadWhenTheApplianceWasNewIsMadeGoodAsLongAsThereIsNoSnapshot() throws Exception {
        jump(YEAR.negated());
        kernel = wall;
        clock.look();
        assertEquals(wall, now());
        door.catalog().write(edit -> {
            clock.remember(edit);
            return null;
        });
        jump(YEAR.negated());
        kernel = wall;
        clock.look();
        assertEquals(NOON.minus(YEAR), now());
    }

    @Test
    void whatIsNoTimeIsNamed() throws Exception {
        door.catalog().write(edit -> {
            edit.putSetting("clock", "9 tomorrow");
            return null;
        });
        assertTrue(assertRefused("clock.corrupt", this::start).getMessage().contains("9 tomorrow"));
    }

    @Test
    void thisMachineIsNoOtherHost() {
        assertTrue(OwnAddress.is("127.0.0.1"));
        assertTrue(OwnAddress.is("::1"));
        assertTrue(OwnAddress.is(""));
        assertFalse(OwnAddress.is("192.0.2.1"));
    }

    @Test
    void theKernelIsAskedWithoutAnError() {
        Instant before = Instant.now().minusSeconds(5);
        KernelTime.now().ifPresent(now -> assertTrue(now.isAfter(before) && now.isBefore(Instant.now().plusSeconds(5)), now::toString));
    }

    private ServerClock follower(long ahead) throws BackupException {
        return ServerClock.following(door.catalog(), new Machine(() -> wall.plus(YEAR), () -> nanos + ahead, Optional::empty));
    }

    private String kept() throws BackupException {
        return door.catalog().read(view -> view.setting("clock")).orElseThrow();
    }

    private static void remember(CatalogDoor door, ServerClock clock) throws BackupException {
        door.catalog().write(edit -> {
            clock.remember(edit);
            return null;
        });
    }

    @Test
    void aServerBesideGoesByTheTimeThatTheOneKeepsWhichLeads() throws BackupException {
        ServerClock other = follower(0);
        nanos += HOUR.toNanos();
        assertEquals(clock.instant(), other.instant(), "they go alike, whatever the machine's clock says there");
        wall = wall.plus(YEAR);
        kernel = wall;
        nanos += HOUR.toNanos();
        clock.look();
        other.follow();
        assertEquals(clock.instant(), other.instant());
        nanos += HOUR.toNanos();
        assertEquals(clock.instant(), other.instant());
    }

    /** A snapshot's stamp is not later than what is kept, whoever made it, and nobody sets that back. */
    @Test
    void whatAServerBesideKeepsIsNeverEarlierThanWhatIsThere() throws BackupException {
        ServerClock other = follower(0);
        nanos += HOUR.toNanos();
        String before = kept();
        remember(door, other);
        assertFalse(kept().equals(before), "its stamp would be later");
        clock.look();
        String latest = kept();
        ServerClock behind = follower(0);
        nanos += HOUR.toNanos();
        clock.look();
        nanos -= HOUR.toNanos() / 2;
        String now = kept();
        assertFalse(now.equals(latest));
        remember(door, behind);
        assertEquals(now, kept());
        nanos += HOUR.toNanos() / 2;
    }
}
