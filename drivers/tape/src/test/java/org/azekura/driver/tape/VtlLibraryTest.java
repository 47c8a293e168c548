package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.WriteResult;
import org.azekura.testkit.device.Tapes;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole library on tgtd: drives and elements, hands, a full cartridge, and a target that is killed. */
class VtlLibraryTest {

    @TempDir
    Path dir;
    private Vtl vtl;
    private TapeLibrary library;

    @BeforeEach
    void start() throws Exception {
        Vtl.assumeUsable();
        vtl = Vtl.start(dir, 8);
        library = Libraries.on(vtl);
    }

    @AfterEach
    void stop() {
        if (vtl != null) {
            library.close();
            vtl.close();
        }
    }

    private Element at(int address) throws BackupException {
        return library.changer().orElseThrow().inventory().stream().filter(element -> element.address().value() == address).findFirst().orElseThrow();
    }

    @Test
    void knowsWhichDriveIsWhereAlsoInAnotherOrder() throws Exception {
        assertEquals(OptionalInt.of(0), at(Vtl.FIRST_DRIVE).drive());
        assertEquals(OptionalInt.of(1), at(Vtl.FIRST_DRIVE + 1).drive());
        try (TapeLibrary turned = Libraries.on(vtl.changer(), vtl.drive(1), vtl.drive(0))) {
            assertEquals(Vtl.FIRST_DRIVE + 1, Libraries.drive(turned, 0).value());
            assertEquals(Vtl.FIRST_DRIVE, Libraries.drive(turned, 1).value());
        }
        assertEquals(new Drive.Identity("IBM", "ULT3580-TD5", "TGT1", "VTD0000001"), library.drives().getFirst().identity());
        library.selfTest();
    }

    @Test
    void seesWhatHandsDo() throws Exception {
        vtl.insert(Vtl.FIRST_MAIL_SLOT, "NEW001L5");
        assertEquals("NEW001L5", at(Vtl.FIRST_MAIL_SLOT).barcode().orElseThrow().value());
        assertEquals(Element.Kind.MAIL_SLOT, at(Vtl.FIRST_MAIL_SLOT).kind());
        library.changer().orElseThrow().move(new ElementAddress(Vtl.FIRST_MAIL_SLOT), new ElementAddress(Vtl.FIRST_SLOT + 7));
        vtl.remove(Vtl.FIRST_SLOT);
        assertEquals(new Element.Empty(), at(Vtl.FIRST_SLOT).content());
        assertEquals("NEW001L5", at(Vtl.FIRST_SLOT + 7).barcode().orElseThrow().value());
    }

    @Test
    void warnsOfTheEndAndSaysSoFromThereOn() throws Exception {
        Drive drive = library.drives().getFirst();
        Libraries.putIn(library, "VT0003L5", 0);
        load(drive);
        int blocks = 0;
        while (drive.write(ByteBuffer.wrap(Tapes256.block(blocks))) != WriteResult.EARLY_WARNING) {
            blocks++;
            assertTrue(blocks < 64, "a cartridge of 8 MB has an end");
        }
        assertEquals(WriteResult.EARLY_WARNING, drive.write(ByteBuffer.wrap(Tapes256.block(blocks + 1))));
        assertEquals(WriteResult.EARLY_WARNING, drive.writeFilemarks(1, false));
        drive.rewind();
        drive.spaceBlocks(blocks);
        assertBlocks(drive, Tapes256.LENGTH, blocks, blocks + 1);
        drive.rewind();
        assertEquals(WriteResult.WRITTEN, drive.write(ByteBuffer.wrap(Tapes256.block(0))), "the warning is of the end, not of the cartridge");
    }

    /** Blocks of 256 KiB. */
    private static final class Tapes256 {
        static final int LENGTH = 1 << 18;

        static byte[] block(int number) {
            return Tapes.block(number, LENGTH);
        }
    }

    @Test
    void aKilledTargetIsMetAsItIsThen() throws Exception {
        Drive drive = library.drives().getFirst();
        Libraries.putIn(library, "VT0001L5", 0);
        load(drive);
        write(drive, 1 << 16, 1, 2, 3);
        drive.writeFilemarks(1, false);
        assertEquals("VT0001L5", at(Vtl.FIRST_DRIVE).barcode().orElseThrow().value());
        vtl.kill();
        assertRefused("device.io", () -> drive.write(ByteBuffer.allocate(1 << 16)));
        vtl.restart();
        // What lay in the drive is in its slot again, where nobody has moved it.
        BackupException gone = assertThrows(BackupException.class, drive::position);
        assertTrue(List.of("drive.attention", "drive.unloaded").contains(gone.failure().code()), gone.getMessage());
        assertEquals(new LoadResult.Empty(), drive.load(Duration.ofSeconds(2)));
        assertEquals(new Element.Empty(), at(Vtl.FIRST_DRIVE).content());
        assertEquals("VT0001L5", at(Vtl.FIRST_SLOT).barcode().orElseThrow().value());
        Libraries.putIn(library, "VT0001L5", 0);
        load(drive);
        assertBlocks(drive, 1 << 16, 1, 2, 3);
    }

    @Test
    void closingEndsACallThatWaits() throws Exception {
        Drive drive = library.drives().getFirst();
        drive.identity();
        vtl.pause();
        try {
            Thread caller = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                while (Stream.of(caller.getStackTrace()).noneMatch(frame -> frame.getMethodName().equals("select"))) {
                    Thread.yield();
                }
                library.close();
            });
            long begin = System.nanoTime();
            assertRefused("device.closed", drive::identity);
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos());
        } finally {
            vtl.resume();
        }
    }
}
