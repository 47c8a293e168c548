package org.azekura.driver.simulator;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.assertEndOfData;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.device.Drive;
import org.azekura.testkit.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as a whole: its folder, its restart, and what is refused. */
class LibraryTest {

    @TempDir
    Path dir;

    @Test
    void touchesNothingBeforeTheFirstCall() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            assertEquals(2, library.drives().size());
            assertEquals(library.drives(), library.drives());
            assertTrue(library.location().endsWith("library"));
            assertFalse(Files.exists(dir.resolve("library")));
            library.selfTest();
            assertTrue(Files.exists(dir.resolve("library")));
        }
    }

    @Test
    void keepsEverythingOverARestart() throws Exception {
        String serial;
        try (Simulator library = Libraries.open(dir)) {
            Drive drive = Libraries.loaded(library, "A00003L8");
            write(drive, 5000, 1, 2, 3);
            serial = drive.identity().serial();
        }
        try (Simulator library = Libraries.open(dir)) {
            Drive drive = library.drives().getFirst();
            assertEquals(serial, drive.identity().serial());
            assertNotEquals(serial, library.drives().get(1).identity().serial());
            assertRefused("drive.unloaded", drive::position);
            load(drive);
            assertBlocks(drive, 5000, 1, 2, 3);
            assertEndOfData(drive);
        }
    }

    /** A kill can't show it, since what a process has written outlives the process. */
    @Test
    void whatIsSaidToBeOnTheTapeIsDurable() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            Drive drive = Libraries.loaded(library, "A00001L8");
            write(drive, 5000, 1, 2);
            drive.writeFilemarks(1, true);
            assertEquals(0, durable());
            drive.writeFilemarks(1, false);
            assertEquals(4, durable());
            write(drive, 1_000_000, 1, 2, 3);
            assertEquals(drive.onTape().object(), durable());
            drive.unload();
            assertEquals(7, durable());
        }
    }

    private long durable() throws Exception {
        return ReelHead.decode(ByteBuffer.wrap(Files.readAllBytes(dir.resolve("library/cartridges/A00001L8.objects"))), "x").durable();
    }

    @Test
    void twoOnOneFolderAreRefused() throws Exception {
        try (Simulator second = Libraries.open(dir)) {
            try (Simulator first = Libraries.open(dir)) {
                first.selfTest();
                assertRefused("device.busy", second::selfTest);
            }
            second.selfTest();
        }
    }

    @Test
    void keepsOthersOut() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            Libraries.loaded(library, "A00001L8");
        }
        try (Stream<Path> all = Files.walk(dir.resolve("library"))) {
            for (Path path : all.toList()) {
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
            }
        }
    }

    @Test
    void saysWhichSettingWillNotDo() throws Exception {
        Setup.Raw good = Setup.Raw.of(dir + "/library");
        assertRefused("setting.folder", () -> Simulator.of(Setup.Raw.of("")));
        assertRefused("setting.folder", () -> Simulator.of(Setup.Raw.of("relative")));
        assertRefused("setting.folder", () -> Simulator.of(Setup.Raw.of("/a\0b")));
        assertRefused("setting.folder", () -> Simulator.of(Setup.Raw.of(dir + "/no/library")).selfTest());
        assertRefused("setting.generation", () -> Simulator.of(new Setup.Raw(good.folder(), 1, 8, 1, 0, 1, "LTO-3", 0, 0, 32, 0, 0, "")));
        assertRefused("setting.drives", () -> Simulator.of(new Setup.Raw(good.folder(), 0, 8, 1, 0, 1, "LTO-8", 0, 0, 32, 0, 0, "")));
        assertRefused("setting.cartridges", () -> Simulator.of(new Setup.Raw(good.folder(), 1, 8, 1, 8, 1, "LTO-8", 0, 0, 32, 0, 0, "")));
        assertRefused("setting.timeScale", () -> Simulator.of(new Setup.Raw(good.folder(), 1, 8, 1, 0, 1, "LTO-8", 0, 0, 32, 0, Double.NaN, "")));
        assertRefused("setting.faults", () -> Libraries.open(dir, "write: jam").selfTest());
    }

    @Test
    void testsMakeALibraryByTheNamesOfItsSettings() throws Exception {
        Map<String, String> settings = Map.of("folder", dir + "/library", "drives", "3", "capacity_MB", "64", "faults", "load: alert 7");
        try (Simulator library = Simulator.of(settings)) {
            library.selfTest();
            assertEquals(3, library.drives().size());
            Libraries.putIn(library, "A00001L8", 2);
            assertEquals(64_000_000, load(library.drives().get(2)).capacity());
            assertEquals(1, library.drives().get(2).alerts().size());
        }
        assertRefused("setting.drive", () -> Simulator.of(Map.of("folder", dir + "/library", "drive", "3")));
        assertRefused("setting.drives", () -> Simulator.of(Map.of("folder", dir + "/library", "drives", "many")));
        assertRefused("setting.folder", () -> Simulator.of(Map.of()));
    }

    @Test
    void takesWhatItsPageShows() throws Exception {
        String page = Files.readString(Path.of("../../docs/simulator.md"));
        String example = page.substring(page.indexOf("# the 121st"), page.indexOf("```", page.indexOf("# the 121st")));
        assertEquals(11, Script.parse(example.lines().toList()).size());
    }

    /** Drivers are updated again and again in one process. */
    @Test
    void leavesNoHandleAndNoThreadBehind() throws Exception {
        use(0);
        long handles = handles();
        int threads = Thread.activeCount();
        for (int i = 0; i < 20; i++) {
            use(i);
        }
        // Others in this process open files, too.
        assertTrue(handles() < handles + 10, handles() + " handles, " + handles + " before");
        assertTrue(Thread.activeCount() <= threads, "threads");
    }

    private void use(int round) throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            if (!Libraries.find(library, "A00001L8").equals(Elements.drive(0))) {
                Libraries.putIn(library, "A00001L8", 0);
            }
            Drive drive = library.drives().getFirst();
            load(drive);
            write(drive, 1000, round);
        }
    }

    private static long handles() throws Exception {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @Test
    void aLineThatIsNoneIsRefusedUntilItIsMended() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            library.selfTest();
            Libraries.faults(dir, "# a comment", "", "write block 120 of A00001L8: mediun error");
            String message = assertRefused("setting.faults", library::selfTest).getMessage();
            assertTrue(message.contains("mediun error") && message.contains("medium error"), message);
            Libraries.faults(dir, "write  block 120 of A00001L8:  medium error");
            library.selfTest();
        }
    }

    @Test
    void aSmallerLibraryMustNotLoseCartridges() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            library.selfTest();
        }
        Setup.Raw small = Libraries.small(dir, "");
        assertRefused("setting.slots", () -> Simulator.of(new Setup.Raw(small.folder(), 2, 3, 2, 0, 1, "LTO-8", 32, 0, 2, 0, 0, "")).selfTest());
    }

    @Test
    void aDamagedNoteOfWhatIsWhereIsSaid() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            library.selfTest();
        }
        Path file = dir.resolve("library/library");
        Files.writeString(file, Files.readString(file).replace("at 1000", "at 1001"));
        try (Simulator library = Libraries.open(dir)) {
            assertRefused("device.state", library::selfTest);
        }
    }

    @Test
    void drivesAndRobotWorkAtTheSameTime() throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            Libraries.putIn(library, "A00001L8", 0);
            Libraries.putIn(library, "A00002L8", 1);
            Together.run(3, i -> {
                for (int round = 0; round < 20; round++) {
                    if (i == 2) {
                        library.changer().orElseThrow().move(Elements.slot(2 + round % 4), Elements.slot(7));
                        library.changer().orElseThrow().move(Elements.slot(7), Elements.slot(2 + round % 4));
                    } else {
                        Drive drive = library.drives().get(i);
                        load(drive);
                        write(drive, 20_000, i, round);
                        drive.unload();
                        load(drive);
                        assertBlocks(drive, 20_000, i, round);
                    }
                }
                return null;
            });
            assertEquals(List.of(Elements.drive(0), Elements.drive(1)),
                    List.of(Libraries.find(library, "A00001L8"), Libraries.find(library, "A00002L8")));
        }
    }
}
