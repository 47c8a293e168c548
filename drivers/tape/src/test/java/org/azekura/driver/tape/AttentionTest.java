package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.azekura.driver.tape.scsi.Outcome;
import org.junit.jupiter.api.Test;

/** What becomes of a drive that was reset, or does not answer: on paper, with answers made by hand from the standards. */
class AttentionTest {

    private final PaperDrive paper = new PaperDrive();
    private final Drive drive = Papers.library(paper).drives().getFirst();

    private long writes() {
        return Collections.frequency(paper.sent(), "0a");
    }

    @Test
    void absorbsWhatANewSessionSaysBeforeItAsksAnything() throws Exception {
        assertEquals(new Drive.Identity("PAPER", "ULTRIUM-HH8", "0001", "PAPER00001"), drive.identity());
        paper.script(0x00, Said.sense(6, 0x29, 0), Said.sense(6, 0x2a, 1), Said.sense(6, 0x3f, 0x0e));
        assertEquals("PAPER00001", drive.identity().serial());
    }

    @Test
    void aResetIsToldOnceAndNothingIsDoneBeforeTheNextLoad() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        paper.script(0x0a, Said.sense(6, 0x29, 0));
        assertRefused("drive.attention", () -> drive.write(ByteBuffer.allocate(1000)));
        assertEquals(2, writes(), "it was not sent again");
        assertRefused("drive.unloaded", drive::position);
        load(drive);
        assertEquals(Position.of(0), drive.position());
    }

    @Test
    void neverSendsAWriteTwice() throws Exception {
        for (Outcome lost : new Outcome[] {new Outcome.Lost("cut"), new Outcome.TimedOut(Duration.ofSeconds(1500))}) {
            load(drive);
            write(drive, 1000, 1);
            long before = writes();
            paper.script(0x0a, lost);
            assertRefused(lost instanceof Outcome.Lost ? "device.io" : "device.timeout", () -> drive.write(ByteBuffer.allocate(1000)));
            assertRefused("drive.attention", () -> drive.write(ByteBuffer.allocate(1000)));
            assertRefused("drive.unloaded", () -> drive.write(ByteBuffer.allocate(1000)));
            assertEquals(before + 1, writes());
        }
    }

    @Test
    void aFailedWriteLeavesThePlaceUnknownAndSaysWhatIsOnTheTape() throws Exception {
        load(drive);
        write(drive, 1000, 1, 2);
        drive.writeFilemarks(0, false);
        write(drive, 1000, 3);
        paper.script(0x0a, Said.deferred(3, 0x0c, 0));
        assertTrue(assertRefused("media.write", () -> drive.write(ByteBuffer.allocate(1000))).getMessage().contains("an earlier command failed"));
        assertEquals(Position.of(2), drive.onTape());
        assertRefused("drive.lost", drive::position);
        assertRefused("drive.lost", () -> drive.write(ByteBuffer.allocate(1000)));
        assertEquals(4, writes());
        drive.locate(Position.of(2));
        write(drive, 1000, 3);
    }

    @Test
    void waitsForADeviceThatIsBusyBecauseNothingWasBegun() throws Exception {
        load(drive);
        paper.script(0x0a, Said.status(8), Said.status(0x28), Said.status(8));
        write(drive, 1000, 1);
        assertEquals(4, writes());
        assertEquals(Position.of(1), drive.position());
    }

    @Test
    void somebodyElsesReservationIsSaidAndThePlaceStands() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        paper.script(0x0a, Said.status(0x18));
        assertRefused("device.reserved", () -> drive.write(ByteBuffer.allocate(1000)));
        assertEquals(Position.of(1), drive.position());
    }

    @Test
    void brokenHardwareIsSaid() throws Exception {
        load(drive);
        paper.script(0x08, Said.sense(4, 0x44, 0));
        assertRefused("device.hardware", () -> drive.read(ByteBuffer.allocate(1 << 20)));
        paper.script(0x08, Said.sense(0xb, 0x4b, 0));
        drive.rewind();
        assertRefused("device.io", () -> drive.read(ByteBuffer.allocate(1 << 20)));
        paper.script(0x08, Said.sense(3, 0x11, 0));
        drive.rewind();
        assertRefused("media.read", () -> drive.read(ByteBuffer.allocate(1 << 20)));
    }

    /** It would be taken for blank, and written. */
    @Test
    void aTapeWhoseEndIsNotMarkedIsNotBlank() throws Exception {
        load(drive);
        paper.script(0x08, Said.sense(8, 0x14, 3));
        assertRefused("media.read", () -> drive.read(ByteBuffer.allocate(1 << 20)));
        drive.rewind();
        assertEquals(new ReadResult.EndOfData(), drive.read(ByteBuffer.allocate(1 << 20)));
        write(drive, 1000, 1);
        paper.script(0x08, Said.sense(8, 0x14, 3));
        assertEquals(new ReadResult.EndOfData(), drive.read(ByteBuffer.allocate(1 << 20)), "what lies before it is known");
    }

    @Test
    void whatIsNoTapeDriveIsRefused() {
        paper.script(0x12, Said.good(0));
        assertRefused("device.io", drive::identity);
    }
}
