package org.azekura.server.job.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Terms.Medium;
import org.azekura.server.pool.DeviceTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Places are written as words: what keeps it (disk, slow disk of 1 MB/s, tape with its cartridge in a drive, shelf with it on a shelf, s3 that costs 0.09 a GiB, glacier
 * that takes 5 hours, free cloud), then copy if it is not the snapshot's own pool, damaged, away.
 */
class NearnessTest {

    private static final long GiB = 1L << 30;

    private static Nearness place(String words, long bytes) {
        boolean tape = words.startsWith("tape") || words.startsWith("shelf");
        Terms terms = switch (words.split(" ")[0]) {
            case "disk" -> Terms.OF_A_DISK;
            case "slow" -> new Terms(Medium.DISK, Duration.ZERO, 1_000_000, 0, 0);
            case "tape", "shelf" -> new Terms(Medium.TAPE, Duration.ofSeconds(90), -1, 0, 0);
            case "s3" -> new Terms(Medium.CLOUD, Duration.ofMillis(200), -1, 90_000, 400);
            case "dear" -> new Terms(Medium.CLOUD, Duration.ofMillis(200), -1, 180_000, 400);
            case "glacier" -> new Terms(Medium.CLOUD, Duration.ofHours(5), -1, 90_000, 400);
            case "free" -> new Terms(Medium.CLOUD, Duration.ofMillis(200), -1, 0, 0);
            default -> throw new IllegalArgumentException(words);
        };
        Reading reading = new Reading(new PoolName(words.split(" ")[0]), !words.contains("copy"), !words.contains("damaged"),
                new DeviceTerms.Now(terms, words.startsWith("tape") ? Set.of(new VolumeId(1, 1)) : Set.of()), 1 << 20, "v");
        Wanted wanted = new Wanted(10, bytes);
        Nearness near = tape ? reading.atBest(wanted, true) : reading.of(wanted);
        return words.contains("away") ? new Nearness(near.pool(), near.own(), 3, near.sound(), near.medium(), near.waits(), near.reading(), near.cost(), near.cold()) : near;
    }

    @ParameterizedTest
    @CsvSource({
            "disk, disk copy, 1",
            "disk copy, tape, 1",
            "disk copy, shelf, 1",
            "disk copy, tape, 10000",
            "disk, s3 copy, 1",
            "disk copy, s3, 1",
            "disk copy, free, 1",
            "tape copy, shelf, 1",
            "tape, tape copy, 1",
            "tape, s3 copy, 1",
            "shelf, s3 copy, 100",
            "shelf, free copy, 100",
            "s3 copy, shelf, 1",
            "free copy, shelf, 1",
            "free copy, s3, 1",
            "free copy, s3, 1000",
            "s3, dear copy, 1",
            "s3 copy, dear, 1",
            "s3, glacier copy, 1",
            "shelf, glacier copy, 1",
            "shelf copy, glacier, 1",
            "s3 copy, tape away, 1",
            "glacier copy, tape away, 1",
            "disk copy damaged, tape away, 1",
            "disk copy, disk damaged, 1",
            "s3 copy, disk damaged, 1",
            "shelf copy, disk damaged, 1",
            "disk damaged, disk copy damaged, 1",
            "shelf copy, slow, 10",
            "slow, glacier copy, 10",
            "tape away, shelf copy damaged away, 1"})
    void theNearerComesFirst(String nearer, String farther, long gibibytes) {
        Nearness near = place(nearer, gibibytes * GiB);
        Nearness far = place(farther, gibibytes * GiB);
        assertTrue(near.compareTo(far) < 0, () -> near + " is not before " + far);
        assertTrue(far.compareTo(near) > 0);
    }

    @Test
    void secondsDoNotDecideOverMoney() {
        Nearness cloud = place("s3 copy", GiB / 100);
        Nearness tape = place("tape", GiB / 100);
        assertTrue(cloud.time().compareTo(tape.time()) < 0, "the cloud is sooner");
        assertTrue(tape.compareTo(cloud) < 0, "and costs");
    }

    @Test
    void saysWhatItTakes() {
        assertEquals("about 43 s, costs 0.09; the copy in pool shelf: about 93 s; the copy in pool disk: at once, parts of it are damaged",
                place("s3", GiB).words(List.of(place("disk copy damaged", GiB / 10), place("shelf copy", GiB))));
        assertEquals("about 5 h, costs less than 0.01", place("glacier", GiB / 100).words());
        assertEquals("about 7 h", place("slow", 25 * GiB).words());
    }

    @Test
    void eachReadCosts() {
        Reading reading = new Reading(new PoolName("p"), true, true, new DeviceTerms.Now(new Terms(Medium.CLOUD, Duration.ZERO, -1, 0, 400_000), Set.of()), 1 << 20, null);
        assertEquals(400, reading.cost(new Wanted(1, 1 << 20)));
        assertEquals(400_000, reading.cost(new Wanted(1000, 1000)));
        assertEquals(409_600, reading.cost(new Wanted(1, GiB)));
        assertEquals(0, reading.cost(new Wanted(0, 0)));
    }
}
