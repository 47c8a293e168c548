package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.junit.jupiter.api.Test;

/** Reservations that no peer has: on paper, with answers made by hand from SPC-4. */
class FenceTest {

    private final PaperDrive paper = new PaperDrive();
    private final TapeLibrary library = Papers.library(paper);
    private final Drive drive = library.drives().getFirst();

    @Test
    void holdsTheDriveWhileItIsInUse() throws Exception {
        load(drive);
        assertEquals(Libraries.KEY, paper.holder());
        assertEquals(List.of("1e"), paper.sent().stream().filter("1e"::equals).toList(), "hands are kept away");
        load(drive);
        drive.unload();
        assertEquals(0, paper.holder());
        assertEquals(2, paper.sent().stream().filter("1e"::equals).count());
        assertTrue(paper.sent().lastIndexOf("1e") < paper.sent().lastIndexOf("1b"), "hands are let in before the drive lets go");
    }

    @Test
    void givesItBackWhenTheLibraryIsClosed() throws Exception {
        load(drive);
        library.close();
        assertEquals(0, paper.holder());
        assertEquals(2, paper.sent().stream().filter("1e"::equals).count());
    }

    @Test
    void takesOverWhatAnEarlierRunOfThisHostHasLeft() throws Exception {
        paper.heldBy(HostKey.of("test", "an earlier boot"));
        load(drive);
        assertEquals(Libraries.KEY, paper.holder());
    }

    @Test
    void letsGoOfACartridgeThatAnEarlierRunOfThisHostHasLeft() throws Exception {
        paper.heldBy(HostKey.of("test", "an earlier boot"));
        drive.unload();
        assertEquals(0, paper.holder());
    }

    @Test
    void keepsNobodyFromADriveWithNothingInIt() throws Exception {
        paper.script(0x00, Said.sense(2, 0x3a, 0), Said.sense(2, 0x3a, 0), Said.sense(2, 0x3a, 0));
        paper.script(0x1b, Said.sense(2, 0x3a, 0));
        assertEquals(new LoadResult.Empty(), drive.load(Duration.ZERO));
        assertEquals(0, paper.holder());
    }

    @Test
    void leavesAloneWhatSomebodyElseHolds() {
        long other = HostKey.of("another host", "boot");
        paper.heldBy(other);
        assertRefused("device.reserved", () -> drive.load(Duration.ZERO));
        assertEquals(other, paper.holder());
        paper.heldBy(0);
    }

    @Test
    void takesTheOldReservationWhereThereIsNoOther() throws Exception {
        paper.script(0x5f, Said.sense(5, 0x20, 0));
        paper.script(0x16, Said.good(0));
        paper.script(0x17, Said.good(0));
        load(drive);
        drive.unload();
        assertEquals(List.of("5f.06", "16", "17"), paper.sent().stream().filter(sent -> List.of("5f.06", "16", "17", "56").contains(sent)).toList());
        paper.script(0x16, Said.status(0x18));
        assertRefused("device.reserved", () -> drive.load(Duration.ZERO));
    }

    @Test
    void theKeyTellsHostsAndTheirStartsApart() {
        assertEquals(HostKey.of("a", "1") >>> 32, HostKey.of("a", "2") >>> 32);
        assertNotEquals(HostKey.of("a", "1") >>> 32, HostKey.of("b", "1") >>> 32);
        assertNotEquals(HostKey.of("a", "1"), HostKey.of("a", "2"));
        assertNotEquals(0, HostKey.of("", ""));
    }
}
