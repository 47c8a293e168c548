package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.sync;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.junit.jupiter.api.Test;

/** What a {@link Drive} does beyond reading and writing. What its capabilities rule out must be refused. What lies on the cartridge is overwritten. */
public interface DriveFeaturesContract {

    /** The drive of this test, with a cartridge in it that can be overwritten and is not loaded; the same one at every call. */
    Drive drive();

    /** The drive, with its cartridge loaded; what is written first makes it forget what lay on it. */
    private Drive ready() throws BackupException {
        load(drive());
        return drive();
    }

    private static int length(Drive drive) throws BackupException {
        return Math.min(drive.capabilities().maxBlock(), 1 << 16);
    }

    @Test
    default void saysWhatIsOnTheTape() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().onTape()) {
            assertRefused("device.unsupported", drive::onTape);
            return;
        }
        write(drive, length(drive), 1, 2, 3);
        assertTrue(drive.onTape().compareTo(drive.position()) <= 0);
        drive.writeFilemarks(1, true);
        assertTrue(drive.onTape().compareTo(drive.position()) <= 0);
        sync(drive);
        assertEquals(drive.position(), drive.onTape());
        drive.rewind();
        assertEquals(drive.position(), drive.onTape());
    }

    @Test
    default void theEndsOfWrapsAscendIfTheyAreTold() throws Exception {
        Drive.Wraps wraps = ready().wraps();
        assertTrue(wraps.ends().size() <= wraps.count());
        assertEquals(wraps.ends().stream().sorted().toList(), wraps.ends());
    }

    @Test
    default void ordersPlacesAndLosesNone() throws Exception {
        Drive drive = ready();
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            places.add(drive.position());
            write(drive, length(drive), i);
        }
        if (!drive.capabilities().order()) {
            assertRefused("device.unsupported", () -> drive.order(places));
            return;
        }
        assertEquals(List.of(), drive.order(List.of()));
        assertEquals(List.of(places.get(3)), drive.order(List.of(places.get(3))));
        places.add(places.get(5));
        Collections.shuffle(places, new Random(7));
        Position here = drive.position();
        List<Position> order = drive.order(places);
        assertEquals(places.stream().sorted().toList(), order.stream().sorted().toList());
        assertEquals(here, drive.position());
    }

    @Test
    default void erasesOrRefusesTo() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2, 3);
        drive.rewind();
        drive.spaceBlocks(1);
        if (!drive.capabilities().erase()) {
            assertRefused("device.unsupported", () -> drive.erase(false));
            assertBlocks(drive, length(drive), 2);
            return;
        }
        drive.erase(false);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        assertEndOfData(drive);
    }

    @Test
    default void saysItsAlertsOnce() throws Exception {
        drive().alerts();
        assertEquals(List.of(), drive().alerts());
    }

    @Test
    default void countsErrorsOfACartridgeAlsoWhenItIsUnloaded() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().counters()) {
            assertEquals(Drive.Counters.NONE, drive.counters());
            return;
        }
        write(drive, length(drive), 1, 2, 3);
        sync(drive);
        Drive.Counters counted = drive.counters();
        assertEquals(0, counted.writeUncorrected());
        assertEquals(0, counted.readUncorrected());
        drive.unload();
        assertEquals(0, drive.counters().writeUncorrected());
        assertTrue(drive.counters().writeCorrected() >= counted.writeCorrected());
    }

    @Test
    default void tellsWhatACartridgeHasBeenThroughOrNothing() throws Exception {
        Drive drive = ready();
        Drive.Life before = drive.life();
        Position here = drive.position();
        write(drive, length(drive), 1, 2, 3);
        sync(drive);
        drive.unload();
        assertRefused("drive.unloaded", drive::life);
        load(drive);
        assertEquals(here, drive.position());
        Drive.Life after = drive.life();
        assertTrue(after.loads() == before.loads() + 1 || before.loads() < 0 && after.loads() < 0, () -> before + " " + after);
        assertTrue(after.written() >= before.written() && after.read() >= before.read(), () -> before + " " + after);
    }

    @Test
    default void describesACartridgeForOthersOrRefusesTo() throws Exception {
        Drive drive = ready();
        Drive.Description description = new Drive.Description("AZEKURA", "Azekura", "0.1.0", "t\u00e4glich-1", "A00017L8", "t\u00e4glich");
        write(drive, length(drive), 1, 2);
        Position here = drive.position();
        if (!drive.capabilities().describe()) {
            assertRefused("device.unsupported", () -> drive.describe(description));
            assertEquals(here, drive.position());
            return;
        }
        drive.describe(description);
        assertEquals(here, drive.position());
        assertEquals(Optional.of(description), drive.description());
        drive.unload();
        load(drive);
        assertEquals(Optional.of(description), drive.description());
        assertBlocks(drive, length(drive), 1, 2);
    }

    @Test
    default void remembersWhereSomethingLiesOrRefusesTo() throws Exception {
        Drive drive = ready();
        write(drive, length(drive), 1, 2);
        Position here = drive.position();
        Drive.Signpost first = new Drive.Signpost("0123456789abcdef0123456789abcdef", 1);
        if (!drive.capabilities().describe()) {
            assertRefused("device.unsupported", () -> drive.signpost(first));
            assertEquals(Optional.empty(), drive.signpost());
            assertEquals(here, drive.position());
            return;
        }
        drive.signpost(first);
        Drive.Signpost second = new Drive.Signpost("0123456789abcdef0123456789abcde0", (1L << 40) + 2);
        drive.signpost(second);
        assertEquals(here, drive.position());
        assertEquals(Optional.of(second), drive.signpost());
        drive.unload();
        load(drive);
        assertEquals(Optional.of(second), drive.signpost());
        assertBlocks(drive, length(drive), 1, 2);
    }

    @Test
    default void compressesOrRefusesTo() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().compression()) {
            assertRefused("device.unsupported", () -> drive.compression(true));
            return;
        }
        drive.compression(true);
        write(drive, length(drive), 1);
        drive.write(ByteBuffer.allocate(5000));
        drive.compression(false);
        write(drive, length(drive), 2);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        assertArrayEquals(new byte[5000], Tapes.read(drive));
        assertBlocks(drive, length(drive), 2);
    }

    @Test
    default void readsSealedBlocksWithTheirKeyOnly() throws Exception {
        Drive drive = ready();
        byte[] key = Tapes.block(1, 32);
        if (!drive.capabilities().encryption()) {
            assertRefused("device.unsupported", () -> drive.encryption(key));
            return;
        }
        assertRefused("drive.key", () -> drive.encryption(new byte[31]));
        write(drive, length(drive), 1);
        drive.encryption(key);
        write(drive, length(drive), 2);
        drive.encryption(null);
        write(drive, length(drive), 3);
        drive.rewind();
        assertBlocks(drive, length(drive), 1);
        Position sealed = drive.position();
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
        assertEquals(sealed, drive.position());
        drive.encryption(Tapes.block(2, 32));
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
        drive.encryption(key);
        assertBlocks(drive, length(drive), 2, 3);
        drive.unload();
        load(drive);
        drive.locate(sealed);
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
    }

    @Test
    default void opensSealedBlocksAndLeavesOthersPlain() throws Exception {
        Drive drive = ready();
        byte[] key = Tapes.block(1, 32);
        if (!drive.capabilities().encryption()) {
            assertRefused("device.unsupported", () -> drive.decryption(key));
            return;
        }
        assertRefused("drive.key", () -> drive.decryption(new byte[31]));
        drive.encryption(key);
        write(drive, length(drive), 1);
        try {
            drive.decryption(key);
        } catch (BackupException e) {
            assertEquals("device.unsupported", e.failure().code());
            return;
        }
        write(drive, length(drive), 2);
        drive.rewind();
        assertBlocks(drive, length(drive), 1, 2);
        drive.decryption(null);
        drive.rewind();
        assertRefused("media.key", () -> drive.read(ByteBuffer.allocate(1 << 16)));
        drive.spaceBlocks(1);
        assertBlocks(drive, length(drive), 2);
    }

    @Test
    default void programsAWarningOrRefusesTo() throws Exception {
        Drive drive = ready();
        if (!drive.capabilities().programWarning()) {
            assertRefused("device.unsupported", () -> drive.programWarning(1 << 20));
            return;
        }
        drive.programWarning(1 << 20);
        drive.programWarning(0);
        write(drive, length(drive), 1);
    }
}
