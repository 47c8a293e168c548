package org.azekura.driver.simulator;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.block;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.sync;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.WriteResult;
import org.azekura.testkit.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a drive, and what a caller sees of it. */
class FaultsTest {

    private static final int LENGTH = 10_000;

    @TempDir
    Path dir;
    private Simulator library;

    private Drive loaded(String faults) throws Exception {
        library = Libraries.open(dir, faults);
        return Libraries.loaded(library, "A00001L8");
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static ByteBuffer next(int number) {
        return ByteBuffer.wrap(block(number, LENGTH));
    }

    @Test
    void aBlockThatTheTapeDoesNotTakeIsNamedAndNothingIsWrittenBehindIt() throws Exception {
        Drive drive = loaded("write block 3 of A00001L8: medium error");
        write(drive, LENGTH, 0, 1, 2);
        ByteBuffer third = next(3);
        assertRefused("media.write", () -> drive.write(third));
        assertEquals(0, third.position());
        assertEquals(Position.of(3), drive.onTape());
        assertRefused("drive.lost", () -> drive.write(third));
        assertRefused("drive.lost", drive::position);
        assertRefused("drive.lost", () -> drive.writeFilemarks(1, false));
        assertRefused("drive.lost", () -> drive.read(third));
        assertRefused("drive.lost", () -> drive.spaceBlocks(1));
        assertRefused("drive.lost", () -> drive.erase(false));
        assertEquals(List.of(new Alert(6)), drive.alerts());
        drive.locate(Position.of(3));
        write(drive, LENGTH, 3);
        drive.rewind();
        assertBlocks(drive, LENGTH, 0, 1, 2, 3);
        assertEndOfData(drive);
    }

    /** The first, a middle and the last block between two syncs. */
    @Test
    void anErrorThatIsFoundLateTakesWithItWhatWasInTheBuffer() throws Exception {
        Drive drive = loaded("");
        for (int bad : new int[] {4, 6, 10}) {
            Libraries.faults(dir, "write block " + bad + ": deferred error");
            drive.spaceToEnd();
            int from = (int) drive.position().object();
            for (int i = from; i <= 10; i++) {
                write(drive, LENGTH, i);
            }
            assertRefused("media.write", () -> drive.writeFilemarks(0, false));
            assertEquals(Position.of(bad), drive.onTape());
        }
        drive.rewind();
        for (int i = 0; i < 10; i++) {
            assertBlocks(drive, LENGTH, i);
        }
        assertEndOfData(drive);
    }

    @Test
    void whatIsNotOnTheTapeIsLostWithThePower() throws Exception {
        Drive drive = loaded("");
        write(drive, LENGTH, 0, 1);
        drive.writeFilemarks(1, false);
        write(drive, LENGTH, 3, 4);
        drive.writeFilemarks(1, true);
        assertEquals(Position.of(3), drive.onTape());
        library.powerOff(0);
        assertRefused("drive.attention", drive::position);
        assertRefused("drive.unloaded", drive::position);
        load(drive);
        drive.spaceToEnd();
        assertEquals(Position.of(3), drive.position());
        drive.rewind();
        assertBlocks(drive, LENGTH, 0, 1);
    }

    @Test
    void oneFalseGoodOfASyncIsALie() throws Exception {
        Drive drive = loaded("filemarks: false good");
        write(drive, LENGTH, 0, 1);
        assertEquals(WriteResult.WRITTEN, drive.writeFilemarks(1, false));
        assertEquals(Position.of(3), drive.position());
        library.powerOff(0);
        load(drive);
        assertEndOfData(drive);
    }

    @Test
    void oneFalseGoodOfAWriteLosesABlockInSilence() throws Exception {
        Drive drive = loaded("write block 1: false good");
        write(drive, LENGTH, 0, 1, 2);
        sync(drive);
        assertEquals(Position.of(2), drive.position());
        drive.rewind();
        assertBlocks(drive, LENGTH, 0, 2);
    }

    @Test
    void aTapeIsFullOnABlockAndOnASync() throws Exception {
        Drive drive = loaded("write block 2: full; filemarks: full; write block 1: early warning; write block 0: programmed warning");
        assertEquals(WriteResult.PROGRAMMED_WARNING, drive.write(next(0)));
        assertEquals(WriteResult.EARLY_WARNING, drive.write(next(1)));
        ByteBuffer third = next(2);
        assertEquals(WriteResult.FULL, drive.write(third));
        assertEquals(0, third.position());
        assertEquals(WriteResult.FULL, drive.writeFilemarks(1, false));
        assertEquals(Position.of(2), drive.position());
        assertEquals(Position.of(0), drive.onTape());
        assertEquals(WriteResult.EARLY_WARNING, drive.writeFilemarks(0, false));
        assertEquals(Position.of(2), drive.onTape());
    }

    @Test
    void aMovedTapeIsSeenOnlyByWhoAsks() throws Exception {
        Drive drive = loaded("position: tape moved to 1; write: takes 3 s");
        write(drive, LENGTH, 0, 1, 2);
        sync(drive);
        assertEquals(Position.of(1), drive.position());
        assertBlocks(drive, LENGTH, 1);
    }

    @Test
    void positionsCanBeWrong() throws Exception {
        Drive drive = loaded("position: says 77");
        assertEquals(Position.of(77), drive.position());
        assertEquals(Position.of(0), drive.position());
    }

    @Test
    void aResetForgetsCartridgeAndBuffer() throws Exception {
        Drive drive = loaded("write block 1: reset");
        write(drive, LENGTH, 0);
        assertRefused("drive.attention", () -> drive.write(next(1)));
        assertRefused("drive.unloaded", () -> drive.write(next(1)));
        load(drive);
        assertEndOfData(drive);
    }

    @Test
    void anAnswerMayBeLostBeforeOrAfter() throws Exception {
        Drive drive = loaded("write block 0: no answer; write block 1: no answer afterwards; write block 2: reservation conflict;"
                + "write block 3: hardware error");
        assertRefused("device.io", () -> drive.write(next(0)));
        drive.rewind();
        assertEndOfData(drive);
        write(drive, LENGTH, 0);
        assertRefused("device.io", () -> drive.write(next(1)));
        assertRefused("drive.lost", drive::position);
        drive.spaceToEnd();
        assertEquals(Position.of(2), drive.position());
        assertRefused("device.reserved", () -> drive.write(next(2)));
        write(drive, LENGTH, 2);
        assertRefused("device.hardware", () -> drive.write(next(3)));
        drive.rewind();
        Libraries.faults(dir, "read: power off");
        assertRefused("device.io", () -> drive.read(next(0)));
        load(drive);
    }

    @Test
    void bitsTurnOver() throws Exception {
        Drive drive = loaded("write block 0: flip bit 9; write block 1: flip bit 9 unreadably; read block 2: flip bit 9; read block 3: cut 100 bytes;"
                + "read block 4: medium error");
        write(drive, LENGTH, 0, 1, 2, 3, 4);
        drive.rewind();
        ByteBuffer into = ByteBuffer.allocate(LENGTH);
        assertEquals(new ReadResult.Block(LENGTH), drive.read(into));
        assertFlipped(0, into.array());
        assertRefused("media.read", () -> drive.read(into.clear()));
        assertRefused("drive.lost", () -> drive.read(into));
        drive.locate(Position.of(2));
        drive.read(into.clear());
        assertFlipped(2, into.array());
        assertEquals(new ReadResult.Block(LENGTH - 100), drive.read(into.clear()));
        assertEquals(LENGTH - 100, into.position());
        assertRefused("media.read", () -> drive.read(into.clear()));
        drive.locate(Position.of(2));
        assertBlocks(drive, LENGTH, 2, 3, 4);
        assertEquals(List.of(new Alert(5)), drive.alerts());
    }

    private static void assertFlipped(int number, byte[] found) {
        byte[] expected = block(number, LENGTH);
        expected[1] ^= 2;
        assertArrayEquals(expected, found);
    }

    @Test
    void newMediaAreCalibratedForAsLongAsItTakes() throws Exception {
        library = Libraries.open(dir, "load: calibrating 7000 s");
        Libraries.putIn(library, "A00001L8", 0);
        Drive drive = library.drives().getFirst();
        assertEquals(new LoadResult.Busy("calibrating"), drive.load(Duration.ofMinutes(10)));
        assertRefused("drive.busy", drive::unload);
        assertRefused("changer.held", () -> library.changer().orElseThrow().move(Elements.drive(0), Elements.slot(0)));
        assertEquals(new LoadResult.Busy("calibrating"), drive.load(Duration.ofMinutes(100)));
        load(drive);
        assertEquals(7015, library.elapsed(0).toSeconds());
    }

    @Test
    void aKeyMayBeLeftOver() throws Exception {
        Drive drive = loaded("unload: keeps the key");
        drive.encryption(new byte[32]);
        drive.unload();
        library.changer().orElseThrow().move(Elements.drive(0), Elements.slot(0));
        Libraries.putIn(library, "A00002L8", 0);
        load(drive);
        write(drive, LENGTH, 0);
        drive.unload();
        load(drive);
        assertRefused("media.key", () -> drive.read(next(0)));
    }

    @Test
    void aCartridgeThatCannotBeMadeReadyCanBeTakenOut() throws Exception {
        library = Libraries.open(dir, "load of A00001L8: medium error");
        Libraries.putIn(library, "A00001L8", 0);
        Drive drive = library.drives().getFirst();
        assertRefused("media.read", () -> load(drive));
        assertRefused("drive.unloaded", drive::position);
        library.changer().orElseThrow().move(Elements.drive(0), Elements.slot(0));
        assertEquals(new LoadResult.Empty(), drive.load(Duration.ZERO));
    }

    @Test
    void aHangingDriveEndsWithItsPower() throws Exception {
        Drive drive = loaded("read: hang");
        whileItHangs("device.io", drive, () -> library.powerOff(0));
        load(drive);
        assertEndOfData(drive);
    }

    @Test
    void aHangingDriveEndsWithTheLibrary() throws Exception {
        Drive drive = loaded("read: hang");
        whileItHangs("device.closed", drive, library::close);
        // The last one inside has let go of the folder.
        library = Libraries.open(dir);
        assertEquals(Elements.drive(0), Libraries.find(library, "A00001L8"));
    }

    private void whileItHangs(String code, Drive drive, Runnable end) throws Exception {
        Together.run(2, i -> {
            if (i == 0) {
                return assertRefused(code, () -> drive.read(next(0)));
            }
            // The script notes that the call has begun.
            while (!Files.readString(dir.resolve("library/library")).contains("fired 1 read: hang")) {
                Thread.onSpinWait();
            }
            end.run();
            return null;
        });
    }

    @Test
    void anInterruptedThreadLosesNoMoreThanAReset() throws Exception {
        Drive drive = loaded("");
        write(drive, LENGTH, 0);
        sync(drive);
        write(drive, LENGTH, 1);
        Thread.currentThread().interrupt();
        assertRefused("device.interrupted", () -> drive.writeFilemarks(1, false));
        assertTrue(Thread.interrupted());
        assertRefused("drive.attention", drive::position);
        load(drive);
        assertBlocks(drive, LENGTH, 0);
    }

    @Test
    void cleaningCartridgesCleanUntilTheyAreUsedUp() throws Exception {
        library = Libraries.open(dir, "load of A00001L8: alert 20");
        Drive drive = Libraries.loaded(library, "A00001L8");
        drive.unload();
        library.changer().orElseThrow().move(Elements.drive(0), Elements.slot(0));
        Libraries.putIn(library, "CLN001CU", 0);
        assertEquals(new LoadResult.Cleaned(), drive.load(Duration.ofMinutes(5)));
        assertEquals(List.of(), drive.alerts());
        for (int i = 1; i < 50; i++) {
            assertEquals(new LoadResult.Cleaned(), drive.load(Duration.ofMinutes(5)));
        }
        assertEquals(new LoadResult.Cleaned(), drive.load(Duration.ofMinutes(5)));
        assertEquals(List.of(new Alert(22)), drive.alerts());
        assertRefused("drive.unloaded", drive::position);
    }

    @Test
    void countsErrorsOfTheCartridgeThatWasLoadedLast() throws Exception {
        Drive drive = loaded("write block 1: corrects 7 errors; read block 0: corrects 3 errors; read block 1: medium error; write block 2: deferred error");
        assertEquals(new Drive.Counters(0, 0, 0, 0), drive.counters());
        write(drive, LENGTH, 0, 1);
        drive.rewind();
        assertBlocks(drive, LENGTH, 0);
        assertRefused("media.read", () -> drive.read(ByteBuffer.allocate(LENGTH)));
        drive.spaceToEnd();
        write(drive, LENGTH, 2);
        assertRefused("media.write", () -> sync(drive));
        assertEquals(new Drive.Counters(7, 1, 3, 1), drive.counters());
        drive.unload();
        assertEquals(new Drive.Counters(7, 1, 3, 1), drive.counters());
        load(drive);
        assertEquals(new Drive.Counters(0, 0, 0, 0), drive.counters());
    }

    @Test
    void aCartridgeRemembersWhatItHasBeenThrough() throws Exception {
        Drive drive = loaded("read block 1: medium error");
        write(drive, LENGTH, 0, 1);
        drive.rewind();
        assertBlocks(drive, LENGTH, 0);
        assertRefused("media.read", () -> drive.read(ByteBuffer.allocate(LENGTH)));
        assertEquals(new Drive.Life(1, 2L * LENGTH, LENGTH, 0, 1), drive.life());
        drive.unload();
        assertRefused("drive.unloaded", drive::life);
        load(drive);
        assertEquals(new Drive.Life(2, 2L * LENGTH, LENGTH, 0, 1), drive.life());
        load(drive);
        assertBlocks(drive, LENGTH, 0);
        assertEquals(new Drive.Life(2, 2L * LENGTH, 2L * LENGTH, 0, 1), drive.life(), "a rewind is no load");
    }

    @Test
    void alertsAreSaidOnceAndHaveAMeaning() throws Exception {
        Drive drive = loaded("write: alert 7");
        write(drive, LENGTH, 0);
        List<Alert> alerts = drive.alerts();
        assertEquals(List.of(new Alert(7)), alerts);
        assertTrue(alerts.getFirst().toString().contains("worn out"));
        assertEquals(List.of(), drive.alerts());
    }
}
