package org.azekura.client.job;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientReport;
import org.azekura.wire.Conversation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the server four times a second how far a job is, until closed. */
public final class Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final long PERIOD_MS = 250;

    private final CountDownLatch over = new CountDownLatch(1);

    public Ticker(JobId job, Tally tally, Conversation server) {
        Thread.ofVirtual().name("progress of job " + job).start(() -> run(job, tally, server));
    }

    private void run(JobId job, Tally tally, Conversation server) {
        try {
            while (!over.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                server.tell(new ClientReport.Progress(job, tally.files(), tally.bytes(), tally.stored()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BackupException e) {
            LOG.debug("job={} no more progress: {}", job, e.getMessage());
        }
    }

    public void close() {
        over.countDown();
    }
}
