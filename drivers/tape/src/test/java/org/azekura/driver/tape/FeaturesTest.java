package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.WriteResult;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.azekura.driver.tape.scsi.Outcome;
import org.junit.jupiter.api.Test;

/** What no peer has: on paper, with answers made by hand from the standards. */
class FeaturesTest {

    private final PaperDrive paper = new PaperDrive();
    private final Drive drive = Papers.library(paper).drives().getFirst();

    @Test
    void knowsCartridgesByTheirMemory() throws Exception {
        assertEquals(new Drive.Cartridge("LTO-8", Optional.of("MEDIUM0815"), 11_444_224L << 20, false, false), load(drive));
    }

    @Test
    void knowsCartridgesByTheirDensityWhereTheMemoryIsSilent() throws Exception {
        paper.script(0x8c, Said.sense(5, 0x20, 0));
        assertEquals(new Drive.Cartridge("LTO-8", Optional.empty(), 12_000_000_000_000L, false, false), load(drive));
    }

    @Test
    void writtenOnceMeansAppendedOnly() throws Exception {
        Drive once = Papers.library(new PaperDrive(32_000_000, true, false)).drives().getFirst();
        assertTrue(load(once).writeOnce());
        write(once, 1000, 1, 2);
        once.rewind();
        assertRefused("media.protected", () -> once.write(ByteBuffer.allocate(1000)));
        assertEquals(Position.of(0), once.position());
        once.spaceToEnd();
        write(once, 1000, 3);
    }

    @Test
    void knowsWrittenOnceByTheModeHeaderToo() throws Exception {
        PaperDrive silent = new PaperDrive(32_000_000, true, false);
        silent.script(0x8c, Said.sense(5, 0x20, 0));
        assertTrue(load(Papers.library(silent).drives().getFirst()).writeOnce());
    }

    @Test
    void saysItsAlertsAndThatItWantsToBeCleaned() throws Exception {
        load(drive);
        paper.wantsCleaning();
        assertEquals(List.of(new Alert(20)), drive.alerts());
        assertEquals(List.of(), drive.alerts());
        paper.script(0x0a, Said.sense(0, 0x82, 0x82));
        assertEquals(WriteResult.WRITTEN, drive.write(ByteBuffer.allocate(1000)), "it was written all the same");
        assertEquals(List.of(new Alert(21)), drive.alerts());
        assertEquals(List.of(), drive.alerts());
    }

    @Test
    void countsErrorsFromTheLoadOnWhateverTheDriveCountsFrom() throws Exception {
        load(drive);
        assertEquals(new Drive.Counters(0, 0, 0, 0), drive.counters());
        paper.errs(7, 1);
        assertEquals(new Drive.Counters(7, 1, 7, 1), drive.counters());
        paper.countsPerCartridge();
        drive.unload();
        assertEquals(new Drive.Counters(7, 1, 7, 1), drive.counters());
        load(drive);
        paper.errs(5, 0);
        assertEquals(new Drive.Counters(5, 0, 5, 0), drive.counters());
        drive.unload();
        paper.errs(-5, 0);
        assertEquals(new Drive.Counters(5, 0, 5, 0), drive.counters());
    }

    @Test
    void tellsWhatTheCartridgeHasBeenThrough() throws Exception {
        assertRefused("drive.unloaded", drive::life);
        load(drive);
        long loads = drive.life().loads();
        assertEquals(new Drive.Life(loads, 87_654_000_000L, 43_210_000_000L, 2, 3), drive.life());
        drive.unload();
        load(drive);
        assertEquals(loads + 1, drive.life().loads());
    }

    @Test
    void aPageThatIsOfNoCartridgeTellsNothing() {
        byte[] invalid = HexFormat.of().parseHex("1700000d" + "0000" + "0301" + "00" + "0001" + "0304" + "00000007");
        assertEquals(Drive.Life.NONE, History.parse(invalid));
        assertEquals(Drive.Life.NONE, History.parse(new byte[0]));
        byte[] few = HexFormat.of().parseHex("1700000d" + "0000" + "0301" + "01" + "0001" + "0304" + "00000007");
        assertEquals(new Drive.Life(7, -1, -1, -1, -1), History.parse(few));
    }

    @Test
    void numbersOfPagesAreReadAsFarAsTheyAreWhole() {
        byte[] page = HexFormat.of().parseHex("0300001a" + "0003" + "6004" + "fffffffe" + "0006" + "6008" + "8000000000000000" + "0007" + "6002" + "01");
        assertEquals(Map.of(3, 0xfffffffeL, 6, Long.MAX_VALUE), Logs.numbers(page, 3));
        assertEquals(Map.of(), Logs.numbers(page, 2));
        assertEquals(Map.of(), Logs.numbers(new byte[3], 0));
    }

    @Test
    void asksWhatItCannotDoOnlyOnce() throws Exception {
        paper.script(0xa2, Said.sense(5, 0x20, 0));
        paper.script(0x4d, Said.sense(5, 0x20, 0));
        load(drive);
        assertEquals(false, drive.capabilities().encryption());
        assertEquals(false, drive.capabilities().alerts());
        drive.unload();
        load(drive);
        assertEquals(1, paper.sent().stream().filter("a2"::equals).count());
        assertEquals(1, paper.sent().stream().filter("4d"::equals).count());
    }

    @Test
    void clearsSettingsAtBothEndsOfAMount() throws Exception {
        load(drive);
        drive.encryption(new byte[32]);
        drive.programWarning(5_000_000);
        assertEquals(5, paper.programmed());
        drive.unload();
        assertEquals(0, paper.programmed());
        long before = paper.sent().stream().filter("b5"::equals).count();
        load(drive);
        assertEquals(before + 1, paper.sent().stream().filter("b5"::equals).count(), "a key that somebody left is taken away");
    }

    @Test
    void theKeysPageIsThatOfTheStandard() {
        byte[] key = new byte[32];
        key[0] = 1;
        key[31] = 2;
        assertEquals("001000304004020301" + "00".repeat(9) + "002001" + "00".repeat(30) + "02", HexFormat.of().formatHex(Keys.page(1, key, true)));
        assertEquals("001000304004000301" + "00".repeat(9) + "002001" + "00".repeat(30) + "02", HexFormat.of().formatHex(Keys.page(1, key, false)));
        assertEquals("001000104004000001" + "00".repeat(11), HexFormat.of().formatHex(Keys.page(1, null, false)));
    }

    @Test
    void itsOwnOrderCountsOnlyIfItIsAPermutation() throws Exception {
        load(drive);
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            places.add(drive.position());
            write(drive, 1000, i);
        }
        assertEquals(places.reversed(), drive.order(places));
        paper.tellsTimes();
        assertEquals(places.reversed(), drive.order(places));
        byte[] whole = Recommended.segments(places);
        byte[] doubled = whole.clone();
        System.arraycopy(whole, 8, doubled, 8 + 32, 32);
        byte[] foreign = whole.clone();
        foreign[8 + 5] = 'x';
        for (byte[] wrong : List.of(doubled, foreign, ByteBuffer.allocate(8 + 32 * 3).put(whole, 0, 8 + 32 * 3).array())) {
            paper.order(wrong);
            assertEquals(places, drive.order(places.reversed()), "the order of the tape");
        }
    }

    @Test
    void noSegmentOfTheOrderIsOneThatBindsIt() {
        assertEquals("00000000" + "00000020" + "001e" + "000000" + "30".repeat(10) + "00" + "%016x".formatted(7) + "%016x".formatted(8),
                HexFormat.of().formatHex(Recommended.segments(List.of(Position.of(7)))));
    }

    @Test
    void takesTheOrderOfTheTapeWhereTheDriveRefusesTheList() throws Exception {
        load(drive);
        write(drive, 1000, 1, 2);
        paper.script(0xa4, Said.sense(5, 0x26, 0));
        assertEquals(List.of(Position.of(0), Position.of(1)), drive.order(List.of(Position.of(1), Position.of(0))));
    }

    @Test
    void tellsWhereTheTapeTurnsButNotWhereTheDataEnd() throws Exception {
        load(drive);
        assertEquals(Drive.Wraps.NONE, drive.wraps());
        for (int i = 0; i < 25; i++) {
            write(drive, 10_000, i);
        }
        assertEquals(new Drive.Wraps(208, List.of(10L, 20L)), drive.wraps());
    }

    @Test
    void endsOfWrapsAreThoseOfARealCartridge() {
        // As CERN has them from an LTO-7 cartridge: of three full wraps, and where the data end on the fourth.
        List<String> wraps = List.of("000000000000000000032db6", "000100000000000000065a0f", "0002000000000000000987b2", "00030000000000000009aab1");
        assertEquals(List.of(208_311L, 416_272L, 624_563L), EndsOfWraps.parse(HexFormat.of().parseHex("00320000" + String.join("", wraps))));
        assertEquals(List.of(), EndsOfWraps.parse(HexFormat.of().parseHex("00260000" + String.join("", wraps.subList(1, 4)))), "no first wrap");
        assertEquals(List.of(208_311L), EndsOfWraps.parse(HexFormat.of().parseHex("00320000" + String.join("", wraps.get(0), wraps.get(1), wraps.get(1),
                wraps.get(3)))), "not in order");
        assertEquals(List.of(), EndsOfWraps.parse(new byte[3]));
    }

    @Test
    void theListOfAttributesIsThatOfTheStandard() {
        byte[] list = Memory.list(new Drive.Description("AZEKURA", "Azekura", "0.1.0", "Größe", "A00017L8", "daily"));
        String hex = HexFormat.of().formatHex(list);
        assertEquals("000001b4" + "0800010008" + "415a454b55524120" + "0801010020" + "417a656b757261" + "20".repeat(25) + "0802010008" + "302e312e30202020"
                + "08030200a0" + "4772c3b6c39f65" + "00".repeat(153) + "0805000001" + "81" + "0806010020" + "4130303031374c38" + "20".repeat(24)
                + "08080200a0" + "6461696c79" + "00".repeat(155), hex);
        String cut = "\u00f6".repeat(100);
        assertEquals("\u00f6".repeat(80), Memory.description(Memory.attributes(Memory.list(new Drive.Description("", "x", "", cut, "", "")))).orElseThrow().label());
        assertEquals("x" + "\u00f6".repeat(79), Memory.description(Memory.attributes(Memory.list(new Drive.Description("", "x", "", "x" + cut, "", ""))))
                .orElseThrow().label(), "no half character");
    }

    @Test
    void whereSomethingLiesIsKeptInTheFormInWhichOthersKeepIt() {
        Drive.Signpost post = new Drive.Signpost("0123456789abcdef0123456789abcdef", 0x0102030405L);
        byte[] list = Coherency.list(post, Map.of(9, new byte[] {0, 0, 1, 7}));
        assertEquals("0000004b" + "080c00" + "0046" + "08" + "0000000000000107" + "0000000000000001" + "0000000102030405" + "002b" + "415a454b55524100"
                + HexFormat.of().formatHex(post.of().getBytes(StandardCharsets.US_ASCII)) + "000000", HexFormat.of().formatHex(list));
        Map<Integer, byte[]> kept = Memory.attributes(list);
        assertEquals(Optional.of(post), Coherency.signpost(kept));
        assertEquals(2, ByteBuffer.wrap(Coherency.list(post, kept)).getLong(18), "how often it was written");
        byte[] ofOthers = kept.get(0x080c).clone();
        System.arraycopy("LTFS\0".getBytes(StandardCharsets.US_ASCII), 0, ofOthers, 27, 5);
        assertEquals(Optional.empty(), Coherency.signpost(Map.of(0x080c, ofOthers)));
        assertEquals(Optional.empty(), Coherency.signpost(Map.of(0x080c, new byte[3])));
    }

    @Test
    void badMemoryOfACartridgeIsToldAndTheLoadGoesOn() throws Exception {
        load(drive);
        Drive.Description description = new Drive.Description("AZEKURA", "Azekura", "0.1.0", "daily-1", "A00017L8", "daily");
        paper.script(0x8d, Said.sense(3, 0x0c, 0x0b));
        assertRefused("media.write", () -> drive.describe(description));
        paper.script(0x8d, Said.sense(5, 0x55, 6));
        assertRefused("device.unsupported", () -> drive.describe(description));
        drive.rewind();
        write(drive, 1000, 1);
    }

    @Test
    void placesBeyondFourThousandMillions() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        long far = (1L << 32) + 5;
        paper.script(0x92, Said.good(0));
        drive.locate(Position.of(far));
        paper.says(ByteBuffer.allocate(32).putLong(8, far).array());
        assertEquals(Position.of(far), drive.position());
    }

    @Test
    void isFullWhereASyncFindsNoRoom() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        Outcome full = Said.sense(13, 0, 2, Said.END, 2);
        paper.script(0x10, full);
        assertEquals(WriteResult.FULL, drive.writeFilemarks(2, false));
        assertEquals(Position.of(1), drive.position());
        paper.script(0x10, full);
        assertEquals(WriteResult.FULL, drive.writeFilemarks(0, false));
    }

    @Test
    void waitsForFilemarksWhereTheDriveKnowsNoOthers() throws Exception {
        load(drive);
        paper.script(0x10, Said.sense(5, 0x24, 0));
        assertEquals(WriteResult.WRITTEN, drive.writeFilemarks(1, true));
        assertEquals(Position.of(1), drive.position());
        assertEquals(Position.of(1), drive.onTape());
    }

    @Test
    void believesNoBlockOfWhichLessCameThanItHas() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        drive.rewind();
        paper.script(0x08, new Outcome.Answered(2, Said.sense(0, 0, 0, Said.LENGTH, (1 << 20) - 1000).sense(), 3));
        assertRefused("device.io", () -> drive.read(ByteBuffer.allocate(1 << 20)));
    }
}
