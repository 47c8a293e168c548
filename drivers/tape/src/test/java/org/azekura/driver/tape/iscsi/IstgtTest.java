package org.azekura.driver.tape.iscsi;

import static org.azekura.driver.tape.scsi.Commands.calmed;
import static org.azekura.driver.tape.scsi.Commands.good;
import static org.azekura.driver.tape.scsi.Commands.read;
import static org.azekura.driver.tape.scsi.Commands.tell;
import static org.azekura.driver.tape.scsi.Commands.write;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Commands;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.tape.Istgt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The initiator and a drive of istgt, which wants to ask for data first (R2T). */
@Timeout(300)
class IstgtTest {

    private static final int MIB = 1 << 20;

    @TempDir
    static Path dir;
    private static Istgt istgt;

    @BeforeAll
    static void start() throws Exception {
        Istgt.assumeUsable();
        istgt = Istgt.start(dir);
    }

    @AfterAll
    static void stop() {
        if (istgt != null) {
            istgt.close();
        }
    }

    private static ScsiTransport open() throws BackupException {
        return calmed(ScsiAddress.parse(istgt.drive()).open());
    }

    @Test
    void blocksOfAllLengthsComeBack() throws Exception {
        Random random = Seeds.random(Seeds.start());
        try (ScsiTransport drive = open()) {
            good(tell(drive, Commands.REWIND));
            int[] lengths = {8, 1000, 64 << 10, (256 << 10) + 4, 700_001, MIB};
            byte[][] blocks = new byte[lengths.length][];
            for (int i = 0; i < lengths.length; i++) {
                random.nextBytes(blocks[i] = new byte[lengths[i]]);
                good(drive.execute(write(lengths[i]), Direction.OUT, ByteBuffer.allocateDirect(lengths[i]).put(0, blocks[i]), Commands.SOON));
            }
            good(tell(drive, Commands.REWIND));
            for (byte[] block : blocks) {
                ByteBuffer into = ByteBuffer.allocate(block.length);
                good(drive.execute(read(block.length), Direction.IN, into, Commands.SOON));
                assertArrayEquals(block, into.array());
            }
        }
    }

    @Test
    void aKilledTargetIsLost() throws Exception {
        try (ScsiTransport drive = open()) {
            istgt.kill();
            assertInstanceOf(Outcome.Lost.class, drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), Commands.SOON));
            assertRefused("device.io", IstgtTest::open);
        } finally {
            istgt.restart();
        }
        open().close();
    }
}
