package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.assertFilemark;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.sync;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** What every {@link Drive} does with a cartridge. What its capabilities rule out must be refused. What lies on the cartridge is overwritten. */
public interface DriveContract {

    /** The drive of this test, with a cartridge in it that can be overwritten and is not loaded; the same one at every call. */
    Drive drive();

    /** Closes the library as when its service goes. */
    void close() throws Exception;

    /** An empty tape, ready at its beginning. */
    private Drive ready() throws BackupException {
        load(drive());
        return drive();
    }

    private static int length(Drive drive) throws BackupException {
        return Math.min(drive.capabilities().maxBlock(), 1 << 16);
    }

    @Test
    default void knowsItselfWithoutACartridge() throws Exception {
        assertFalse(drive().location().isBlank());
        assertFalse(drive().identity().serial().isBlank());
        Drive.Capabilities can = drive().capabilities();
        assertTrue(can.minBlock() >= 1 && can.maxBlock() >= 1 << 16, can.toString());
        drive().selfTest();
    }

    @Test
    default void doesNothingBeforeItIsLoaded() throws Exception {
        Drive drive = drive();
        assertRefused("drive.unloaded", () -> drive.write(ByteBuffer.allocate(1 << 10)));
        assertRefused("drive.unloaded", () -> drive.writeFilemarks(1, false));
        assertRefused("drive.unloaded", () -> drive.read(ByteBuffer.allocate(1 << 16)));
        assertRefused("drive.unloaded", drive::position);
        assertRefused("drive.unloaded", drive::rewind);
        assertRefused("drive.unloaded", drive::spaceToEnd);
        assertRefused("drive.unloaded", () -> drive.spaceBlocks(1));
        assertRefused("drive.unloaded", () -> drive.spaceFilemarks(1));
        drive.unload();
    }

    @Test
    default void loadsAtTheBeginning() throws Exception {
        Drive drive = ready();
        Position beginning = drive.position();
        write(drive, length(drive), 1, 2);
        assertNotEquals(beginning, drive.position());
        load(drive);
        assertEquals(beginning, drive.position());
        assertBlocks(drive, length(drive), 1, 2);
        assertEndOfData(drive);
    }

    @Test
    default void keepsWhatWasWrittenOverAnUnload() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2);
        drive.unload();
        assertRefused("drive.unloaded", drive::position);
        drive.unload();
        load(drive);
        assertBlocks(drive, length(drive), 1, 2);
        assertEndOfData(drive);
    }

    @Test
    default void readsBackBlocksOfEveryLength() throws Exception {
        Drive drive = ready();
        Drive.Capabilities can = drive.capabilities();
        int[] lengths = {can.minBlock(), can.minBlock() + 1, 511, 512, 1000, 1 << 12, (1 << 16) - 1, 1 << 16, Math.min(can.maxBlock(), 1 << 20)};
        for (int length : lengths) {
            write(drive, Math.max(can.minBlock(), length), length);
        }
        write(drive, can.minBlock(), 7);
        drive.rewind();
        for (int length : lengths) {
            assertBlocks(drive, Math.max(can.minBlock(), length), length);
        }
        assertBlocks(drive, can.minBlock(), 7);
        assertEndOfData(drive);
        assertEndOfData(drive);
    }

    @Test
    default void takesAndFillsExactlyWhatTheBufferMarksOut() throws Exception {
        Drive drive = ready();
        byte[] content = Tapes.block(5, 600);
        for (ByteBuffer block : List.of(ByteBuffer.allocate(900), ByteBuffer.allocateDirect(900), ByteBuffer.allocate(1000).slice(7, 900))) {
            block.position(100).put(content).flip().position(100);
            drive.write(block.duplicate().asReadOnlyBuffer());
            drive.write(block);
            assertEquals(700, block.position());
            assertEquals(700, block.limit());
        }
        drive.rewind();
        for (ByteBuffer into : List.of(ByteBuffer.allocate(1 << 16), ByteBuffer.allocateDirect(1 << 16), ByteBuffer.allocate(1 << 17).slice(9, 1 << 16))) {
            for (int i = 0; i < 2; i++) {
                into.clear().position(50);
                assertEquals(new ReadResult.Block(600), drive.read(into));
                assertEquals(650, into.position());
                assertEquals(into.capacity(), into.limit());
                byte[] found = new byte[600];
                into.get(50, found);
                assertArrayEquals(content, found);
            }
        }
    }

    @Test
    default void refusesBlocksThatAreTooShortOrTooLong() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1);
        Position before = drive.position();
        int most = drive.capabilities().maxBlock();
        for (int length : new int[] {0, drive.capabilities().minBlock() - 1, most < Integer.MAX_VALUE - 8 ? most + 1 : 0}) {
            ByteBuffer block = ByteBuffer.allocate(length);
            assertRefused("drive.block", () -> drive.write(block));
            assertEquals(0, block.position());
        }
        assertEquals(before, drive.position());
        write(drive, length(drive), 2);
        drive.rewind();
        assertBlocks(drive, length(drive), 1, 2);
        assertEndOfData(drive);
    }

    @Test
    default void saysWhenABlockIsTooLongForTheBuffer() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2);
        drive.rewind();
        ByteBuffer small = ByteBuffer.allocate(1000);
        // Drives that cut in silence make their driver read into a buffer of its own.
        ReadResult.TooLong result = assertInstanceOf(ReadResult.TooLong.class, drive.read(small));
        assertTrue(result.length() == -1 || result.length() == length(drive), result.toString());
        assertEquals(0, small.position());
        assertBlocks(drive, length(drive), 2);
    }

    @Test
    default void tellsFilemarksFromBlocks() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1);
        drive.writeFilemarks(2, true);
        write(drive, length(drive), 2);
        drive.writeFilemarks(1, false);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        assertFilemark(drive);
        assertFilemark(drive);
        assertBlocks(drive, length(drive), 2);
        assertFilemark(drive);
        assertEndOfData(drive);
    }

    @Test
    default void noFilemarksAreNone() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2);
        sync(drive);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        // In the middle it must not end the data here.
        sync(drive);
        assertBlocks(drive, length(drive), 2);
        assertEndOfData(drive);
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

    @Test
    default void saysWhatIsOnTheTape() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().onTape()) {
            assertRefused("device.unsupported", drive::onTape);
            return;
        }
        write(drive, length(drive), 1, 2, 3);
        assertTrue(drive.onTape().compareTo(drive.position()) <= 0);
        drive.writeFilemarks(1, true);
        assertTrue(drive.onTape().compareTo(drive.position()) <= 0);
        sync(drive);
        assertEquals(drive.position(), drive.onTape());
        drive.rewind();
        assertEquals(drive.position(), drive.onTape());
    }

    @Test
    default void ordersPlacesAndLosesNone() throws Exception {
        Drive drive = ready();
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            places.add(drive.position());
            write(drive, length(drive), i);
        }
        if (!drive.capabilities().order()) {
            assertRefused("device.unsupported", () -> drive.order(places));
            return;
        }
        assertEquals(List.of(), drive.order(List.of()));
        assertEquals(List.of(places.get(3)), drive.order(List.of(places.get(3))));
        places.add(places.get(5));
        Collections.shuffle(places, new Random(7));
        Position here = drive.position();
        List<Position> order = drive.order(places);
        assertEquals(places.stream().sorted().toList(), order.stream().sorted().toList());
        assertEquals(here, drive.position());
    }

    @Test
    default void erasesOrRefusesTo() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2, 3);
        drive.rewind();
        drive.spaceBlocks(1);
        if (!drive.capabilities().erase()) {
            assertRefused("device.unsupported", () -> drive.erase(false));
            assertBlocks(drive, length(drive), 2);
            return;
        }
        drive.erase(false);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        assertEndOfData(drive);
    }

    @Test
    default void saysItsAlertsOnce() throws Exception {
        drive().alerts();
        assertEquals(List.of(), drive().alerts());
    }

    @Test
    default void compressesOrRefusesTo() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().compression()) {
            assertRefused("device.unsupported", () -> drive.compression(true));
            return;
        }
        drive.compression(true);
        write(drive, length(drive), 1);
        drive.write(ByteBuffer.allocate(5000));
        drive.compression(false);
        write(drive, length(drive), 2);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        assertArrayEquals(new byte[5000], Tapes.read(drive));
        assertBlocks(drive, length(drive), 2);
    }

    @Test
    default void readsSealedBlocksWithTheirKeyOnly() throws Exception {
        Drive drive = ready();
        byte[] key = Tapes.block(1, 32);
        if (!drive.capabilities().encryption()) {
            assertRefused("device.unsupported", () -> drive.encryption(key));
            return;
        }
        assertRefused("drive.key", () -> drive.encryption(new byte[31]));
        write(drive, length(drive), 1);
        drive.encryption(key);
        write(drive, length(drive), 2);
        drive.encryption(null);
        write(drive, length(drive), 3);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        Position sealed = drive.position();
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
        assertEquals(sealed, drive.position());
        drive.encryption(Tapes.block(2, 32));
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
        drive.encryption(key);
        assertBlocks(drive, length(drive), 2, 3);
        drive.unload();
        load(drive);
        drive.locate(sealed);
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
    }

    @Test
    default void programsAWarningOrRefusesTo() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().programWarning()) {
            assertRefused("device.unsupported", () -> drive.programWarning(1 << 20));
            return;
        }
        drive.programWarning(1 << 20);
        drive.programWarning(0);
        write(drive, length(drive), 1);
    }

    @Test
    default void waitsForACartridgeAsLongAsItIsTold() throws Exception {
        LoadResult first = drive().load(Duration.ZERO);
        assertTrue(first instanceof LoadResult.Ready || first instanceof LoadResult.Busy, first.toString());
        if (first instanceof LoadResult.Busy busy) {
            assertFalse(busy.why().isBlank());
            assertRefused("drive.busy", drive()::position);
            assertRefused("drive.busy", drive()::unload);
        }
        load(drive());
        drive().position();
    }

    @Test
    default void refusesAllWhenClosed() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1);
        Position here = drive.position();
        close();
        assertRefused("device.closed", () -> drive.load(Duration.ZERO));
        assertRefused("device.closed", drive::unload);
        assertRefused("device.closed", drive::identity);
        assertRefused("device.closed", () -> drive.write(ByteBuffer.allocate(1000)));
        assertRefused("device.closed", () -> drive.writeFilemarks(1, false));
        assertRefused("device.closed", () -> drive.read(ByteBuffer.allocate(1000)));
        assertRefused("device.closed", () -> drive.locate(here));
        assertRefused("device.closed", drive::position);
        assertRefused("device.closed", drive::alerts);
    }
}
