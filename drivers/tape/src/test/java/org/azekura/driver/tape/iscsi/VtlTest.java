package org.azekura.driver.tape.iscsi;

import static org.azekura.driver.tape.scsi.Commands.answered;
import static org.azekura.driver.tape.scsi.Commands.calmed;
import static org.azekura.driver.tape.scsi.Commands.filemarks;
import static org.azekura.driver.tape.scsi.Commands.good;
import static org.azekura.driver.tape.scsi.Commands.inquiry;
import static org.azekura.driver.tape.scsi.Commands.move;
import static org.azekura.driver.tape.scsi.Commands.read;
import static org.azekura.driver.tape.scsi.Commands.tell;
import static org.azekura.driver.tape.scsi.Commands.write;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Commands;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The initiator and a library of tgtd. */
@Timeout(300)
class VtlTest {

    private static final int MIB = 1 << 20;

    @TempDir
    static Path dir;
    private static Vtl vtl;

    @BeforeAll
    static void start() throws Exception {
        Vtl.assumeUsable();
        vtl = Vtl.start(dir);
    }

    @AfterAll
    static void stop() {
        if (vtl != null) {
            vtl.close();
        }
    }

    private static ScsiTransport open(String url) throws BackupException {
        return ScsiAddress.parse(url).open();
    }

    /** A drive with a cartridge, at its beginning. */
    private static ScsiTransport loaded(int drive) throws BackupException {
        try (ScsiTransport changer = calmed(open(vtl.changer()))) {
            // Not good if it is there already.
            tell(changer, move(Vtl.PICKER, Vtl.FIRST_SLOT + drive, Vtl.FIRST_DRIVE + drive));
        }
        ScsiTransport device = calmed(open(vtl.drive(drive)));
        good(tell(device, Commands.REWIND));
        return device;
    }

    private static void take(ScsiTransport device, ByteBuffer into, byte[] expected) {
        int before = into.position();
        good(device.execute(read(expected.length), Direction.IN, into, Commands.SOON));
        assertEquals(before + expected.length, into.position());
        byte[] came = new byte[expected.length];
        into.get(before, came);
        assertArrayEquals(expected, came);
    }

    @Test
    void aNewSessionMeetsAUnitAttentionWithItsSense() throws Exception {
        try (ScsiTransport drive = open(vtl.drive(0))) {
            Outcome.Answered answer = tell(drive, Commands.READY);
            assertEquals(2, answer.status());
            assertEquals(0x70, answer.sense()[0] & 0x7f);
            assertEquals(6, answer.sense()[2] & 0xf);
            assertEquals(0x29, answer.sense()[12]);
        }
    }

    @Test
    void dataComesIntoTheCallersBufferAndWhatDidNotIsTold() throws Exception {
        try (ScsiTransport changer = calmed(open(vtl.changer()))) {
            ByteBuffer data = ByteBuffer.allocate(300).position(7);
            Outcome.Answered answer = answered(changer.execute(inquiry(255), Direction.IN, data.limit(7 + 255), Commands.SOON));
            assertEquals(0, answer.status());
            assertEquals(255 - answer.residual(), data.position() - 7);
            assertEquals("STK     L700", new String(data.array(), 7 + 8, 12, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void blocksOfAllLengthsComeBackFromHeapAndDirectBuffers() throws Exception {
        Random random = Seeds.random(Seeds.start());
        try (ScsiTransport drive = loaded(0)) {
            int[] lengths = {4, 511, 4099, 64 << 10, 256 << 10, (256 << 10) + 1, 700_001, MIB - 3, MIB};
            byte[][] blocks = new byte[lengths.length][];
            for (int i = 0; i < lengths.length; i++) {
                random.nextBytes(blocks[i] = new byte[lengths[i]]);
                ByteBuffer out = i % 2 == 0 ? ByteBuffer.wrap(blocks[i]) : ByteBuffer.allocateDirect(lengths[i] + 5).position(5).put(blocks[i]).position(5);
                int before = out.position();
                good(drive.execute(write(lengths[i]), Direction.OUT, out, Commands.SOON));
                assertEquals(before, out.position());
            }
            good(tell(drive, filemarks(1)));
            good(tell(drive, Commands.REWIND));
            ByteBuffer heap = ByteBuffer.allocate(MIB + 9);
            ByteBuffer direct = ByteBuffer.allocateDirect(MIB + 9);
            for (int i = 0; i < lengths.length; i++) {
                ByteBuffer into = (i % 2 == 0 ? direct : heap).clear();
                take(drive, into.position(9).limit(9 + lengths[i]), blocks[i]);
            }
            ByteBuffer filemark = ByteBuffer.allocate(64);
            Outcome.Answered answer = answered(drive.execute(read(64), Direction.IN, filemark, Commands.SOON));
            assertEquals(2, answer.status());
            assertEquals(0x80, answer.sense()[2] & 0x80);
        }
    }

    @Test
    void aTargetThatIsKilledInAWriteIsLostAndANewSessionReadsWhatWasWrittenBefore() throws Exception {
        byte[] block = new byte[MIB];
        ScsiTransport drive = loaded(1);
        good(drive.execute(write(MIB), Direction.OUT, ByteBuffer.wrap(block), Commands.SOON));
        // Stopped, so that the write is under way for certain.
        vtl.pause();
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> drive.execute(write(MIB), Direction.OUT, ByteBuffer.wrap(block), Commands.SOON));
        vtl.kill();
        Outcome.Lost lost = assertInstanceOf(Outcome.Lost.class, outcome.get(120, TimeUnit.SECONDS));
        assertEquals(lost, drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), Commands.SOON));
        drive.close();
        assertRefused("device.io", () -> open(vtl.drive(1)));
        vtl.restart();
        try (ScsiTransport again = loaded(1)) {
            take(again, ByteBuffer.allocate(MIB), block);
        }
    }

    @Test
    void aTargetThatIsSilentTimesOutAndThenTheTransportIsLost() throws Exception {
        try (ScsiTransport drive = loaded(0)) {
            vtl.pause();
            try {
                Duration patience = Duration.ofMillis(200);
                assertEquals(new Outcome.TimedOut(patience), drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), patience));
            } finally {
                vtl.resume();
            }
            assertInstanceOf(Outcome.Lost.class, drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), Commands.SOON));
        }
        try (ScsiTransport drive = loaded(0)) {
            good(tell(drive, Commands.READY));
        }
    }

    @Test
    void closingAndInterruptingEndACallThatWaits() throws Exception {
        ScsiTransport closed = loaded(0);
        ScsiTransport interrupted = calmed(open(vtl.changer()));
        vtl.pause();
        try {
            CompletableFuture<Outcome> first = new CompletableFuture<>();
            Thread.ofPlatform().daemon().start(() -> first.complete(closed.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), Commands.SOON)));
            CompletableFuture<Outcome> second = new CompletableFuture<>();
            CompletableFuture<Boolean> still = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().daemon().start(() -> {
                second.complete(interrupted.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), Commands.SOON));
                still.complete(Thread.currentThread().isInterrupted());
            });
            closed.close();
            assertEquals(new Outcome.Lost("it was closed"), first.get(120, TimeUnit.SECONDS));
            thread.interrupt();
            assertEquals(new Outcome.Interrupted(), second.get(120, TimeUnit.SECONDS));
            assertTrue(still.get(120, TimeUnit.SECONDS), "the thread is interrupted still");
            assertInstanceOf(Outcome.Lost.class, interrupted.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), Commands.SOON));
            closed.close();
            interrupted.close();
        } finally {
            vtl.resume();
        }
    }

    @Test
    void aWrongTargetIsRefusedWithItsReason() {
        String url = vtl.changer().replace(":vtl", ":vt1");
        BackupException e = assertRefused("device.io", () -> open(url));
        assertTrue(e.getMessage().startsWith(url) && e.getMessage().contains("no target of this name"), e.getMessage());
    }
}
