package org.azekura.storagenode.cartridge.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.driver.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of places, and what they cost by the simulated drive's clock, which is the same for a tape of any length. */
class RecallOrderTest {

    @TempDir
    Path dir;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private List<Position> places(int count) {
        List<Position> places = new ArrayList<>();
        random.ints(0, FullTape.BLOCKS).distinct().limit(count).forEach(place -> places.add(Position.of(place)));
        return places;
    }

    private static double seconds(Simulator library, Drive drive, List<Position> order) throws BackupException {
        drive.rewind();
        Duration begun = library.elapsed(0);
        for (Position place : order) {
            drive.locate(place);
            FullTape.read(drive);
        }
        return library.elapsed(0).minus(begun).toMillis() / 1000.0;
    }

    /** The drive without some of what it can do. */
    private static Drive but(Drive drive, Drive.Wraps wraps, UnaryOperator<List<Position>> order) {
        return (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, arguments) -> {
            try {
                return switch (method.getName()) {
                    case "wraps" -> wraps;
                    case "capabilities" -> new Drive.Capabilities(1, FullTape.BLOCK, true, order != null, true, true, true, true, true);
                    case "order" -> order.apply(places(arguments[0]));
                    default -> method.invoke(drive, arguments);
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Position> places(Object argument) {
        return (List<Position>) argument;
    }

    @Test
    void theWayIsShorter() throws Exception {
        FullTape.use(dir, (library, drive) -> {
            for (int count : new int[] {10, 100, 1000}) {
                List<Position> places = places(count);
                double asItLies = seconds(library, drive, places.stream().sorted().toList());
                drive.rewind();
                List<Position> byDrive = RecallOrder.of(drive, places);
                List<Position> byMap = RecallOrder.of(but(drive, drive.wraps(), null), places);
                double said = seconds(library, drive, byDrive);
                double mapped = seconds(library, drive, byMap);
                System.out.printf("recall %d places: as they lie %.0f s, by the drive %.0f s, by the map %.0f s%n", count, asItLies, said, mapped);
                for (List<Position> order : List.of(byDrive, byMap)) {
                    assertTrue(RecallOrder.isPermutation(order, places), "seed " + seed);
                }
                // A thousand are five on each wrap: there is less to gain.
                double most = count == 10 ? 0.95 : count == 100 ? 0.6 : 0.85;
                assertTrue(said < most * asItLies && mapped < most * asItLies, "seed " + seed + ": " + count + ": " + said + ", " + mapped + ", " + asItLies);
            }
        });
    }

    @Test
    void aDrivesAnswerThatIsNoPermutationIsNotUsed() throws Exception {
        FullTape.use(dir, (library, drive) -> {
            List<Position> places = places(20);
            List<Position> asTheyLie = places.stream().sorted().toList();
            for (UnaryOperator<List<Position>> answer : List.<UnaryOperator<List<Position>>>of(all -> all.subList(1, all.size()), all -> {
                List<Position> doubled = new ArrayList<>(all);
                doubled.set(0, all.get(1));
                return doubled;
            }, all -> List.of())) {
                assertEquals(asTheyLie, RecallOrder.of(but(drive, Drive.Wraps.NONE, answer), places));
            }
            assertEquals(places, RecallOrder.of(but(drive, Drive.Wraps.NONE, all -> places), asTheyLie));
        });
    }

    @Test
    void fewPlacesAndVeryManyAreVisitedAsTheyLie() throws BackupException {
        Drive none = but(null, Drive.Wraps.NONE, all -> {
            throw new AssertionError("asked");
        });
        assertEquals(List.of(), RecallOrder.of(none, List.of()));
        assertEquals(List.of(Position.of(7)), RecallOrder.of(none, List.of(Position.of(7))));
        assertEquals(List.of(Position.of(3), Position.of(7), Position.of(9)), RecallOrder.of(none, List.of(Position.of(7), Position.of(9), Position.of(3))));
        List<Position> many = new ArrayList<>();
        for (int i = 0; i <= RecallOrder.MOST; i++) {
            many.add(Position.of(i));
        }
        assertEquals(many, RecallOrder.of(none, many.reversed()));
    }

    @Test
    void aMapThatIsNotMonotoneIsNone() {
        assertNull(WrapMap.of(Drive.Wraps.NONE));
        assertNull(WrapMap.of(new Drive.Wraps(4, List.of())));
        assertNull(WrapMap.of(new Drive.Wraps(4, List.of(10L, 10L))));
        assertNull(WrapMap.of(new Drive.Wraps(4, List.of(20L, 10L))));
        assertNull(WrapMap.of(new Drive.Wraps(1, List.of(10L, 20L))));
        WrapMap map = WrapMap.of(new Drive.Wraps(4, List.of(10L, 20L)));
        assertNotNull(map);
        // The end of one wrap lies beside the beginning of the next.
        assertTrue(map.seconds(9, 10) < map.seconds(9, 19));
        assertTrue(map.seconds(0, 9) > map.seconds(0, 1));
        assertEquals(0, map.seconds(5, 5));
        assertEquals(List.of(Position.of(5), Position.of(5), Position.of(15)), map.nearestFirst(Position.of(0), List.of(Position.of(5), Position.of(15), Position.of(5))));
    }

    /** On a full cartridge all wraps have an end; on one that is nearly full the last has none. */
    @Test
    void theLastWrapIsPartOfTheMap() {
        for (List<Long> ends : List.of(List.of(10L, 20L, 30L, 40L), List.of(10L, 20L, 30L))) {
            WrapMap map = WrapMap.of(new Drive.Wraps(4, ends));
            // It goes back to the beginning of the tape, where the first one begins.
            assertTrue(map.seconds(0, 39) < map.seconds(0, 31), "of " + ends.size() + " ends");
            assertTrue(map.seconds(39, 31) > map.seconds(31, 39), "back on the same wrap");
            assertEquals(List.of(Position.of(1), Position.of(39), Position.of(31)), map.nearestFirst(Position.of(0), List.of(Position.of(31), Position.of(39), Position.of(1))));
        }
    }

    @Test
    void aGapIsReadThroughIfThatIsSoonerThanToLocate() {
        ReadingOn on = new ReadingOn();
        assertTrue(on.isWorth(0));
        assertTrue(on.isWorth(1_500_000_000));
        assertFalse(on.isWorth(1_560_000_000));
        for (int i = 0; i < 1_000; i++) {
            on.read(1 << 20, 10_000_000);
        }
        assertEquals(105e6, on.bytesPerSecond(), 1e6);
        assertTrue(on.isWorth(440_000_000));
        assertFalse(on.isWorth(460_000_000));
        for (int i = 0; i < 10_000; i++) {
            on.read(1 << 20, 1);
        }
        assertEquals(360e6, on.bytesPerSecond(), 1);
    }
}
