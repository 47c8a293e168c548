package org.azekura.bench.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    @TempDir
    Path folder;

    @Test
    void countsWhatAChildOfTheChildUses() throws Exception {
        Program program = new Program(folder, Map.of("ROUNDS", "60000"));
        String loop = "i=0; while [ $i -lt $ROUNDS ]; do i=$((i+1)); done";
        Cost cost = program.run("sh", "-c", "sh -c '" + loop + "'; true").cost();
        assertTrue(cost.processor().compareTo(Duration.ofMillis(15)) > 0, cost.toString());
        assertEquals(cost.processor(), cost.call());
        assertTrue(cost.wall().compareTo(Duration.ofMillis(10)) > 0, cost.toString());
    }

    @Test
    void aFailureTellsTheCommandAndItsOutput() {
        Program program = new Program(folder, Map.of());
        String message = assertThrows(IOException.class, () -> program.run("sh", "-c", "echo no such thing; exit 3")).getMessage();
        assertTrue(message.contains("ended with 3") && message.contains("no such thing"), message);
    }

    @Test
    void readsTimesBehindANameWithBlanksAndBrackets() {
        assertEquals(Duration.ofMillis(1230), Served.processor("7 (a) b) c) S 1 7 7 0 -1 4194304 1 0 0 0 100 23 0 0 20 0 1 0 5 0 0"));
    }

    @Test
    void readsThePeak() {
        assertEquals(2048 << 10, Served.peakBytes("Name:\tjava\nVmPeak:\t 9999 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 10 kB\n"));
    }

    @Test
    void readsItsOwnProcess() throws Exception {
        Served self = new Served(ProcessHandle.current().pid());
        assertTrue(self.peakBytes() > 1 << 20);
        assertTrue(self.processor().compareTo(Duration.ZERO) > 0);
    }
}
