package org.azekura.driver.simulator;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.block;
import static org.azekura.testkit.device.Tapes.load;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ElementAddress;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that moves, loads, writes, syncs and unloads, and is killed at any moment, again and again on the same library. */
@Timeout(300)
class KillTest {

    private static final int KILLS = Seeds.slow() ? 40 : 4;
    private static final int LENGTH = 3000;
    private static final String CARTRIDGE = "A00001L8";

    @TempDir
    Path dir;
    private long synced;

    @Test
    void whatWasSyncedIsThereAndTheCartridgeIsInOnePlace() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            killed(1 + random.nextInt(40));
            assertSound("seed " + seed + ", kill " + kill);
        }
        assertTrue(synced > 0, "nothing was synced");
    }

    private void killed(int events) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), Writer.class.getName(), dir.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines = child.inputReader()) {
            for (int i = 0; i < events; i++) {
                String line = lines.readLine();
                assertNotNull(line, "the writer ended by itself");
                synced = Math.max(synced, Long.parseLong(line));
                if (i == 0) {
                    try (Simulator second = Libraries.open(dir)) {
                        assertRefused("device.busy", second::selfTest);
                    }
                }
            }
            child.toHandle().destroyForcibly();
            assertEquals(128 + 9, child.waitFor(), "killed");
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the writer can be killed");
        }
    }

    private void assertSound(String when) throws Exception {
        try (Simulator library = Libraries.open(dir)) {
            ElementAddress place = Libraries.find(library, CARTRIDGE);
            if (!place.equals(Elements.drive(0))) {
                library.changer().orElseThrow().move(place, Elements.drive(0));
            }
            Drive drive = library.drives().getFirst();
            load(drive);
            drive.spaceToEnd();
            long end = drive.position().object();
            assertTrue(end >= synced, when + ": " + end + " objects, synced " + synced);
            drive.rewind();
            for (int i = 0; i < end; i++) {
                assertArrayEquals(block(i, LENGTH), Tapes.read(drive), when + ", block " + i);
            }
            drive.unload();
        }
    }

    /** Says after each step how many blocks must be there from then on. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws Exception {
            Simulator library = Libraries.open(Path.of(args[0]));
            Drive drive = library.drives().getFirst();
            while (true) {
                if (!Libraries.find(library, CARTRIDGE).equals(Elements.drive(0))) {
                    Libraries.putIn(library, CARTRIDGE, 0);
                }
                System.out.println(0);
                load(drive);
                drive.spaceToEnd();
                for (int i = 0; i < 8; i++) {
                    int number = (int) drive.position().object();
                    drive.write(ByteBuffer.wrap(block(number, LENGTH)));
                    if (i % 4 == 3) {
                        drive.writeFilemarks(0, false);
                        System.out.println(number + 1);
                    }
                }
                drive.unload();
                System.out.println(0);
                library.changer().orElseThrow().move(Elements.drive(0), Elements.slot(0));
                System.out.println(0);
            }
        }
    }
}
