package org.azekura.client.job;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientReport;
import org.azekura.wire.Conversation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server up to four times a second how far a job is, until closed. It says nothing while the job does not move, so that the
 * server can end one that hangs.
 */
public final class Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final long PERIOD_MS = 250;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Teller teller;

    /** Who is told. */
    @FunctionalInterface
    interface Teller {
        void tell(ClientReport.Progress progress) throws BackupException;
    }

    public Ticker(JobId job, Tally tally, Conversation server) {
        this(job, tally, server::tell);
    }

    Ticker(JobId job, Tally tally, Teller teller) {
        this.teller = teller;
        Pulse pulse = new Pulse(job, tally);
        Thread.ofVirtual().name("progress of job " + job).start(() -> run(job, pulse));
    }

    private void run(JobId job, Pulse pulse) {
        try {
            boolean goesOn = true;
            while (goesOn && !over.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                ClientReport.Progress progress = pulse.beat();
                goesOn = progress == null || tell(job, progress);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether the next try may do */
    private boolean tell(JobId job, ClientReport.Progress progress) {
        try {
            teller.tell(progress);
            return true;
        } catch (BackupException e) {
            LOG.debug("job={} its progress cannot be told: {}", job, e.getMessage());
            return e.failure().code().equals("transport.timeout");
        }
    }

    public void close() {
        over.countDown();
    }
}
