package org.azekura.testkit.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.ReadResult;

/** A drive as tests want it: whole blocks, and results that are as expected. */
public final class Tapes {

    /** What a new cartridge may take in a real drive. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    private Tapes() {}

    /** Loads what lies in the drive, which must work. */
    public static Drive.Cartridge load(Drive drive) throws BackupException {
        return assertInstanceOf(LoadResult.Ready.class, drive.load(PATIENCE)).cartridge();
    }

    /** A block that tells which one it is, whatever its length. */
    public static byte[] block(int number, int length) {
        byte[] block = new byte[length];
        new Random(number).nextBytes(block);
        return block;
    }

    /** Writes blocks with these numbers, and nothing warns. */
    public static void write(Drive drive, int length, int... numbers) throws BackupException {
        for (int number : numbers) {
            assertTrue(drive.write(ByteBuffer.wrap(block(number, length))).isWritten(), "block " + number);
        }
    }

    /** Brings all that was written to the tape. */
    public static void sync(Drive drive) throws BackupException {
        assertTrue(drive.writeFilemarks(0, false).isWritten());
    }

    /** Reads blocks, which must be these. */
    public static void assertBlocks(Drive drive, int length, int... numbers) throws BackupException {
        for (int number : numbers) {
            assertArrayEquals(block(number, length), read(drive), "block " + number);
        }
    }

    /** Reads a block, which must be there. */
    public static byte[] read(Drive drive) throws BackupException {
        ByteBuffer into = ByteBuffer.allocate(Math.min(drive.capabilities().maxBlock(), 1 << 20));
        int length = assertInstanceOf(ReadResult.Block.class, drive.read(into)).length();
        assertEquals(length, into.position());
        return Arrays.copyOf(into.array(), length);
    }

    public static void assertFilemark(Drive drive) throws BackupException {
        assertEquals(new ReadResult.Filemark(), drive.read(ByteBuffer.allocate(1 << 16)));
    }

    public static void assertEndOfData(Drive drive) throws BackupException {
        assertEquals(new ReadResult.EndOfData(), drive.read(ByteBuffer.allocate(1 << 16)));
    }
}
