package org.azekura.server.job.place;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.server.Pools;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.clock.PlayedClock;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.job.run.Stage;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a media set ends by itself. */
class SetRulesTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PoolName TAPE = new PoolName("tape");
    private static final PoolName NEXT = new PoolName("tape.set2");
    private static final PoolName COPIES = new PoolName("disk.in.tape.set2");
    private static final long SIZE = 1000;

    @TempDir
    Path home;
    private final PlayedClock machine = new PlayedClock(NOON);
    private CatalogDoor door;
    private CatalogStore catalog;
    private ServerClock clock;
    private Pool open;

    /** A pool whose second set began an hour ago. */
    @BeforeEach
    void begin() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        clock = machine.open(catalog);
        open = with(with(Rows.pool("tape"), "name", NEXT), "created", clock.instant());
        door.change(edit -> {
            edit.putPool(Rows.pool("tape"));
            edit.putPool(Rows.pool("disk"));
            edit.putPool(open);
            edit.putMediaSet(MediaSet.of(TAPE, 2));
            edit.putVolume(Rows.volume(1, "tape", "tape-1"));
            edit.putVolume(Rows.volume(2, "tape.set2", "tape.set2-1"));
            edit.putSnapshot(Rows.snapshot(1, "tape", "web", "etc"));
        });
        machine.pass(HOUR);
    }

    @AfterEach
    void end() {
        door.close();
    }

    private void rules(Duration after, long size) throws BackupException {
        door.change(edit -> edit.putMediaRules(new Pools.Rules(null, null, null, null, null, null, null, after.toSeconds(), size, null, null).in(edit.mediaRules(TAPE))));
    }

    private void pack(long id, PoolName pool, long volume, long size) throws BackupException {
        door.change(edit -> edit.putPack(with(Rows.pack(id, pool.value(), volume), "size", size)));
    }

    private String why() throws BackupException {
        return new SetRules(new Stage(null, catalog, null, null, null, null, null, null, null, clock), null).why(open);
    }

    @Test
    void itEndsSoLongAfterItBegan() throws Exception {
        pack(1, NEXT, 2, SIZE);
        rules(WEEK, 0);
        machine.pass(WEEK.minus(HOUR));
        assertNull(why(), "clocks may be wrong by half an hour");
        machine.pass(HOUR);
        assertEquals("the one before began " + open.created(), why());
        rules(Duration.ZERO, 0);
        assertNull(why());
    }

    @Test
    void oneThatNothingIsInGoesOnHoweverOldItIs() throws Exception {
        pack(1, TAPE, 1, SIZE);
        rules(WEEK, SIZE);
        machine.pass(WEEK.multipliedBy(10));
        assertNull(why(), "what is in another set is not in this");
    }

    @Test
    void whoSetsTheMachinesClockEndsNone() throws Exception {
        pack(1, NEXT, 2, SIZE);
        rules(WEEK, 0);
        machine.jump(WEEK.multipliedBy(10));
        assertNull(why());
    }

    /** The server was off for long, or its machine's clock is wrong. */
    @Test
    void whileNobodyKnowsWhatTimeItIsNoneEnds() throws Exception {
        pack(1, NEXT, 2, SIZE);
        rules(WEEK, 0);
        restart(true, Duration.ZERO);
        restart(false, WEEK.multipliedBy(10));
        assertNull(why());
        restart(true, Duration.ZERO);
        assertEquals("the one before began " + open.created(), why());
    }

    private void restart(boolean ntp, Duration off) throws BackupException {
        clock.close();
        machine.jump(off);
        machine.ntp(ntp);
        clock = machine.open(catalog);
    }

    @Test
    void itEndsWithSoManyBytesOfPacksThoseOfCopiesAmongThem() throws Exception {
        rules(Duration.ZERO, SIZE);
        pack(1, NEXT, 2, SIZE - 1);
        assertNull(why());
        door.change(edit -> {
            edit.putPool(Rows.pool(COPIES.value()));
            edit.putReplica(new Replica(COPIES, new PoolName("disk"), NEXT));
            edit.putVolume(Rows.volume(3, COPIES.value(), "copies"));
        });
        pack(2, COPIES, 3, 1);
        assertEquals("the one before has 1000 bytes of packs", why());
    }
}
