package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.WriteResult;
import org.azekura.testkit.device.Tapes;
import org.azekura.testkit.tape.Istgt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What istgt has and tgtd has not: an end of the tape where nothing is written, LOCATE, reservation, and a door that is kept shut. */
class IstgtLibraryTest {

    private static final int LENGTH = 1 << 18;

    @TempDir
    Path dir;
    private Istgt istgt;
    private TapeLibrary library;
    private Drive drive;

    @BeforeEach
    void start() throws Exception {
        Istgt.assumeUsable();
        istgt = Istgt.start(dir, 16);
        library = Libraries.on("", istgt.drive());
        drive = library.drives().getFirst();
    }

    @AfterEach
    void stop() {
        if (istgt != null) {
            library.close();
            istgt.close();
        }
    }

    @Test
    void writesNothingBehindTheEndAndConsumesNothingOfIt() throws Exception {
        load(drive);
        int blocks = 0;
        ByteBuffer block;
        while (drive.write(block = ByteBuffer.wrap(Tapes.block(blocks, LENGTH))).isWritten()) {
            blocks++;
            assertTrue(blocks < 128, "a cartridge of 16 MB has an end");
        }
        assertEquals(0, block.position());
        Position end = drive.position();
        assertTrue(drive.writeFilemarks(0, false).isWritten());
        assertEquals(WriteResult.FULL, drive.write(ByteBuffer.wrap(Tapes.block(blocks, LENGTH))));
        assertEquals(end, drive.position());
        // The peer reads nothing where less than was asked for lies before the physical end: the last mebibyte can't be read with the largest buffer.
        int readable = blocks - (1 << 20) / LENGTH;
        drive.rewind();
        drive.spaceBlocks(readable - 1);
        assertBlocks(drive, LENGTH, readable - 1);
    }

    @Test
    void goesToPlacesByWhatTheDriveCallsThem() throws Exception {
        load(drive);
        write(drive, LENGTH, 1);
        drive.writeFilemarks(1, true);
        Position third = drive.position();
        write(drive, LENGTH, 3, 4);
        assertTrue(third.token().startsWith("s"), third.toString());
        drive.locate(third);
        assertBlocks(drive, LENGTH, 3, 4);
    }

    /** The peer takes RESERVE and enforces nothing; the door it keeps shut for everybody. */
    @Test
    void nobodyElseTakesTheCartridgeOutWhileItIsInUse() throws Exception {
        load(drive);
        write(drive, LENGTH, 1);
        try (TapeLibrary other = Libraries.on("", istgt.drive())) {
            assertRefused("device.reserved", () -> other.drives().getFirst().unload());
            library.close();
            load(other.drives().getFirst());
            assertBlocks(other.drives().getFirst(), LENGTH, 1);
            other.drives().getFirst().unload();
        }
    }

    @Test
    void letsGoOfWhatItHasKeptShut() throws Exception {
        load(drive);
        write(drive, LENGTH, 1);
        // The peer refuses to unload while the door is shut, so it was opened before.
        drive.unload();
        assertRefused("drive.unloaded", drive::position);
    }
}
