package org.azekura.driver.simulator;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.azekura.api.device.Barcode;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Tapes;
import org.azekura.testkit.fault.FileCut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a cartridge, above all after a loss of power of the machine. */
class ReelTest {

    private static final Barcode BARCODE = new Barcode("A00001L8");

    @TempDir
    Path dir;

    @BeforeEach
    void create() throws Exception {
        Reel.create(dir, BARCODE, 1_000_000_000);
    }

    private static Piece piece(int number) {
        return number % 5 == 4 ? Piece.filemark() : Piece.block(ByteBuffer.wrap(number % 5 == 3 ? new byte[700] : Tapes.block(number, 100 + number * 37 % 900)), false,
                null);
    }

    private static void append(Reel reel, List<Integer> model, int number) throws Exception {
        reel.append(piece(number));
        model.add(number);
    }

    /** That these objects are on it in this order, at least; objects behind them are of those that were appended. */
    private void assertHolds(Reel reel, List<Integer> durable, List<Integer> appended, String seed) throws Exception {
        assertTrue(reel.objects() >= durable.size(), seed + ": " + reel.objects() + " of " + durable.size() + " objects");
        assertTrue(reel.objects() <= appended.size(), seed + ": " + reel.objects() + " of " + appended.size() + " objects");
        for (int i = 0; i < reel.objects(); i++) {
            Piece expected = piece(appended.get(i));
            Entry entry = reel.entry(i);
            assertEquals(expected.kind(), entry.kind(), seed + ", object " + i);
            assertEquals(expected.length(), entry.length(), seed + ", object " + i);
            assertArrayEquals(expected.content(), reel.stored(entry), seed + ", object " + i);
        }
    }

    @Test
    void aLossOfPowerTakesNothingThatWasSyncedAndTearsNothing() throws Exception {
        long start = Seeds.start();
        for (int run = 0; run < (Seeds.slow() ? 2000 : 60); run++) {
            String seed = "-Dseed=" + (start + run);
            Random random = Seeds.random(start + run);
            List<Integer> model = new ArrayList<>();
            FileCut before;
            FileCut after;
            List<Integer> durable;
            try (Reel reel = Reel.open(dir, BARCODE)) {
                reel.cut(0);
                for (int i = random.nextInt(20); i > 0; i--) {
                    append(reel, model, random.nextInt(1000));
                }
                if (random.nextBoolean()) {
                    int keep = random.nextInt(model.size() + 1);
                    reel.cut(keep);
                    model.subList(keep, model.size()).clear();
                }
                reel.sync();
                durable = List.copyOf(model);
                before = FileCut.of(dir);
                for (int i = random.nextInt(20); i > 0; i--) {
                    append(reel, model, random.nextInt(1000));
                }
                after = FileCut.of(dir);
            }
            before.torn(after, random).writeTo(dir);
            try (Reel reel = Reel.open(dir, BARCODE)) {
                assertHolds(reel, durable, model, seed);
                model.subList((int) reel.objects(), model.size()).clear();
                append(reel, model, 1);
                append(reel, model, 2);
            }
            try (Reel reel = Reel.open(dir, BARCODE)) {
                assertHolds(reel, model, model, seed);
            }
        }
    }

    @Test
    void whatWasCutOffNeverComesBack() throws Exception {
        try (Reel reel = Reel.open(dir, BARCODE)) {
            for (int i = 0; i < 3; i++) {
                reel.append(Piece.block(ByteBuffer.wrap(Tapes.block(i, 1000)), false, null));
            }
        }
        FileCut full = FileCut.of(dir);
        try (Reel reel = Reel.open(dir, BARCODE)) {
            reel.cut(1);
        }
        // The power goes before the files were made shorter, but after the note of it.
        Path objects = dir.resolve("A00001L8.objects");
        byte[] head = new byte[ReelHead.BYTES];
        System.arraycopy(Files.readAllBytes(objects), 0, head, 0, head.length);
        full.writeTo(dir);
        Files.write(objects, head, StandardOpenOption.WRITE);
        try (Reel reel = Reel.open(dir, BARCODE)) {
            assertEquals(1, reel.objects());
            // One of the same length: only the epoch tells the next entry from its successor.
            reel.append(Piece.block(ByteBuffer.wrap(Tapes.block(1, 1000)), false, null));
        }
        try (Reel reel = Reel.open(dir, BARCODE)) {
            assertEquals(2, reel.objects());
        }
    }

    @Test
    void zerosTakeNoRoomOnTheDisk() throws Exception {
        try (Reel reel = Reel.open(dir, BARCODE)) {
            reel.append(Piece.block(ByteBuffer.allocate(1 << 20), false, null));
            reel.append(Piece.block(ByteBuffer.allocate(1 << 20), true, null));
            reel.append(Piece.block(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1}), false, null));
            assertEquals((1 << 20) + Entry.LEAST_TAPE + 9, reel.used());
        }
        assertEquals(9, Files.size(dir.resolve("A00001L8.content")));
    }

    @Test
    void damageIsSaidWhereItIs() throws Exception {
        try (Reel reel = Reel.open(dir, BARCODE)) {
            for (int i = 0; i < 3; i++) {
                reel.append(Piece.block(ByteBuffer.wrap(Tapes.block(i, 1000)), false, null));
            }
            reel.sync();
        }
        Path objects = dir.resolve("A00001L8.objects");
        FileCut good = FileCut.of(dir);
        flip(objects, ReelHead.BYTES + Entry.BYTES + 3);
        try (Reel reel = Reel.open(dir, BARCODE)) {
            reel.entry(0);
            assertRefused("media.read", () -> reel.entry(1));
            reel.entry(2);
        }
        good.writeTo(dir);
        flip(objects, 20);
        assertRefused("media.read", () -> Reel.open(dir, BARCODE));
        good.writeTo(dir);
        Files.write(objects, Arrays.copyOf(Files.readAllBytes(objects), ReelHead.BYTES + 2 * Entry.BYTES));
        assertRefused("media.read", () -> Reel.open(dir, BARCODE));
        good.writeTo(dir);
        Files.write(dir.resolve("A00001L8.content"), new byte[1500]);
        assertRefused("media.read", () -> Reel.open(dir, BARCODE));
    }

    private static void flip(Path file, int at) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void numbersOfObjectsMayBeLargerThanFourBytes() throws Exception {
        Entry entry = new Entry(1L << 44, 1L << 43, 1 << 20, (1L << 32) + 5, 3, Entry.Kind.BLOCK, Entry.Form.SEALED, 77);
        ByteBuffer bytes = ByteBuffer.allocate(Entry.BYTES);
        entry.encode(bytes);
        assertEquals(entry, Entry.decode(bytes.flip(), (1L << 32) + 5, "x"));
        assertRefused("media.read", () -> Entry.decode(bytes.rewind(), (1L << 32) + 6, "x"));
    }
}
