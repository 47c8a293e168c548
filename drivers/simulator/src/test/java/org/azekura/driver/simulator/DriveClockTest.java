package org.azekura.driver.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated time: what things cost in a drive like an LTO-8, while nothing here waits. */
class DriveClockTest {

    private static final int BLOCK = 8 << 20;
    private static final long GIGABYTE = 1_000_000_000;

    @TempDir
    Path dir;

    private Simulator lto8() throws Exception {
        return Simulator.of(Setup.Raw.of(dir.resolve("library").toString()));
    }

    private static long write(Simulator library, Drive drive, long bytes, double sourceSpeed) throws Exception {
        ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
        long written = 0;
        for (; written < bytes; written += BLOCK) {
            drive.write(zeros.clear());
            library.idle(0, Duration.ofNanos((long) (BLOCK / sourceSpeed * 1e9)));
        }
        return written;
    }

    @Test
    void aDriveThatIsFedFastEnoughDoesNotStop() throws Exception {
        try (Simulator library = lto8()) {
            Drive drive = Libraries.loaded(library, "A00001L8");
            Duration before = library.elapsed(0);
            long written = write(library, drive, 4 * GIGABYTE, 2e9);
            Tapes.sync(drive);
            assertEquals(1, library.stops(0));
            double seconds = library.elapsed(0).minus(before).toMillis() / 1000.0;
            double streaming = written / 360e6;
            assertTrue(seconds > streaming && seconds < streaming + 3, seconds + " s, " + streaming + " s streaming");
        }
    }

    @Test
    void aSourceThatIsTooSlowStopsItAgainAndAgain() throws Exception {
        try (Simulator library = lto8()) {
            Drive drive = Libraries.loaded(library, "A00001L8");
            write(library, drive, 4 * GIGABYTE, 100e6);
            // It starts when 12 MB wait, and runs dry soon: once for some 20 MB.
            assertTrue(library.stops(0) > 100, library.stops(0) + " stops");
        }
    }

    @Test
    void aSyncCostsAStopAndAStart() throws Exception {
        try (Simulator library = lto8()) {
            Drive drive = Libraries.loaded(library, "A00001L8");
            write(library, drive, GIGABYTE, 1e12);
            Tapes.sync(drive);
            Duration before = library.elapsed(0);
            write(library, drive, GIGABYTE, 1e12);
            Tapes.sync(drive);
            double seconds = library.elapsed(0).minus(before).toMillis() / 1000.0;
            assertEquals(1e9 / 360e6 + DriveClock.START_s, seconds, 0.1);
            assertEquals(2, library.stops(0));
        }
    }

    @Test
    void immediateMarksCostNothing() throws Exception {
        try (Simulator library = lto8()) {
            Drive drive = Libraries.loaded(library, "A00001L8");
            Duration before = library.elapsed(0);
            drive.writeFilemarks(100, true);
            assertEquals(before, library.elapsed(0));
        }
    }

    @Test
    void theOrderOfADriveIsFasterThanThatOfTheBlocks() throws Exception {
        Geometry tape = new Geometry(Generation.LTO_8.capacity(), Generation.LTO_8.wraps());
        Random random = new Random(5);
        List<Long> places = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            places.add(random.nextLong(Generation.LTO_8.capacity()));
        }
        List<Long> sorted = places.stream().sorted().toList();
        List<Long> ordered = tape.order(0, places, place -> place);
        assertEquals(sorted, ordered.stream().sorted().toList());
        double bySize = seconds(tape, sorted);
        double byDrive = seconds(tape, ordered);
        assertTrue(byDrive < 0.6 * bySize, byDrive + " s, in the order of blocks " + bySize + " s");
    }

    private static double seconds(Geometry tape, List<Long> places) {
        double all = 0;
        long here = 0;
        for (long place : places) {
            all += tape.seconds(here, place);
            here = place;
        }
        return all;
    }

    @Test
    void theLastWrapIsPartOfTheTape() {
        for (Generation generation : Generation.values()) {
            Geometry tape = new Geometry(generation.capacity(), generation.wraps());
            assertEquals(0, tape.seconds(generation.capacity(), generation.capacity()));
            double home = tape.seconds(generation.capacity(), 0);
            assertTrue(home > 0 && home < 200, generation + ": " + home + " s");
        }
    }

    @Test
    void manyPlacesAreOrderedInTime() throws Exception {
        try (Simulator library = lto8()) {
            Drive drive = Libraries.loaded(library, "A00001L8");
            drive.writeFilemarks(1000, true);
            List<Position> places = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                places.add(Position.of(i % 1000));
            }
            Collections.shuffle(places, new Random(1));
            assertEquals(places.stream().sorted().toList(), drive.order(places).stream().sorted().toList());
        }
    }

    @Test
    void aScaleReallyWaits() throws Exception {
        Setup.Raw raw = Setup.Raw.of(dir.resolve("library").toString());
        try (Simulator library = Simulator.of(new Setup.Raw(raw.folder(), 1, 8, 1, 0, 1, "LTO-8", 0, 0, 32, 0, 0.001, ""))) {
            long before = System.nanoTime();
            Libraries.loaded(library, "A00001L8");
            long millis = (System.nanoTime() - before) / 1_000_000;
            // 10 s for the robot and 15 s for the drive.
            assertTrue(millis >= 25, millis + " ms");
        }
    }
}
