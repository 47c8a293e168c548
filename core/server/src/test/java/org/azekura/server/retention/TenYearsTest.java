package org.azekura.server.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.Keep;
import org.azekura.api.SnapshotId;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** Ten years of snapshots, at any times, and what expires taken out as it does: at each look those are there that the oracle says of all there ever were. */
class TenYearsTest {

    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca");
    private static final Instant BEGIN = Instant.parse("2010-12-24T21:13:00Z");
    private static final Instant END = Instant.parse("2021-01-09T12:00:00Z");
    private static final int LIVES = Seeds.slow() ? 30 : 2;

    private final long seed = Seeds.start();

    @Test
    void leavesExactlyThoseThatTheOracleSays() {
        for (int life = 0; life < LIVES; life++) {
            live(Seeds.random(seed + life), "seed " + seed + " life " + life);
        }
    }

    private static void live(Random random, String which) {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        Keep keep = keep(random);
        Oracle oracle = new Oracle(zone);
        List<Aged> ever = new ArrayList<>();
        List<Aged> alive = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        Duration usual = Duration.ofMinutes(List.of(360, 720, 1440, 1440, 4000).get(random.nextInt(5)));
        Instant now = BEGIN;
        int looks = 0;
        while (now.isBefore(END)) {
            Aged made = new Aged(new SnapshotId(now.toEpochMilli() << 16, ever.size()), now, now);
            ever.add(made);
            alive.add(made);
            if (random.nextInt(200) == 0) {
                Duration time = random.nextInt(4) == 0 ? null : Duration.ofDays(random.nextInt(1, 1500));
                holds.add(new Hold(made.id(), now, time, new Ground(Ground.Kind.PINNED, "")));
            }
            Duration pause = random.nextInt(60) == 0 ? Duration.ofDays(random.nextInt(1, 40)) : random.nextInt(5) == 0 ? Duration.ofMinutes(35) : usual;
            now = now.plus(pause).plusSeconds(random.nextInt(-1800, 1800));
            if (random.nextInt(3) == 0) { // not after each of them
                expire(alive, keep, zone, holds, now);
                if (random.nextInt(20) == 0) {
                    looks++;
                    Instant at = now;
                    List<Hold> then = holds.stream().filter(hold -> !hold.since().isAfter(at)).toList();
                    assertEquals(oracle.staying(ever, keep, then, now), ids(alive), which + " " + keep.text() + " " + zone + " at " + now);
                }
            }
        }
        expire(alive, keep, zone, holds, now);
        assertEquals(oracle.staying(ever, keep, holds, now), ids(alive), which + " " + keep.text() + " " + zone + " after " + looks + " looks");
    }

    private static void expire(List<Aged> alive, Keep keep, ZoneId zone, List<Hold> holds, Instant now) {
        Set<SnapshotId> gone = new HashSet<>();
        for (Fate fate : Survivors.of(alive, List.of(new Claim(null, keep, zone, List.copyOf(alive))), holds, (since, time) -> !since.plus(time).isAfter(now))) {
            if (fate.expires()) {
                gone.add(fate.snapshot().id());
            }
        }
        alive.removeIf(one -> gone.contains(one.id()));
    }

    private static Set<SnapshotId> ids(List<Aged> alive) {
        return alive.stream().map(Aged::id).collect(Collectors.toSet());
    }

    private static Keep keep(Random random) {
        return new Keep(some(random, 10), some(random, 48), some(random, 14), some(random, 8), some(random, 24), some(random, 12),
                random.nextBoolean() ? Duration.ZERO : Duration.ofHours(random.nextInt(1, 2000)));
    }

    private static int some(Random random, int most) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(1, most + 1);
    }
}
