package org.azekura.driver.tape;

import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.assertFilemark;
import static org.azekura.testkit.device.Tapes.block;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Position;
import org.azekura.driver.tape.replay.RecordedPath;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.sg.SgPath;
import org.azekura.testkit.device.Tapes;

/** The driver on real {@code /dev/sgN}, in the guest of the slow test. */
public final class GuestLibrary {

    private static final int LENGTH = 64 << 10;
    private static final int LONG = 1 << 20;
    private static final int KEPT = 4;
    private static final Path RECORDINGS = Path.of("/tmp/recordings");

    private GuestLibrary() {}

    private static ScsiPath recorded(Path device) {
        return new RecordedPath(new SgPath(device), RECORDINGS);
    }

    private static TapeLibrary library(Optional<Path> changer, List<Path> drives) throws IOException {
        Files.createDirectories(RECORDINGS);
        return new TapeLibrary(new TapeLibrary.Setup(changer.map(GuestLibrary::recorded), drives.stream().map(GuestLibrary::recorded).toList(), List.of(), LONG, true,
                HostKey.own()));
    }

    /** What was asked and answered, for whoever looks for the cause of a failure. */
    public static void printRecordings() throws IOException {
        if (Files.exists(RECORDINGS)) {
            try (var all = Files.newDirectoryStream(RECORDINGS)) {
                for (Path file : all) {
                    System.out.println(file + "\n" + Files.readString(file));
                }
            }
        }
    }

    private static void assertKept(Drive drive, int number) throws Exception {
        byte[] found = Tapes.read(drive);
        assertEquals(LENGTH, found.length);
        assertArrayEquals(Arrays.copyOf(block(number, LENGTH), KEPT), Arrays.copyOf(found, KEPT), "block " + number);
    }

    /** A drive that keeps the first bytes of a block, but all lengths, filemarks and places. */
    public static void drive(Path device) throws Exception {
        try (TapeLibrary library = library(Optional.empty(), List.of(device))) {
            Drive drive = library.drives().getFirst();
            load(drive);
            drive.rewind();
            write(drive, LENGTH, 1, 2);
            assertTrue(drive.writeFilemarks(1, false).isWritten());
            Position behind = drive.position();
            write(drive, LENGTH, 3, 4, 5);
            assertTrue(drive.writeFilemarks(1, false).isWritten());
            drive.locate(behind);
            assertKept(drive, 3);
            drive.rewind();
            assertKept(drive, 1);
            assertKept(drive, 2);
            assertFilemark(drive);
            assertKept(drive, 3);
            drive.spaceToEnd();
            assertEndOfData(drive);
            drive.unload();
        }
    }

    /** A robot and drives that keep everything. */
    public static void library(Path changer, List<Path> drives) throws Exception {
        try (TapeLibrary library = library(Optional.of(changer), drives)) {
            Changer robot = library.changer().orElseThrow();
            List<Element> elements = robot.inventory();
            Element full = elements.stream().filter(element -> element.barcode().filter(code -> code.value().startsWith("VT")).isPresent()).findFirst().orElseThrow(() -> new AssertionError("nothing to load: " + elements));
            assertTrue(elements.stream().anyMatch(element -> element.drive().isPresent()), () -> "no drive is known by its name: " + elements);
            Element bay = elements.stream().filter(element -> element.drive().isPresent()).findFirst().orElseThrow();
            robot.move(full.address(), bay.address());
            Drive drive = library.drives().get(bay.drive().getAsInt());
            load(drive);
            drive.rewind();
            write(drive, LONG, 1, 2, 3);
            write(drive, 777, 4);
            write(drive, 256 << 10, 5, 6, 7, 8);
            assertTrue(drive.writeFilemarks(1, false).isWritten());
            drive.rewind();
            assertBlocks(drive, LONG, 1, 2, 3);
            assertBlocks(drive, 777, 4);
            assertBlocks(drive, 256 << 10, 5, 6, 7, 8);
            assertFilemark(drive);
            drive.unload();
            robot.move(bay.address(), full.address());
        }
    }
}
