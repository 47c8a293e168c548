package org.azekura.server.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.message.ClientReport;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;

/**
 * Takes lines that a client adds to a job's log, like what its hooks print. They may come when the job has ended: a hook that sets things right
 * runs behind the end of a job that was cancelled.
 */
final class RemarkBook {

    private static final int MAX_LINES = 2_000;
    private static final Duration AFTER_THE_END = Duration.ofHours(1);

    private final CatalogStore catalog;

    RemarkBook(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /**
     * Keeps as many of the lines as there is room for.
     *
     * @throws BackupException {@code job.foreign} if it is no job of this client
     */
    void take(ClientName client, ClientReport.Remarks remarks) throws BackupException {
        JobLine.Level level = remarks.warning() ? JobLine.Level.WARN : JobLine.Level.INFO;
        catalog.write(edit -> {
            Job job = edit.job(remarks.job()).filter(known -> isOf(client, known)).orElseThrow(() -> foreign(client, remarks.job()));
            long room = MAX_LINES - edit.log(job.id()).size();
            List<String> lines = remarks.lines().stream().limit(Math.clamp(room, 0, ClientReport.Remarks.MAX_LINES)).toList();
            for (String line : lines) {
                edit.addLine(new JobLine(job.id(), Instant.now(), level, plain(line)));
            }
            return null;
        });
    }

    private static boolean isOf(ClientName client, Job job) {
        try {
            boolean late = job.ended() != null && job.ended().plus(AFTER_THE_END).isBefore(Instant.now());
            return !late && client.equals(worker(job));
        } catch (BackupException e) {
            return false;
        }
    }

    private static ClientName worker(Job job) throws BackupException {
        return switch (JobCodecs.ORDERS.decode(job.order())) {
            case JobOrder.Backup backup -> backup.via() == null ? job.client() : backup.via();
            case JobOrder.Download download -> download.client();
            case JobOrder.Restore _, JobOrder.Drill _, JobOrder.Mount _ -> job.client();
            case JobOrder.Copy _, JobOrder.Verify _, JobOrder.Heal _, JobOrder.Lock _, JobOrder.Prune _, JobOrder.Expire _, JobOrder.Rebuild _, JobOrder.Driver _,
                    JobOrder.OfLibrary _ -> null;
        };
    }

    private static BackupException foreign(ClientName client, JobId job) {
        return BackupException.operator("job.foreign", job.toString(), "job " + job + " is not one of client " + client);
    }

    /** Whatever a program printed: what breaks a line, or commands a terminal, does not come through. */
    private static String plain(String line) {
        return line.substring(0, Math.min(line.length(), ClientReport.Remarks.MAX_LINE)).replaceAll("[\\p{Cc}\u2028\u2029]", "\ufffd");
    }
}
