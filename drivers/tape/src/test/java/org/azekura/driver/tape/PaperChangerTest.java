package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.driver.tape.paper.PaperChanger;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.testkit.device.ChangerContract;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A robot that exchanges and says what can be got at: on paper, with answers made by hand from SMC-3. */
class PaperChangerTest implements ChangerContract {

    private final List<Duration> pauses = new ArrayList<>();
    private final PaperChanger paper = new PaperChanger("PAPER00002", "PAPER00001");
    private final TapeLibrary library = library(paper, List.of());

    private TapeLibrary library(PaperChanger robot, List<ElementAddress> elements) {
        List<ScsiPath> drives = elements.isEmpty() ? List.of(new PaperDrive()) : List.of(new PaperDrive(), new PaperDrive());
        return new TapeLibrary(new TapeLibrary.Setup(Optional.of(robot), drives, elements, 1 << 20, true, Libraries.KEY), (time, where) -> pauses.add(time));
    }

    @Override
    public Changer changer() {
        return library.changer().orElseThrow();
    }

    @Override
    public void unload(int drive) throws BackupException {
        library.drives().get(drive).unload();
    }

    @Override
    @AfterEach
    public void close() {
        library.close();
    }

    private static ElementAddress at(int address) {
        return new ElementAddress(address);
    }

    private static Map<Integer, Integer> drives(TapeLibrary library) throws BackupException {
        Map<Integer, Integer> drives = new TreeMap<>();
        for (Element element : library.changer().orElseThrow().inventory()) {
            element.drive().ifPresent(number -> drives.put(element.address().value(), number));
        }
        return drives;
    }

    @Test
    void findsTheDriveByItsSerialNumber() throws Exception {
        assertEquals(Map.of(501, 0), drives(library));
    }

    @Test
    void theSettingsWinOverWhatTheChangerSays() throws Exception {
        assertEquals(Map.of(500, 0, 501, 1), drives(library(paper, List.of(at(500), at(501)))));
    }

    @Test
    void whoDoesNotKnowItsDrivesIsAskedWithoutTheirNames() throws Exception {
        PaperChanger old = new PaperChanger();
        assertEquals(Map.of(), drives(library(old, List.of())), "two elements, one drive: nobody knows");
        assertEquals(Map.of(500, 1, 501, 0), drives(library(old, List.of(at(501), at(500)))));
    }

    @Test
    void asksEachTypeByItselfAndEightBytesFirst() throws Exception {
        changer().inventory();
        List<String> asked = paper.sent().stream().filter(sent -> sent.startsWith("b8")).map(sent -> sent.substring(3)).toList();
        assertEquals(List.of("11 7 8", "11 7 64", "12 1000 8", "12 1000 208", "13 10 8", "13 10 64"), asked.subList(0, 6));
        assertTrue(asked.stream().noneMatch(sent -> sent.startsWith("10")), "never all types at once");
    }

    /** Peers take any; a robot with two would use the wrong one. */
    @Test
    void movesWithThePickerThatThePageNames() throws Exception {
        changer().move(at(1000), at(1003));
        assertFalse(changer().inventory().stream().filter(one -> one.address().equals(at(1003))).findFirst().orElseThrow().content() instanceof Element.Empty);
        changer().exchange(at(1003), at(1001), at(1000));
    }

    @Test
    void labelsThatWereNotReadAreNone() throws Exception {
        Element element = changer().inventory().stream().filter(one -> one.address().equals(at(1002))).findFirst().orElseThrow();
        assertEquals(new Element.Unnamed(), element.content());
        assertEquals(OptionalInt.empty(), element.drive());
    }

    @Test
    void waitsForWhatCannotBeGotAtAndTriesThen() throws Exception {
        changer().inventory();
        paper.hide(3);
        changer().move(at(1000), at(1003));
        assertEquals(2, pauses.size());
        pauses.clear();
        paper.hide(1000);
        changer().move(at(1003), at(1000));
        assertEquals(40, pauses.size(), "20 s for each of two elements, and then it is tried");
    }

    @Test
    void movesAgainWhereItWasNotReadyOnly() throws Exception {
        paper.script(0xa5, Said.sense(2, 4, 1), Said.sense(2, 4, 0));
        changer().move(at(1000), at(1003));
        assertEquals(3, paper.sent().stream().filter("a5"::equals).count());
        paper.script(0xa5, new Outcome.Lost("cut"));
        assertRefused("device.io", () -> changer().move(at(1003), at(1000)));
        assertEquals(4, paper.sent().stream().filter("a5"::equals).count());
    }

    @Test
    void saysOnceThatSomebodyElseWasThere() throws Exception {
        changer().inventory();
        paper.script(0x00, Said.sense(6, 0x28, 1));
        assertRefused("changer.attention", () -> changer().move(at(1000), at(1003)));
        changer().move(at(1000), at(1003));
        paper.script(0xa5, Said.sense(6, 0x28, 1));
        assertRefused("changer.attention", () -> changer().move(at(1003), at(1000)));
        changer().inventory();
        changer().move(at(1003), at(1000));
    }

    @Test
    void saysWhatStopsIt() throws Exception {
        Map<Outcome, String> codes = Map.of(Said.sense(4, 0x15, 1), "changer.jam", Said.sense(4, 0x53, 0), "changer.jam", Said.sense(5, 0x53, 2), "changer.held",
                Said.sense(4, 0x44, 0), "device.hardware", Said.sense(5, 0x21, 1), "changer.address", Said.sense(5, 0x3a, 0), "changer.empty",
                Said.status(0x18), "device.reserved");
        for (Map.Entry<Outcome, String> code : codes.entrySet()) {
            paper.script(0xa5, code.getKey());
            assertRefused(code.getValue(), () -> changer().move(at(1000), at(1003)));
        }
    }

    @Test
    void takesNothingOutOfADriveThatHasItLoaded() throws Exception {
        changer().move(at(1000), at(501));
        changer().inventory();
        Tapes.load(library.drives().getFirst());
        assertRefused("changer.held", () -> changer().move(at(501), at(1000)));
        assertFalse(paper.sent().getLast().equals("a5"));
        library.drives().getFirst().unload();
        changer().move(at(501), at(1000));
    }
}
