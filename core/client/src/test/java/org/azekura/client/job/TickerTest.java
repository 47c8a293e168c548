package org.azekura.client.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientReport;
import org.junit.jupiter.api.Test;

class TickerTest {

    private static final JobId JOB = new JobId(1);

    private final Tally tally = new Tally();

    @Test
    void aJobThatDoesNotMoveGivesNoSignOfLife() {
        Pulse pulse = new Pulse(JOB, tally);
        assertNotNull(pulse.beat());
        assertNull(pulse.beat());
        tally.bytes(10);
        assertEquals(10, pulse.beat().bytes());
        assertNull(pulse.beat());
    }

    @Test
    void whatTheNumbersDoNotShowIsASignOfLifeToo() {
        Pulse pulse = new Pulse(JOB, tally);
        pulse.beat();
        tally.step();
        assertEquals(new ClientReport.Progress(JOB, 0, 0, 0), pulse.beat());
        assertNull(pulse.beat());
    }

    @Test
    void aServerThatIsSlowToTakeItIsToldAgain() throws Exception {
        BlockingQueue<ClientReport.Progress> told = new LinkedBlockingQueue<>();
        Ticker ticker = new Ticker(JOB, tally, progress -> {
            told.add(progress);
            tally.file();
            throw BackupException.network("transport.timeout", "server", "nothing was taken", null);
        });
        try {
            assertEquals(0, told.poll(120, TimeUnit.SECONDS).files());
            assertEquals(1, told.poll(120, TimeUnit.SECONDS).files());
        } finally {
            ticker.close();
        }
    }
}
