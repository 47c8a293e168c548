package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.block;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.junit.jupiter.api.Test;

/** Blocks that go with a checksum: on paper, with answers made by hand from the standards. */
class ProtectionTest {

    private final PaperDrive paper = new PaperDrive();
    private final TapeLibrary library = Papers.library(paper);
    private final Drive drive = library.drives().getFirst();

    private static Drive unprotected(PaperDrive paper) {
        return new TapeLibrary(new TapeLibrary.Setup(Optional.empty(), List.of(paper), List.of(), 1 << 20, false, Libraries.KEY), (time, where) -> { })
                .drives().getFirst();
    }

    private static SpcDevice connected(PaperDrive paper) throws BackupException {
        Deck deck = new Deck(paper, new Doors(), (time, where) -> { }, 1, 1 << 20, false);
        deck.device().connect();
        return deck.device();
    }

    /** Begun. */
    private static Protection protection(PaperDrive paper) throws BackupException {
        SpcDevice device = connected(paper);
        Protection protection = new Protection(device, new Modes(device));
        protection.begin(true);
        return protection;
    }

    @Test
    void theChecksumIsThatOfTheStandardWithItsLowestByteFirst() throws Exception {
        load(drive);
        assertEquals(2, paper.protection());
        Protection protection = protection(paper);
        ByteBuffer sealed = protection.seal(ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII)));
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        assertEquals("313233343536373839" + "839206e3", HexFormat.of().formatHex(bytes));
    }

    @Test
    void oldDrivesHaveAnotherOneWithItsHighestByteFirst() throws Exception {
        paper.protectsAsOldDrivesDo();
        load(drive);
        assertTrue(drive.capabilities().protection());
        assertEquals(1, paper.protection());
        write(drive, 1000, 1, 2);
        drive.rewind();
        assertBlocks(drive, 1000, 1, 2);
        assertEndOfData(drive);
        paper.garblesABlock();
        assertRefused("device.io", () -> drive.write(ByteBuffer.wrap(block(3, 1000))));
        drive.rewind();
        paper.garblesABlock();
        assertRefused("device.io", () -> drive.read(ByteBuffer.allocate(1 << 20)));
        drive.unload();
        assertEquals(0, paper.protects());
        ByteBuffer sealed = protection(paper).seal(ByteBuffer.wrap(new byte[] {(byte) 0xff}));
        assertEquals(0x763f76ff, sealed.getInt(1));
    }

    @Test
    void isSetAtTheLoadAndTakenAwayAtTheUnload() throws Exception {
        load(drive);
        assertTrue(drive.capabilities().protection());
        assertEquals(4, paper.protects());
        write(drive, 1000, 1, 2);
        drive.rewind();
        assertBlocks(drive, 1000, 1, 2);
        assertEndOfData(drive);
        drive.unload();
        assertEquals(0, paper.protects());
        load(drive);
        library.close();
        assertEquals(0, paper.protects(), "a driver that is stopped leaves nothing");
    }

    @Test
    void theLongestBlockStaysAsLongAsItWas() throws Exception {
        load(drive);
        assertEquals(1 << 20, drive.capabilities().maxBlock());
        write(drive, 1 << 20, 1);
        drive.rewind();
        ByteBuffer into = ByteBuffer.allocate((1 << 20) + 10).position(3);
        drive.read(into);
        assertEquals(3 + (1 << 20), into.position());
        drive.rewind();
        assertBlocks(drive, 1 << 20, 1);
    }

    @Test
    void aBlockThatIsChangedOnTheWayToTheDriveIsNotWritten() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        paper.garblesABlock();
        ByteBuffer next = ByteBuffer.wrap(block(2, 1000));
        assertTrue(assertRefused("device.io", () -> drive.write(next)).getMessage().contains("checksum"));
        assertEquals(0, next.position());
        assertRefused("drive.lost", drive::position);
        drive.spaceToEnd();
        assertEquals(Position.of(1), drive.position());
        write(drive, 1000, 2);
        drive.rewind();
        assertBlocks(drive, 1000, 1, 2);
    }

    @Test
    void aChangeThatIsFoundLaterIsToldToo() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        paper.script(0x0a, Said.deferred(4, 0x10, 1));
        assertTrue(assertRefused("device.io", () -> drive.write(ByteBuffer.allocate(1000))).getMessage().contains("an earlier command failed"));
        drive.unload();
        load(drive);
        assertBlocks(drive, 1000, 1);
    }

    @Test
    void aBlockThatIsChangedOnTheWayFromTheDriveIsNotGivenOut() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        drive.rewind();
        paper.garblesABlock();
        assertTrue(assertRefused("device.io", () -> drive.read(ByteBuffer.allocate(1 << 20))).getMessage().contains("on the way from the drive"));
        drive.rewind();
        assertBlocks(drive, 1000, 1);
    }

    @Test
    void whatTheDriveFindsWrongWhenItReadsIsNotTheWay() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        drive.rewind();
        paper.script(0x08, Said.sense(4, 0x10, 1));
        assertRefused("device.hardware", () -> drive.read(ByteBuffer.allocate(1 << 20)));
    }

    @Test
    void withoutItNobodyNotices() throws Exception {
        PaperDrive plain = new PaperDrive();
        plain.lacksProtection();
        Drive there = Papers.library(plain).drives().getFirst();
        load(there);
        assertFalse(there.capabilities().protection());
        plain.garblesABlock();
        there.write(ByteBuffer.wrap(block(1, 1000)));
        there.rewind();
        ByteBuffer into = ByteBuffer.allocate(1 << 20);
        there.read(into);
        byte[] changed = block(1, 1000);
        changed[500] ^= 4;
        assertArrayEquals(changed, java.util.Arrays.copyOf(into.array(), 1000));
    }

    @Test
    void cartridgesAreReadWithAndWithoutWhereverTheyWereWritten() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        drive.unload();
        Drive plain = unprotected(paper);
        load(plain);
        assertFalse(plain.capabilities().protection());
        assertBlocks(plain, 1000, 1);
        write(plain, 1000, 2);
        plain.unload();
        load(drive);
        assertBlocks(drive, 1000, 1, 2);
    }

    @Test
    void whatAProcessHasLeftIsTakenAway() throws Exception {
        load(drive);
        assertEquals(4, paper.protects());
        assertTrue(protection(paper).isOn());
        new Protection(connected(paper), new Modes(connected(paper))).begin(false);
        assertEquals(0, paper.protects());
    }

    @Test
    void aDriveThatHasNoRoomForItOrNotThisMethodGoesWithout() throws Exception {
        paper.longest(1 << 20);
        load(drive);
        assertEquals(0, paper.protects());
        PaperDrive old = new PaperDrive();
        Drive there = Papers.library(old).drives().getFirst();
        old.script(0x15, Said.good(0), Said.sense(5, 0x26, 0));
        load(there);
        assertEquals(0, old.protects());
        assertFalse(there.capabilities().protection());
        write(there, 1000, 1);
    }

    @Test
    void aResetTakesItAwayAndTheNextLoadSetsItAnew() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        drive.writeFilemarks(0, false);
        paper.open();
        assertEquals(0, paper.protects());
        assertRefused("drive.attention", () -> drive.write(ByteBuffer.wrap(block(2, 1000))));
        load(drive);
        assertEquals(4, paper.protects());
        drive.spaceToEnd();
        write(drive, 1000, 2);
        drive.rewind();
        assertBlocks(drive, 1000, 1, 2);
    }
}
