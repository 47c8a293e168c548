package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertFilemark;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.junit.jupiter.api.Test;

/** In which form a drive says where it stands, and how it gets elsewhere: on paper, for what the peers do not have. */
class PlacesTest {

    private static final int LENGTH = 1000;

    private final PaperDrive paper = new PaperDrive();
    private final Drive drive = Papers.library(paper).drives().getFirst();

    /** Three blocks, a filemark, two blocks; the place of the fifth object. */
    private Position written() throws Exception {
        load(drive);
        write(drive, LENGTH, 0, 1, 2);
        drive.writeFilemarks(1, true);
        Position fifth = drive.position();
        write(drive, LENGTH, 4, 5);
        return fifth;
    }

    private void assertFinds(Position fifth) throws Exception {
        drive.locate(fifth);
        assertBlocks(drive, LENGTH, 4, 5);
        drive.unload();
        load(drive);
        drive.locate(fifth);
        assertEquals(fifth, drive.position());
        assertBlocks(drive, LENGTH, 4, 5);
    }

    private boolean sent(String command) {
        return paper.sent().contains(command);
    }

    @Test
    void goesByTheLongFormAndLocate16() throws Exception {
        Position fifth = written();
        assertEquals(Position.of(4), fifth);
        assertFinds(fifth);
        assertFalse(sent("2b"));
    }

    @Test
    void goesByLocate10WhereThereIsNoOther() throws Exception {
        paper.script(0x92, Said.sense(5, 0x20, 0));
        Position fifth = written();
        assertEquals(Position.of(4), fifth);
        assertFinds(fifth);
        assertEquals(1, paper.sent().stream().filter("92"::equals).count(), "tried once");
    }

    @Test
    void goesByTheShortFormWhereThereIsNoOther() throws Exception {
        drive.identity();
        paper.script(0x92, Said.sense(5, 0x20, 0));
        paper.lacksLongPosition();
        Position fifth = written();
        assertEquals(Position.of(4), fifth);
        assertFinds(fifth);
    }

    @Test
    void countsByFilemarksWhereThereAreNoPlaces() throws Exception {
        paper.script(0x92, Said.sense(5, 0x20, 0));
        paper.script(0x2b, Said.sense(5, 0x20, 0));
        Position fifth = written();
        assertEquals("f1.0", fifth.token());
        assertFinds(fifth);
        assertTrue(sent("11"));
    }

    @Test
    void countsWhereTheNumberIsNotOurs() throws Exception {
        load(drive);
        paper.says(ByteBuffer.allocate(32).putLong(8, 77).array());
        paper.script(0x2b, Said.sense(5, 0x20, 0));
        write(drive, LENGTH, 0);
        assertEquals("f0.1", drive.position().token());
    }

    @Test
    void aPlaceThatWasCountedIsFoundByADriveThatNumbers() throws Exception {
        written();
        drive.locate(new Position((1L << 32) | 1, "f1.1"));
        assertBlocks(drive, LENGTH, 5);
        assertRefused("media.position", () -> drive.locate(new Position(9, "x7")));
    }

    @Test
    void looksWhatSpacingHasDone() throws Exception {
        written();
        drive.rewind();
        // As one peer does: it says that it is done and stands elsewhere.
        paper.script(0x11, Said.good(0));
        assertEquals(new SpaceResult(2, Stop.COUNT), drive.spaceBlocks(2));
        assertBlocks(drive, LENGTH, 2);
        assertFilemark(drive);
        long before = paper.sent().stream().filter("11"::equals).count();
        assertEquals(new SpaceResult(2, Stop.COUNT), drive.spaceBlocks(2));
        assertEquals(before, paper.sent().stream().filter("11"::equals).count(), "it is not told again");
    }

    @Test
    void neverGoesOverAFilemarkWhenItGoesOverBlocks() throws Exception {
        written();
        for (List<Long> way : List.of(List.of(0L, 9L, 3L, 4L), List.of(6L, -9L, 2L, 3L))) {
            drive.locate(Position.of(way.get(0)));
            assertEquals(new SpaceResult(way.get(2), Stop.FILEMARK), drive.spaceBlocks(way.get(1)));
            assertEquals(Position.of(way.get(3)), drive.position());
        }
    }

    @Test
    void nobodyIsBelievedWhoDoesNotKnow() throws Exception {
        written();
        paper.says(ByteBuffer.allocate(32).put(0, (byte) 4).array(), ByteBuffer.allocate(20).put(0, (byte) 4).array());
        assertRefused("drive.lost", drive::position);
    }
}
