package org.azekura.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.azekura.bench.meter.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path folder;

    private static final Sample SAMPLE = new Sample(1, true, "logs", Work.FIRST, "borg", 1.5, 2, 2, 0, 3, 4, 5, 6, new Service(1, 2, 3, 4, 5));

    @Test
    void aLaterRunGoesOnFromWhatIsThere() throws Exception {
        Path file = folder.resolve("samples.jsonl");
        Ledger ledger = Ledger.begin(file);
        ledger.add(SAMPLE);
        ledger.add(new Fact("killed", "SENT_AGAIN", 7, "bytes"));
        ledger.add(new Fact("killed", Ledger.TRIED, 1, ""));
        ledger.add(new Fact("big-folder", "SEARCH", 7, "half done"));
        ledger.add(new Fault("round 1, logs", "it failed"));
        Files.writeString(file, "{\"line\":\"sam", StandardOpenOption.APPEND);
        Ledger later = Ledger.resume(file);
        assertEquals(List.of(SAMPLE), later.samples());
        assertTrue(later.isTried("killed"));
        assertFalse(later.isTried("big-folder"));
        later.add(SAMPLE);
        Ledger last = Ledger.resume(file);
        assertEquals(List.of(SAMPLE, SAMPLE), last.samples());
        assertEquals(List.of("SENT_AGAIN", Ledger.TRIED), last.facts().stream().map(Fact::name).toList());
        assertEquals(List.of("it failed"), last.faults().stream().map(Fault::what).toList());
    }

    @Test
    void aLineInTheMiddleThatIsNoneIsRefused() throws Exception {
        Path file = folder.resolve("samples.jsonl");
        Ledger.begin(file).add(SAMPLE);
        Files.writeString(file, "nonsense\n" + Files.readString(file));
        assertThrows(IOException.class, () -> Ledger.resume(file));
    }
}
