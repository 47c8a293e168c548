package org.azekura.storagenode.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.storagenode.lease.MountRequest.Purpose;
import org.junit.jupiter.api.Test;

/** Drives, readers and writers over simulated years, with drives that break and are cleaned: what must hold is looked at after every step. */
class LeaseYearsTest {

    private static final int STEP_min = 5;
    private static final int YEAR = 365 * 24 * 60 / STEP_min;
    private static final int CARTRIDGES = 30;
    /** Bytes that a drive moves in a step. */
    private static final long SPEED = 300_000_000L * 60 * STEP_min;

    private static final class Wish {

        final long id;
        final Purpose purpose;
        final String cartridge;
        final boolean urgent;
        long bytes;
        int waited;
        int age;

        Wish(long id, Purpose purpose, String cartridge, boolean urgent, long bytes) {
            this.id = id;
            this.purpose = purpose;
            this.cartridge = cartridge;
            this.urgent = urgent;
            this.bytes = bytes;
        }

        MountRequest request() {
            return new MountRequest(id, purpose, cartridge, purpose == Purpose.READ ? 0 : bytes, urgent, minutes(waited));
        }
    }

    private static final class Bay {

        Health health = Health.WELL;
        String mounted;
        Wish holder;
        /** What its holder had waited when he got it. */
        int waited;
        boolean yielding;
        boolean cleaning;
        int since;
        int repaired;
        int sinceSync;
    }

    private static Duration minutes(int steps) {
        return Duration.ofMinutes((long) steps * STEP_min);
    }

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Bay> bays = new ArrayList<>();
    private final List<Wish> waiting = new ArrayList<>();
    private Set<Long> overlooked = new HashSet<>();
    private long ids;
    private int step;
    private int ended;
    private int worst;

    private String said() {
        return "seed " + seed + " step " + step;
    }

    @Test
    void everyWishEndsAndNoCartridgeIsInTwoDrives() {
        for (int drives : new int[] {1, 2, 4}) {
            bays.clear();
            waiting.clear();
            worst = 0;
            for (int i = 0; i < drives; i++) {
                bays.add(new Bay());
            }
            for (step = 0; step < YEAR; step++) {
                arrive(drives);
                faults();
                work();
                Leases.plan(MountRules.USUAL, waiting.stream().map(Wish::request).toList(), now()).forEach(this::carryOut);
                check();
            }
            // a year's load is a third of what the drives can do; a drive is away for days
            assertTrue(minutes(worst).toDays() < 14, said() + ": somebody waited for " + minutes(worst));
        }
        assertTrue(ended > 5_000, said() + ": only " + ended);
    }

    private void arrive(int drives) {
        for (int i = 0; i < drives; i++) {
            if (random.nextInt(90) == 0) {
                waiting.add(new Wish(++ids, Purpose.READ, "A" + random.nextInt(CARTRIDGES), false, SPEED * random.nextInt(40)));
            }
            if (random.nextInt(90) == 0) {
                waiting.add(new Wish(++ids, Purpose.WRITE, "A" + random.nextInt(CARTRIDGES), random.nextBoolean(), 1 + SPEED * random.nextInt(40)));
            }
        }
    }

    private void faults() {
        for (Bay bay : bays) {
            if (bay.health == Health.OUT && --bay.repaired <= 0) {
                bay.health = Health.WELL;
                bay.mounted = null;
            } else if (bay.health != Health.OUT && random.nextInt(20_000) == 0) {
                bay.health = Health.OUT;
                bay.repaired = random.nextInt(3 * 24 * 60 / STEP_min);
                release(bay);
            } else if (bay.health == Health.WELL && random.nextInt(5_000) == 0) {
                bay.health = Health.UNCLEAN;
            } else if (bay.health == Health.UNCLEAN && bay.holder == null) {
                bay.cleaning = !bay.cleaning;
                bay.mounted = null;
                bay.health = bay.cleaning ? Health.UNCLEAN : Health.WELL;
                bay.since = 0;
            }
        }
    }

    /** What a holder had left to do it still has. */
    private void release(Bay bay) {
        if (bay.holder != null && bay.holder.bytes > 0) {
            bay.holder.waited = 0;
            waiting.add(bay.holder);
        }
        bay.holder = null;
        bay.yielding = false;
        bay.since = 0;
    }

    private void work() {
        waiting.forEach(wish -> {
            wish.waited++;
            wish.age++;
        });
        for (Bay bay : bays) {
            bay.since++;
            Wish holder = bay.holder;
            if (holder == null) {
                continue;
            }
            holder.age++;
            holder.bytes -= SPEED;
            boolean sync = ++bay.sinceSync >= 1 + random.nextInt(5);
            if (holder.bytes <= 0) {
                worst = Math.max(worst, holder.age);
                ended++;
                release(bay);
            } else if (bay.yielding && sync) {
                release(bay);
            }
            bay.sinceSync = sync ? 0 : bay.sinceSync;
        }
    }

    private List<DriveNow> now() {
        List<DriveNow> now = new ArrayList<>();
        for (Bay bay : bays) {
            now.add(new DriveNow(now.size(), bay.health, bay.mounted, holder(bay), bay.yielding, bay.cleaning, minutes(bay.since)));
        }
        return now;
    }

    private static MountRequest holder(Bay bay) {
        return bay.holder == null ? null : MountRequest.of(bay.holder.id, bay.holder.purpose, bay.holder.cartridge, minutes(bay.waited));
    }

    private void carryOut(Lease lease) {
        Bay bay = bays.get(lease.drive());
        switch (lease) {
            case Lease.Grant grant -> {
                assertNull(bay.holder, said());
                assertTrue(bay.health == Health.WELL && !bay.cleaning, said());
                assertTrue(grant.request().isRipe(MountRules.USUAL), said());
                Wish wish = waiting.stream().filter(one -> one.id == grant.request().id()).findFirst().orElseThrow();
                waiting.remove(wish);
                bays.stream().filter(one -> wish.cartridge.equals(one.mounted) && one.health == Health.OUT).forEach(one -> one.mounted = null);
                bay.mounted = wish.cartridge;
                bay.holder = wish;
                bay.waited = wish.waited;
                bay.since = 0;
            }
            case Lease.Yield yield -> {
                assertFalse(bay.yielding, said());
                boolean plain = bay.holder.purpose == Purpose.WRITE && minutes(bay.waited).compareTo(MountRules.USUAL.patience()) < 0;
                assertTrue(plain || minutes(bay.since).compareTo(MountRules.USUAL.turn()) >= 0, said());
                assertTrue(waiting.stream().anyMatch(wish -> wish.request().isPressing(MountRules.USUAL)), said());
                bay.yielding = true;
            }
            case Lease.Unmount unmount -> {
                assertNull(bay.holder, said());
                bay.mounted = null;
            }
        }
    }

    private void check() {
        Set<String> mounted = new HashSet<>();
        for (Bay bay : bays) {
            assertTrue(bay.mounted == null || mounted.add(bay.mounted), () -> said() + ": " + bay.mounted + " is in two drives");
            assertFalse(bay.health == Health.OUT && bay.holder != null, this::said);
        }
        boolean idle = bays.stream().anyMatch(bay -> bay.holder == null && bay.health == Health.WELL && bay.mounted == null && bay.since > 1);
        // one whose cartridge is on its way back to its slot waits for that
        Set<Long> now = waiting.stream().filter(wish -> idle && wish.waited > 1 && wish.request().isRipe(MountRules.USUAL) && !mounted.contains(wish.cartridge))
                .map(wish -> wish.id).collect(Collectors.toSet());
        overlooked.retainAll(now);
        assertEquals(Set.of(), overlooked, () -> said() + ": a drive is idle and somebody waits");
        overlooked = now;
    }
}
