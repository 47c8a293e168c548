package org.azekura.server.job.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.server.JobOrder;
import org.junit.jupiter.api.Test;

class FileSampleTest {

    private static final int FILES = 1_000;

    private static RawPath path(int number) {
        return RawPath.of("/srv/file-" + number);
    }

    /** File N has N * 10 bytes. */
    private static FileSample shown(JobOrder.DrillSample wanted, int most, List<Integer> order) {
        FileSample sample = new FileSample(wanted, most);
        order.forEach(number -> sample.show(path(number), number * 10L));
        return sample;
    }

    private static List<Integer> inOrder() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static JobOrder.DrillSample part(int perMillion, long seed) {
        return new JobOrder.DrillSample(perMillion, 0, seed);
    }

    @Test
    void choosesSoManyByNumberAndTheLargestAndSmallestBesides() {
        Set<RawPath> chosen = new HashSet<>(shown(part(100_000, 7), FileSample.MOST, inOrder()).chosen());
        assertTrue(chosen.size() >= 100 && chosen.size() <= 106, "" + chosen.size());
        for (int extreme : new int[] {1, 2, 3, 997, 998, 999}) {
            assertTrue(chosen.contains(path(extreme)), "" + extreme);
        }
    }

    @Test
    void theSameSeedChoosesTheSameWhateverTheOrder() {
        List<Integer> mixed = inOrder();
        Collections.shuffle(mixed, new Random(3));
        assertEquals(new HashSet<>(shown(part(50_000, 7), FileSample.MOST, inOrder()).chosen()), new HashSet<>(shown(part(50_000, 7), FileSample.MOST, mixed).chosen()));
        assertNotEquals(new HashSet<>(shown(part(50_000, 7), FileSample.MOST, inOrder()).chosen()), new HashSet<>(shown(part(50_000, 8), FileSample.MOST, inOrder()).chosen()));
    }

    @Test
    void everyFileHasItsTurn() {
        Set<RawPath> seen = new HashSet<>();
        for (int seed = 1; seed <= 100; seed++) {
            seen.addAll(shown(part(100_000, seed), FileSample.MOST, inOrder()).chosen());
        }
        assertTrue(seen.size() > FILES - 5, seen.size() + " of " + FILES + " files after 100 drills of a tenth each");
    }

    @Test
    void aNumberOfFilesMayBeMoreThanThereAre() {
        assertEquals(FILES, shown(new JobOrder.DrillSample(0, 5_000, 1), FileSample.MOST, inOrder()).chosen().size());
        int few = shown(new JobOrder.DrillSample(0, 1, 1), FileSample.MOST, inOrder()).chosen().size();
        assertTrue(few >= 6 && few <= 7, "" + few);
        assertEquals(FILES, shown(part(JobOrder.DrillSample.ALL, 1), FileSample.MOST, inOrder()).chosen().size());
    }

    @Test
    void keepsNoMorePathsThanItMayAndSaysHowManyWereAskedFor() {
        FileSample sample = shown(part(500_000, 1), 20, inOrder());
        assertEquals(500, sample.asked());
        assertTrue(sample.chosen().size() <= 26, "" + sample.chosen().size());
        assertEquals(FILES, sample.files());
    }

    @Test
    void aSnapshotWithoutFilesHasNoSample() {
        FileSample sample = new FileSample(part(100_000, 1));
        assertEquals(List.of(), sample.chosen());
        sample.show(RawPath.of("/link"), -1);
        assertEquals(List.of(RawPath.of("/link")), sample.chosen());
    }

    @Test
    void refusesWhatNothingCanBeChosenBy() throws BackupException {
        FileSample.require(null);
        FileSample.require(part(1, 0));
        for (JobOrder.DrillSample bad : List.of(part(0, 1), part(-1, 1), part(1_000_001, 1), new JobOrder.DrillSample(5, 5, 1), new JobOrder.DrillSample(0, -1, 1))) {
            assertEquals("drill.sample", assertThrows(BackupException.class, () -> FileSample.require(bad), bad::toString).failure().code());
        }
    }
}
