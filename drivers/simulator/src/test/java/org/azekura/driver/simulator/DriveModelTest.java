package org.azekura.driver.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drive beside a list of byte arrays, under the same calls at random: losses of power, restarts and exchanges of drives among them. */
class DriveModelTest {

    private static final byte[] FILEMARK = {};
    private static final String CARTRIDGE = "A00001L8";

    @TempDir
    Path dir;
    private Simulator library;
    private Drive drive;
    private int number;
    private Random random;
    /** What lies on the tape or waits in the buffer; a filemark is an array without bytes. */
    private List<byte[]> objects;
    private int at;
    /** Objects that must survive a loss of power. */
    private int safe;

    @Test
    void aDriveAndAListAgree() throws Exception {
        long start = Seeds.start();
        for (int run = 0; run < (Seeds.slow() ? 200 : 4); run++) {
            long seed = start + run;
            random = Seeds.random(seed);
            objects = new ArrayList<>();
            at = 0;
            safe = 0;
            number = 0;
            Path folder = dir.resolve("run" + run);
            Files.createDirectory(folder);
            try {
                library = Libraries.open(folder);
                drive = Libraries.loaded(library, CARTRIDGE);
                for (int step = 0; step < 120; step++) {
                    step(folder);
                    assertEquals(Position.of(at), drive.position());
                    if (random.nextInt(6) == 0) {
                        whatIsOnTheTapeIsSafe();
                    }
                }
                readAll();
            } catch (AssertionError | BackupException e) {
                throw new AssertionError("-Dseed=" + seed + ": " + e.getMessage(), e);
            } finally {
                library.close();
            }
        }
    }

    private void whatIsOnTheTapeIsSafe() throws BackupException {
        int onTape = (int) drive.onTape().object();
        assertTrue(onTape >= Math.min(safe, at) && onTape <= at, onTape + " on the tape, safe " + safe + ", at " + at);
        safe = Math.max(safe, onTape);
    }

    private void step(Path folder) throws Exception {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> write();
            case 6, 7 -> filemarks();
            case 8, 9, 10 -> read();
            case 11 -> locate(random.nextInt(objects.size() + 1));
            case 12 -> locate(objects.size());
            case 13 -> space(random.nextInt(9) - 4, false);
            case 14 -> space(random.nextInt(5) - 2, true);
            case 15 -> library.idle(number, Duration.ofMillis(random.nextInt(5)));
            case 16 -> reload();
            case 17 -> loseThePower();
            case 18 -> restart(folder);
            default -> erase();
        }
    }

    /** What is written ends the data, and what lay behind needs not survive any more. */
    private void cut() {
        objects.subList(at, objects.size()).clear();
        safe = Math.min(safe, at);
    }

    private void write() throws BackupException {
        byte[] block = random.nextInt(4) == 0 ? new byte[1 + random.nextInt(100_000)] : Tapes.block(random.nextInt(), 1 + random.nextInt(100_000));
        assertTrue(drive.write(ByteBuffer.wrap(block)).isWritten());
        cut();
        objects.add(block);
        at++;
    }

    private void filemarks() throws BackupException {
        int count = random.nextInt(3);
        boolean immediate = random.nextBoolean();
        assertTrue(drive.writeFilemarks(count, immediate).isWritten());
        if (count > 0) {
            cut();
        }
        for (int i = 0; i < count; i++) {
            objects.add(FILEMARK);
            at++;
        }
        if (!immediate) {
            safe = objects.size();
        }
    }

    private void read() throws BackupException {
        ByteBuffer into = ByteBuffer.allocate(100_000);
        ReadResult result = drive.read(into);
        settled();
        if (at == objects.size()) {
            assertEquals(new ReadResult.EndOfData(), result);
            return;
        }
        byte[] expected = objects.get(at++);
        if (expected.length == 0) {
            assertEquals(new ReadResult.Filemark(), result);
        } else {
            assertEquals(new ReadResult.Block(expected.length), result);
            assertArrayEquals(expected, Arrays.copyOf(into.array(), expected.length));
        }
    }

    /** The tape moved, so the buffer is empty. */
    private void settled() {
        safe = objects.size();
    }

    private void locate(int object) throws BackupException {
        drive.locate(Position.of(object));
        at = object;
        settled();
    }

    private void space(int count, boolean filemarks) throws BackupException {
        SpaceResult result = filemarks ? drive.spaceFilemarks(count) : drive.spaceBlocks(count);
        settled();
        int passed = 0;
        Stop stop = Stop.COUNT;
        while (stop == Stop.COUNT && passed < Math.abs(count)) {
            if (at == (count < 0 ? 0 : objects.size())) {
                stop = count < 0 ? Stop.BEGINNING : Stop.END_OF_DATA;
            } else {
                boolean filemark = objects.get(count < 0 ? --at : at++).length == 0;
                passed += filemark == filemarks ? 1 : 0;
                stop = filemark && !filemarks ? Stop.FILEMARK : stop;
            }
        }
        assertEquals(new SpaceResult(passed, stop), result);
    }

    private void reload() throws Exception {
        drive.unload();
        library.changer().orElseThrow().move(Elements.drive(number), Elements.drive(1 - number));
        number = 1 - number;
        drive = library.drives().get(number);
        Tapes.load(drive);
        settled();
        at = 0;
    }

    private void loseThePower() throws BackupException {
        library.powerOff(number);
        Tapes.load(drive);
        survived();
    }

    /** The library is closed, as when the process ends well: a drive writes what is in its buffer. */
    private void restart(Path folder) throws BackupException {
        library.close();
        library = Libraries.open(folder);
        drive = library.drives().get(number);
        Tapes.load(drive);
        settled();
        at = 0;
    }

    private void survived() throws BackupException {
        drive.spaceToEnd();
        int left = (int) drive.position().object();
        assertTrue(left >= safe && left <= objects.size(), left + " objects left, of " + objects.size() + ", safe were " + safe);
        objects.subList(left, objects.size()).clear();
        at = left;
        settled();
    }

    private void erase() throws BackupException {
        drive.erase(false);
        cut();
        settled();
    }

    private void readAll() throws BackupException {
        locate(0);
        while (at < objects.size()) {
            read();
        }
        read();
    }
}
