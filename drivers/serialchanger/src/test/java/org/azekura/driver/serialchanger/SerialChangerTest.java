package org.azekura.driver.serialchanger;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.testkit.device.ChangerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A robot whose places are reached one by one, on a pseudo-terminal. */
class SerialChangerTest implements ChangerContract {

    private static final Map<ElementAddress, Element.Content> FIRST = Map.of(at(10), new Element.Named(new Barcode("A00001L8")), at(11), new Element.Unnamed());

    @TempDir
    Path dir;
    private RobotSimulator robot;
    private SerialChanger changer;

    private static ElementAddress at(int address) {
        return new ElementAddress(address);
    }

    @BeforeEach
    void open() throws Exception {
        robot = new RobotSimulator(dir, heard -> heard.endsWith("\r") ? "ok\r" : null);
        changer = changer();
    }

    @Override
    public SerialChanger changer() {
        try {
            return changer == null ? new SerialChanger(ProfileTest.onPty(), robot.port(), dir.resolve("notes"), FIRST) : changer;
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void unload(int drive) {}

    @Override
    public void close() {
        changer.close();
    }

    @AfterEach
    void end() {
        close();
        robot.close();
    }

    private Element.Content content(int address) throws BackupException {
        return changer.inventory().stream().filter(element -> element.address().equals(at(address))).findFirst().orElseThrow().content();
    }

    @Test
    void saysWhatTheProfileSaysAndNotesIt() throws Exception {
        changer.move(at(10), at(31));
        assertEquals("\u000201>01\r", robot.commands().getLast());
        changer.close();
        changer = null;
        changer = changer();
        assertEquals(new Element.Named(new Barcode("A00001L8")), content(31));
        assertInstanceOf(Element.Empty.class, content(10));
        assertTrue(Files.readString(dir.resolve("notes")).contains("\n31 barcode A00001L8\n"));
    }

    @Test
    void knowsWhatACodeMeans() throws Exception {
        for (Map.Entry<String, String> code : Map.of("03", "changer.held", "99", "device.hardware").entrySet()) {
            robot.answers("no " + code.getKey());
            BackupException refused = assertRefused(code.getValue(), () -> changer.move(at(10), at(12)));
            assertTrue(refused.getMessage().contains("it says code \"" + code.getKey() + "\""), refused.getMessage());
            assertEquals(FIRST.get(at(10)), content(10));
            assertInstanceOf(Element.Empty.class, content(12));
        }
        robot.answers("no 02");
        assertRefused("changer.taken", () -> changer.move(at(10), at(12)));
        assertInstanceOf(Element.Unnamed.class, content(12));
        robot.answers("no 01");
        assertRefused("changer.empty", () -> changer.move(at(10), at(13)));
        assertInstanceOf(Element.Empty.class, content(10));
        robot.answers("no 04");
        BackupException jam = assertRefused("changer.jam", () -> changer.move(at(11), at(13)));
        assertTrue(jam.getMessage().endsWith(", it is stuck"), jam.getMessage());
        assertInstanceOf(Element.Unknown.class, content(11));
        assertInstanceOf(Element.Unknown.class, content(13));
    }

    @Test
    void whatIsUnknownIsTriedAndKnownThen() throws Exception {
        robot.answers("no 04");
        assertRefused("changer.jam", () -> changer.move(at(10), at(12)));
        changer.move(at(10), at(12));
        assertInstanceOf(Element.Empty.class, content(10));
        assertInstanceOf(Element.Unnamed.class, content(12));
    }

    @Test
    void silenceAndNoiseLeaveItUnknown() throws Exception {
        robot.answers("##?\u00ff");
        BackupException late = assertRefused("device.timeout", () -> changer.move(at(10), at(12)));
        assertTrue(late.getMessage().contains("did not reply within 2 s; it said \"##?\\xff\""), late.getMessage());
        assertInstanceOf(Element.Unknown.class, content(10));
        assertInstanceOf(Element.Unknown.class, content(12));
        robot.answers("noise ok\r");
        changer.move(at(11), at(13));
    }

    @Test
    void aLineThatHungUpIsOpenedAnew() throws Exception {
        changer.identity();
        robot.close();
        assertRefused("device.io", changer::identity);
        robot = new RobotSimulator(dir, heard -> heard.endsWith("\r") ? "ok\r" : null);
        changer.identity();
    }

    @Test
    void notesThatAreNoneAreRefused() throws Exception {
        changer.close();
        changer = null;
        Files.writeString(dir.resolve("notes"), Stock.HEAD + "\n10 barcode A00001L8\n11 barcode A00001L8\n");
        changer = changer();
        BackupException refused = assertRefused("device.state", changer::inventory);
        assertTrue(refused.getMessage().contains("line 3: expected each address and each barcode once"), refused.getMessage());
    }
}
