package org.azekura.driver.tape;

import static org.azekura.testkit.device.Tapes.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.azekura.api.device.Drive;
import org.azekura.api.device.WriteResult;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver writes about as fast as whoever only sends WRITE commands: two drives of tgtd in turn. The best time of each counts, because what else goes on here
 * can only make times longer; so there are more of them for as long as it does not.
 */
class VtlSpeedTest {

    private static final int LENGTH = 1 << 18;
    private static final int BLOCKS = 32;
    private static final int MOST_PAIRS = 400;
    /** Of a cartridge. */
    private static final int PAIRS_A_PASS = 40;
    private static final double LEAST = 0.9;

    @Test
    void keepsUpWithAPlainWriter(@TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (Vtl vtl = Vtl.start(dir, 400); TapeLibrary library = Libraries.on(vtl); ScsiTransport plain = ScsiAddress.parse(vtl.drive(1)).open()) {
            Libraries.putIn(library, "VT0001L5", 0);
            Libraries.putIn(library, "VT0002L5", 1);
            Drive drive = library.drives().getFirst();
            load(drive);
            send(plain, new byte[] {0, 0, 0, 0, 0, 0}, ByteBuffer.allocate(0));
            send(plain, new byte[] {0x15, 0x10, 0, 0, 12, 0}, ByteBuffer.allocate(12).put(2, (byte) 0x10).put(3, (byte) 8));
            ByteBuffer block = ByteBuffer.allocateDirect(LENGTH);
            long least = Long.MAX_VALUE;
            long leastPlainly = Long.MAX_VALUE;
            double ratio = 0;
            int pairs = 0;
            for (; pairs < PAIRS_A_PASS || ratio < LEAST && pairs < MOST_PAIRS; pairs++) {
                if (pairs % PAIRS_A_PASS == 0) {
                    drive.rewind();
                    send(plain, new byte[] {1, 0, 0, 0, 0, 0}, ByteBuffer.allocate(0));
                }
                least = Math.min(least, byDriver(drive, block));
                leastPlainly = Math.min(leastPlainly, plainly(plain, block));
                ratio = leastPlainly / (double) least;
            }
            System.out.printf("driver against a plain writer, the best of %d times %d blocks of %d KiB: %.3f%n", pairs, BLOCKS, LENGTH >> 10, ratio);
            assertTrue(ratio >= LEAST, least + " ns, plainly " + leastPlainly + " ns");
        }
    }

    private static long byDriver(Drive drive, ByteBuffer block) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < BLOCKS; i++) {
            assertEquals(WriteResult.WRITTEN, drive.write(block.clear()));
        }
        return System.nanoTime() - begin;
    }

    private static long plainly(ScsiTransport plain, ByteBuffer block) {
        long begin = System.nanoTime();
        for (int i = 0; i < BLOCKS; i++) {
            assertEquals(0, send(plain, new byte[] {0x0a, 0, LENGTH >> 16, LENGTH >> 8 & 0xff, (byte) LENGTH, 0}, block.clear()));
        }
        return System.nanoTime() - begin;
    }

    private static int send(ScsiTransport plain, byte[] command, ByteBuffer data) {
        Outcome outcome = plain.execute(command, data.hasRemaining() ? Direction.OUT : Direction.NONE, data, Duration.ofSeconds(60));
        return ((Outcome.Answered) outcome).status();
    }
}
