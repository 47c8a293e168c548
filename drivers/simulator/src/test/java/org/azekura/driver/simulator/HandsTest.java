package org.azekura.driver.simulator;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The robot's faults, and hands in the library. */
class HandsTest {

    @TempDir
    Path dir;
    private Simulator library;
    private Changer changer;

    @BeforeEach
    void open() throws Exception {
        library = Libraries.open(dir);
        changer = library.changer().orElseThrow();
        changer.inventory();
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Element at(ElementAddress address) throws Exception {
        return changer.inventory().stream().filter(element -> element.address().equals(address)).findFirst().orElseThrow();
    }

    @Test
    void aNewLibraryHasCartridgesAndOneFreeSlot() throws Exception {
        List<String> slots = changer.inventory().stream().filter(element -> element.kind() == Kind.SLOT)
                .map(element -> element.barcode().map(Barcode::toString).orElse("-")).toList();
        assertEquals(List.of("A00001L8", "A00002L8", "A00003L8", "A00004L8", "A00005L8", "A00006L8", "CLN001CU", "-"), slots);
        assertEquals(2, changer.inventory().stream().filter(element -> element.kind() == Kind.MAIL_SLOT).count());
        assertEquals(List.of(0, 1), changer.inventory().stream().filter(element -> element.kind() == Kind.DRIVE)
                .map(element -> element.drive().getAsInt()).toList());
    }

    @Test
    void whatIsPutInLiesInAMailSlotAndWhatIsTakenIsGone() throws Exception {
        Libraries.faults(dir, "insert B00001L7", "take A00002L8");
        assertRefused("changer.attention", () -> changer.move(Elements.slot(0), Elements.slot(7)));
        assertEquals(Kind.MAIL_SLOT, at(Libraries.find(library, "B00001L7")).kind());
        assertInstanceOf(Element.Empty.class, at(Elements.slot(1)).content());
        changer.move(Libraries.find(library, "B00001L7"), Elements.slot(1));
        Libraries.faults(dir, "insert B00001L7", "take A00002L8", "insert A00002L8");
        assertEquals(Kind.MAIL_SLOT, at(Libraries.find(library, "A00002L8")).kind());
    }

    @Test
    void theSameLineTwiceIsDoneTwiceAndARestartRepeatsNothing() throws Exception {
        Libraries.faults(dir, "take A00001L8", "insert A00001L8", "take A00001L8");
        assertTrue(changer.inventory().stream().noneMatch(element -> element.barcode().equals(Optional.of(new Barcode("A00001L8")))));
        Libraries.faults(dir, "take A00001L8", "insert A00001L8", "take A00001L8", "insert A00001L8", "move of A00003L8: jam");
        assertRefused("changer.attention", () -> changer.move(Elements.slot(2), Elements.drive(0)));
        assertRefused("changer.jam", () -> changer.move(Elements.slot(2), Elements.drive(0)));
        library.close();
        open();
        assertEquals(Kind.MAIL_SLOT, at(Libraries.find(library, "A00001L8")).kind());
        changer.move(Elements.PICKER, Elements.slot(2));
        changer.move(Elements.slot(2), Elements.drive(0));
    }

    @Test
    void aJamBlocksThePickerUntilItIsEmptied() throws Exception {
        Libraries.faults(dir, "move of A00001L8: jam");
        assertRefused("changer.jam", () -> changer.move(Elements.slot(0), Elements.drive(0)));
        assertEquals(Optional.of(new Barcode("A00001L8")), at(Elements.PICKER).barcode());
        assertFalse(at(Elements.PICKER).problem().isBlank());
        assertRefused("changer.jam", () -> changer.move(Elements.slot(1), Elements.drive(0)));
        changer.move(Elements.PICKER, Elements.slot(0));
        changer.move(Elements.slot(1), Elements.drive(0));
        Libraries.faults(dir, "move of A00004L8: jam");
        assertRefused("changer.jam", () -> changer.exchange(Elements.slot(3), Elements.slot(4), Elements.slot(3)));
        assertEquals(Optional.of(new Barcode("A00004L8")), at(Elements.PICKER).barcode());
        assertEquals(Optional.of(new Barcode("A00005L8")), at(Elements.slot(4)).barcode());
    }

    @Test
    void aDriveHoldsWhatIsLoaded() throws Exception {
        Drive drive = Libraries.loaded(library, "A00001L8");
        assertRefused("changer.held", () -> changer.move(Elements.drive(0), Elements.slot(0)));
        assertRefused("changer.held", () -> changer.exchange(Elements.slot(1), Elements.drive(0), Elements.slot(7)));
        drive.unload();
        changer.exchange(Elements.slot(1), Elements.drive(0), Elements.slot(7));
        assertEquals(Elements.slot(7), Libraries.find(library, "A00001L8"));
        assertEquals("A00002L8", at(Elements.drive(0)).barcode().orElseThrow().value());
    }

    /** Nobody in this process has loaded it; but drives draw in what they get, and hold it over a restart. */
    @Test
    void aDriveHoldsWhatNobodyHasUnloaded() throws Exception {
        changer.move(Elements.slot(0), Elements.drive(1));
        assertRefused("changer.held", () -> changer.move(Elements.drive(1), Elements.slot(0)));
        library.close();
        open();
        assertRefused("changer.held", () -> changer.move(Elements.drive(1), Elements.slot(0)));
        library.drives().get(1).unload();
        changer.move(Elements.drive(1), Elements.slot(0));
    }

    @Test
    void labelsAndAccessMayBeMissing() throws Exception {
        Libraries.faults(dir, "inventory of A00001L8: no barcode", "inventory of A00002L8: no access", "inventory of A00003L8: reset");
        assertRefused("changer.attention", changer::inventory);
        Libraries.faults(dir, "inventory of A00001L8 always: no barcode", "inventory of A00002L8 always: no access");
        assertInstanceOf(Element.Unnamed.class, at(Elements.slot(0)).content());
        assertFalse(at(Elements.slot(1)).accessible());
        assertTrue(at(Elements.slot(2)).accessible());
    }

    @Test
    void theInventoryTellsWhatAMoveDidWhoseAnswerWasLost() throws Exception {
        Libraries.faults(dir, "move of A00001L8: no answer", "move of A00002L8: no answer afterwards", "move of A00003L8: hardware error",
                "move of A00004L8: reservation conflict");
        assertRefused("device.io", () -> changer.move(Elements.slot(0), Elements.drive(0)));
        assertEquals(Elements.slot(0), Libraries.find(library, "A00001L8"));
        assertRefused("device.io", () -> changer.move(Elements.slot(1), Elements.drive(0)));
        assertEquals(Elements.drive(0), Libraries.find(library, "A00002L8"));
        assertRefused("device.hardware", () -> changer.move(Elements.slot(2), Elements.drive(1)));
        assertRefused("device.reserved", () -> changer.move(Elements.slot(3), Elements.drive(1)));
    }

    @Test
    void writeProtectionComesWithTheTabAndWithTheGeneration() throws Exception {
        Libraries.faults(dir, "protect A00001L8", "insert B00001L7", "insert C00001L6");
        changer.inventory();
        Drive drive = Libraries.loaded(library, "A00001L8");
        assertRefused("media.protected", () -> drive.write(ByteBuffer.allocate(100)));
        assertRefused("media.protected", () -> drive.writeFilemarks(1, false));
        assertRefused("media.protected", () -> drive.erase(false));
        assertEquals(List.of(new Alert(9)), drive.alerts());
        assertEquals(0, drive.position().object());
        Libraries.putIn(library, "B00001L7", 1);
        assertFalse(load(library.drives().get(1)).writeProtected());
        library.drives().get(1).unload();
        changer.move(Elements.drive(1), Elements.slot(7));
        Libraries.putIn(library, "C00001L6", 1);
        assertRefused("media.unfit", () -> load(library.drives().get(1)));
        changer.move(Elements.drive(1), new ElementAddress(10));
    }

    @Test
    void whatIsWrittenOnceIsWrittenAtTheEndOnly() throws Exception {
        Libraries.faults(dir, "insert W00001LY");
        changer.inventory();
        Drive drive = Libraries.loaded(library, "W00001LY");
        write(drive, 1000, 0, 1);
        drive.rewind();
        assertRefused("media.protected", () -> drive.write(ByteBuffer.allocate(100)));
        assertRefused("media.protected", () -> drive.writeFilemarks(1, false));
        assertRefused("media.protected", () -> drive.erase(false));
        assertEquals(List.of(new Alert(60)), drive.alerts());
        assertBlocks(drive, 1000, 0, 1);
        write(drive, 1000, 2);
        drive.rewind();
        assertBlocks(drive, 1000, 0, 1, 2);
    }

    @Test
    void thePowerOfADriveGoesByTheScript() throws Exception {
        Drive drive = Libraries.loaded(library, "A00001L8");
        Libraries.faults(dir, "power off drive 0", "power off drive 9");
        assertRefused("drive.attention", drive::position);
        assertRefused("changer.held", () -> changer.move(Elements.drive(0), Elements.slot(0)));
        drive.unload();
        changer.move(Elements.drive(0), Elements.slot(0));
    }
}
