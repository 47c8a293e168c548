package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.junit.jupiter.api.Test;

/** What an engineer may send, on a drive on paper. */
class TapeCommandsTest {

    private final PaperDrive paper = new PaperDrive();
    private final TapeLibrary library = Papers.library(paper);
    private final TapeCommands commands = new TapeCommands(library);

    @Test
    void saysWhoItIsAndWhetherItIsReady() throws Exception {
        assertTrue(commands.has("paper"));
        assertFalse(commands.has("/dev/sg9"));
        assertEquals(List.of("PAPER ULTRIUM-HH8 0001, serial PAPER00001", "ready", "commands 00 01 08 0a 10 11 19 8d 92"), commands.sense("paper").lines().toList());
        paper.script(0x00, Said.sense(2, 0x3a, 0));
        assertTrue(commands.sense("paper").contains("there is no cartridge (2/3A/00)"));
    }

    @Test
    void readsWhatChangesNothing() throws Exception {
        List<String> lines = commands.cdb("paper", "12 01 80 00 10 00", 16, false).lines().toList();
        assertEquals("good", lines.get(0));
        assertEquals("0000  01 80 00 0c 20 20 50 41 50 45 52 30 30 30 30 31  ?? ?  PAPER00001", lines.get(1));
        assertEquals("the device has no such command (5/20/00)", commands.cdb("paper", "a0 00 00 00 00 00 00 00 00 08 00 00", 8, false));
    }

    @Test
    void movesNothingButByForceAndNeverUnderAJob() throws Exception {
        assertRefused("tape.cdb", () -> commands.cdb("paper", "01 00 00 00 00 00", 0, false));
        assertEquals("good", commands.cdb("paper", "01 00 00 00 00 00", 0, true));
        load(library.drives().getFirst());
        assertRefused("tape.cdb", () -> commands.cdb("paper", "01 00 00 00 00 00", 0, true));
        assertEquals("good", commands.cdb("paper", "00 00 00 00 00 00", 0, false));
    }

    @Test
    void refusesWhatIsNoCommand() {
        for (String wrong : List.of("", "00", "zz 00 00 00 00 00", "00 00 00 00 00 00 00")) {
            assertRefused("tape.cdb", () -> commands.cdb("paper", wrong, 0, true));
        }
        assertRefused("tape.cdb", () -> commands.cdb("paper", "12 00 00 00 60 00", 1 << 20, false));
    }
}
