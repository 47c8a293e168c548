package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.assertFilemark;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** How every {@link Drive} finds places on a cartridge. What lies on it is overwritten. */
public interface TapePlacesContract {

    /** The drive of this test, with a cartridge in it that can be overwritten and is not loaded; the same one at every call. */
    Drive drive();

    /** The drive, with its cartridge loaded; what is written first makes it forget what lay on it. */
    private Drive ready() throws BackupException {
        load(drive());
        return drive();
    }

    private static int length(Drive drive) throws BackupException {
        return Math.min(drive.capabilities().maxBlock(), 1 << 16);
    }

    @Test
    default void findsEveryPlaceAgain() throws Exception {
        Drive drive = ready();
        long seed = Seeds.start();
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            places.add(drive.position());
            if (i % 7 == 6) {
                drive.writeFilemarks(1, true);
            } else {
                write(drive, 512 + i, i);
            }
        }
        Position end = drive.position();
        assertEquals(places.stream().sorted().toList(), places);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            order.add(i);
        }
        Collections.shuffle(order, Seeds.random(seed));
        for (int i : order) {
            drive.locate(places.get(i));
            assertEquals(places.get(i), drive.position(), "seed " + seed);
            if (i % 7 == 6) {
                assertFilemark(drive);
            } else {
                assertBlocks(drive, 512 + i, i);
            }
            assertEquals(i == 29 ? end : places.get(i + 1), drive.position(), "seed " + seed);
        }
        drive.unload();
        load(drive);
        drive.locate(places.get(20));
        assertEquals(places.get(20), drive.position());
        drive.locate(end);
        assertEndOfData(drive);
        assertEquals(end, drive.position());
    }

    @Test
    default void saysThatTheDataEndBeforeAPlace() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2, 3);
        Position gone = drive.position();
        drive.rewind();
        write(drive, length(drive), 4);
        Position end = drive.position();
        assertRefused("media.position", () -> drive.locate(gone));
        assertEquals(end, drive.position());
        assertEndOfData(drive);
    }

    @Test
    default void whatIsWrittenIsTheLast() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2);
        Position third = drive.position();
        write(drive, length(drive), 3, 4, 5);
        drive.writeFilemarks(1, false);
        drive.locate(third);
        write(drive, length(drive), 6);
        assertEndOfData(drive);
        drive.rewind();
        assertBlocks(drive, length(drive), 1, 2, 6);
        assertEndOfData(drive);
        drive.locate(third);
        drive.writeFilemarks(1, false);
        assertEndOfData(drive);
        drive.rewind();
        assertBlocks(drive, length(drive), 1, 2);
        assertFilemark(drive);
        assertEndOfData(drive);
    }

    @Test
    default void appendsBehindWhatIsThere() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1);
        drive.writeFilemarks(1, false);
        Position end = drive.position();
        drive.unload();
        load(drive);
        drive.spaceToEnd();
        assertEquals(end, drive.position());
        write(drive, length(drive), 2);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        assertFilemark(drive);
        assertBlocks(drive, length(drive), 2);
        assertEndOfData(drive);
    }

    @Test
    default void spacesOverBlocks() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 0, 1, 2);
        drive.writeFilemarks(1, true);
        write(drive, length(drive), 4, 5);
        drive.rewind();
        assertEquals(new SpaceResult(2, Stop.COUNT), drive.spaceBlocks(2));
        assertBlocks(drive, length(drive), 2);
        assertEquals(new SpaceResult(2, Stop.COUNT), drive.spaceBlocks(-2));
        assertBlocks(drive, length(drive), 1);
        assertEquals(new SpaceResult(0, Stop.COUNT), drive.spaceBlocks(0));
        assertEquals(new SpaceResult(1, Stop.FILEMARK), drive.spaceBlocks(3));
        assertBlocks(drive, length(drive), 4);
        assertEquals(new SpaceResult(1, Stop.END_OF_DATA), drive.spaceBlocks(2));
        assertEndOfData(drive);
        assertEquals(new SpaceResult(2, Stop.FILEMARK), drive.spaceBlocks(-3));
        assertFilemark(drive);
        assertEquals(new SpaceResult(0, Stop.FILEMARK), drive.spaceBlocks(-1));
        assertEquals(new SpaceResult(3, Stop.BEGINNING), drive.spaceBlocks(-4));
        assertBlocks(drive, length(drive), 0);
    }

    @Test
    default void spacesOverFilemarks() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 0);
        drive.writeFilemarks(1, true);
        write(drive, length(drive), 2);
        drive.writeFilemarks(2, true);
        write(drive, length(drive), 5);
        drive.rewind();
        assertEquals(new SpaceResult(1, Stop.COUNT), drive.spaceFilemarks(1));
        assertBlocks(drive, length(drive), 2);
        assertEquals(new SpaceResult(1, Stop.COUNT), drive.spaceFilemarks(-1));
        assertFilemark(drive);
        assertEquals(new SpaceResult(2, Stop.COUNT), drive.spaceFilemarks(2));
        assertBlocks(drive, length(drive), 5);
        assertEquals(new SpaceResult(3, Stop.BEGINNING), drive.spaceFilemarks(-4));
        assertBlocks(drive, length(drive), 0);
        assertEquals(new SpaceResult(3, Stop.END_OF_DATA), drive.spaceFilemarks(4));
        assertEndOfData(drive);
    }
}
