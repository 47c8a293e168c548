package org.azekura.testkit.device;

import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.sync;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.WriteResult;
import org.junit.jupiter.api.Test;

/** What every {@link Drive} does at the end of a tape; apart, because only a small cartridge is full within a test's time. */
public interface FullTapeContract {

    /** The drive of this test, with a cartridge of at most some 100 MB in it that can be overwritten and is not loaded. */
    Drive drive();

    /** Bytes of the blocks that are written. */
    private static int length(Drive drive) throws BackupException {
        return Math.min(drive.capabilities().maxBlock(), 1 << 18);
    }

    @Test
    default void warnsBeforeTheEndAndWritesNothingBehindIt() throws Exception {
        Drive drive = drive();
        load(drive);
        List<WriteResult> results = new ArrayList<>();
        ByteBuffer block;
        do {
            block = ByteBuffer.wrap(Tapes.block(results.size(), length(drive)));
            results.add(drive.write(block));
        } while (results.getLast().isWritten());
        assertEquals(0, block.position(), "what was not written is not consumed");
        Position end = drive.position();
        int written = results.size() - 1;
        assertEquals(results.stream().sorted().toList(), results, "once it warns it goes on to");
        assertFalse(results.contains(WriteResult.PROGRAMMED_WARNING));
        assertTrue(results.contains(WriteResult.EARLY_WARNING));
        sync(drive);
        assertEquals(end, drive.position());
        drive.rewind();
        drive.spaceBlocks(written - 1);
        assertBlocks(drive, length(drive), written - 1);
        assertEquals(end, drive.position());
        assertEndOfData(drive);
    }

    @Test
    default void leavesRoomBehindTheWarning() throws Exception {
        Drive drive = drive();
        load(drive);
        int blocks = 0;
        while (drive.write(ByteBuffer.wrap(Tapes.block(blocks, length(drive)))) != WriteResult.EARLY_WARNING) {
            blocks++;
        }
        // A pack's end, a checkpoint, and what marks them.
        assertTrue(drive.write(ByteBuffer.wrap(Tapes.block(blocks + 1, length(drive)))).isWritten());
        assertEquals(WriteResult.EARLY_WARNING, drive.writeFilemarks(1, false));
        drive.rewind();
        drive.spaceBlocks(blocks);
        assertBlocks(drive, length(drive), blocks, blocks + 1);
    }

    @Test
    default void warnsAsEarlyAsProgrammed() throws Exception {
        Drive drive = drive();
        load(drive);
        if (!drive.capabilities().programWarning()) {
            return;
        }
        int ahead = 16;
        drive.programWarning((long) ahead * length(drive));
        List<WriteResult> results = new ArrayList<>();
        do {
            results.add(drive.write(ByteBuffer.wrap(Tapes.block(results.size(), length(drive)))));
        } while (results.getLast().compareTo(WriteResult.EARLY_WARNING) < 0);
        long programmed = results.stream().filter(WriteResult.PROGRAMMED_WARNING::equals).count();
        assertTrue(programmed >= ahead - 2 && programmed <= ahead + 2, programmed + " blocks between the warnings");
        drive.unload();
        load(drive);
        assertEquals(WriteResult.WRITTEN, drive.write(ByteBuffer.allocate(length(drive))), "a setting goes with the cartridge");
    }
}
