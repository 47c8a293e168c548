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
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.junit.jupiter.api.Test;

/** What every {@link Drive} does with a cartridge. What lies on it is overwritten. */
public interface DriveContract {

    /** The drive of this test, with a cartridge in it that can be overwritten and is not loaded; the same one at every call. */
    Drive drive();

    /** Closes the library as when its service goes. */
    void close() throws Exception;

    /** The drive, with its cartridge loaded; what is written first makes it forget what lay on it. */
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
