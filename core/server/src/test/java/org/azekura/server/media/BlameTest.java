package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.device.Alert;
import org.junit.jupiter.api.Test;

class BlameTest {

    private static Blame of(String... pairs) {
        return Blame.of(Arrays.stream(pairs).map(pair -> new DriveErrors(pair.split("/")[0], pair.split("/")[1], 5, Instant.EPOCH, "x")).toList());
    }

    @Test
    void oneCartridgeInOneDriveSaysNothing() {
        assertEquals(new Blame(Set.of(), Set.of()), of("d1/A1", "d2/A2"));
    }

    @Test
    void aCartridgeThatFailsInTwoDrivesIsSuspect() {
        assertEquals(new Blame(Set.of("A1"), Set.of()), of("d1/A1", "d2/A1"));
    }

    @Test
    void aDriveThatFailsWithTwoCartridgesIsDown() {
        assertEquals(new Blame(Set.of(), Set.of("d1")), of("d1/A1", "d1/A2"));
    }

    @Test
    void whatIsExplainedExplainsNoMore() {
        assertEquals(new Blame(Set.of(), Set.of("d1")), of("d1/A1", "d1/A2", "d1/A3", "d2/A3"));
        assertEquals(new Blame(Set.of("A1"), Set.of("d1")), of("d1/A2", "d1/A3", "d2/A1", "d3/A1"));
    }

    @Test
    void alertsHaveWhatTheTableSaysDone() {
        Map<AlertRule, List<Integer>> found = new HashMap<>();
        for (int flag = 1; flag <= 64; flag++) {
            found.computeIfAbsent(AlertRule.of(new Alert(flag)), rule -> new ArrayList<>()).add(flag);
        }
        assertEquals(List.of(20, 21), found.get(AlertRule.CLEAN));
        assertEquals(List.of(14, 30, 31, 56), found.get(AlertRule.STOP));
        assertEquals(List.of(4, 7, 13, 15, 18, 51, 52, 53, 55, 59), found.get(AlertRule.NO_WRITE));
        assertEquals(48, found.get(AlertRule.TOLD).size());
    }

    /** Years of mounts, with some cartridges and drives that are bad: who is bad is found, and nobody who is well for longer than a bad one explains. */
    @Test
    void findsWhoIsBadOverYears() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int year = 0; year < 40; year++) {
            Set<String> badTapes = Set.of("A" + random.nextInt(40));
            Set<String> badDrives = random.nextBoolean() ? Set.of() : Set.of("d0");
            Map<String, DriveErrors> pairs = new HashMap<>();
            Set<String> suspect = new HashSet<>();
            Set<String> down = new HashSet<>();
            for (int mount = 0; mount < 4_000; mount++) {
                String drive = "d" + random.nextInt(4);
                String tape = "A" + random.nextInt(40);
                if (down.contains(drive) || suspect.contains(tape)) {
                    continue;
                }
                boolean fails = badTapes.contains(tape) && random.nextInt(3) == 0 || badDrives.contains(drive) && random.nextInt(20) == 0;
                if (fails) {
                    pairs.put(drive + tape, new DriveErrors(drive, tape, 1, Instant.EPOCH, "x"));
                    Blame blame = Blame.of(List.copyOf(pairs.values()));
                    suspect.addAll(blame.cartridges());
                    down.addAll(blame.drives());
                }
            }
            String said = "seed " + seed + " year " + year + ": suspect " + suspect + " bad " + badTapes + ", down " + down + " bad " + badDrives;
            assertTrue(suspect.containsAll(badTapes) || down.size() >= 1, said);
            assertTrue(down.containsAll(badDrives), said);
            // a bad drive and a bad cartridge that met may each have one innocent partner blamed, never more
            assertTrue(suspect.size() <= badTapes.size() + badDrives.size(), said);
            assertTrue(down.size() <= badDrives.size() + 1, said);
        }
    }
}
