package org.azekura.server.job;

import java.time.Instant;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Reception;
import org.azekura.server.host.TrustGroups;
import org.azekura.server.job.run.Run;
import org.azekura.server.media.MediaDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what roles report to the jobs it concerns. A client is heard only about its own jobs, a node about its own volumes. */
public final class ReportDesk implements Reception.Reports {

    private static final Logger log = LoggerFactory.getLogger(ReportDesk.class);

    private final CatalogStore catalog;
    private final JobQueue jobs;
    private final MediaDesk media;
    private final NodeGreeting greeting;
    private final RemarkBook book;

    public ReportDesk(CatalogStore catalog, JobQueue jobs, MediaDesk media, NodeGreeting greeting) {
        this.catalog = catalog;
        this.jobs = jobs;
        this.media = media;
        this.greeting = greeting;
        this.book = new RemarkBook(catalog);
    }

    /** What is done with a node that has joined; returns quickly. */
    @FunctionalInterface
    public interface NodeGreeting {
        void greet(ConnectedNode node);
    }

    @Override
    public void joined(ConnectedNode node) {
        greeting.greet(node);
    }

    @Override
    public void joined(ConnectedClient client) throws BackupException {
        catalog.write(edit -> {
            Client known = edit.client(client.name()).orElse(null);
            if (known != null && known.signingKey() != null && !Arrays.equals(known.signingKey(), client.signingKey())) {
                log.warn("client={} signs with another key than before; its snapshots so far keep the old one", client.name());
            }
            TrustGroup group = known == null ? TrustGroups.random() : known.trustGroup();
            edit.putClient(new Client(client.name(), group, client.signingKey(), Instant.now()));
            return null;
        });
    }

    @Override
    public void left(ConnectedClient client) {
        jobs.active().left(client.name());
    }

    @Override
    public Answer packWritten(ConnectedNode node, NodeReport.PackWritten written) throws BackupException {
        jobs.active().running(written.job()).packWritten(node.name(), written);
        return new Answer.Done();
    }

    @Override
    public Answer poolPaused(ConnectedNode node, NodeReport.PoolPaused report) throws BackupException {
        jobs.active().paused(node.name(), report.pool(), report.why());
        return new Answer.Done();
    }

    @Override
    public Answer power(ConnectedNode node, NodeReport.Power report) {
        jobs.power(node.name(), report);
        return new Answer.Done();
    }

    @Override
    public Answer powerGone(ConnectedNode node, NodeReport.PowerGone report) {
        jobs.hold().gone(node.name(), report.device());
        return new Answer.Done();
    }

    @Override
    public void left(ConnectedNode node) {
        jobs.hold().left(node.name());
    }

    @Override
    public Answer driverStep(ConnectedNode node, NodeReport.DriverStep report) {
        jobs.active().nodeSays(node.name(), report.line());
        return new Answer.Done();
    }

    @Override
    public Answer media(ConnectedNode node, NodeReport.OfMedia report) throws BackupException {
        return media.take(node, report);
    }

    @Override
    public Answer fromClient(ConnectedClient client, ClientReport report) throws BackupException {
        JobId job = about(report);
        if (report instanceof ClientReport.Remarks remarks) {
            remarks(client, remarks);
        } else {
            own(client, job).report(report);
        }
        return new Answer.Done();
    }

    /** Which job it is about. */
    static JobId about(ClientReport report) throws BackupException {
        return switch (report) {
            case ClientReport.Hello hello -> throw BackupException.operator("message.unexpected", "Hello", "a hello comes only once");
            case ClientReport.Progress progress -> progress.job();
            case ClientReport.Findings findings -> findings.job();
            case ClientReport.Remarks remarks -> remarks.job();
            case ClientReport.Collected collected -> collected.job();
            case ClientReport.Placed placed -> placed.job();
            case ClientReport.Restored restored -> restored.job();
            case ClientReport.Rehearsed rehearsed -> rehearsed.job();
            case ClientReport.Unmounted unmounted -> unmounted.job();
            case ClientReport.Checked checked -> checked.job();
            case ClientReport.JobFailed failed -> failed.job();
        };
    }

    private void remarks(ConnectedClient client, ClientReport.Remarks remarks) throws BackupException {
        book.take(client.name(), remarks);
        if (jobs.active().isActive(remarks.job())) {
            own(client, remarks.job()).report(remarks); // a sign of life
        }
    }

    @Override
    public void trees(ConnectedClient client, StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        own(client, opening.job()).trees(opening, stream);
    }

    private Run own(ConnectedClient client, JobId job) throws BackupException {
        Run run = jobs.active().running(job);
        if (!client.name().equals(run.client())) {
            throw BackupException.operator("job.foreign", job.toString(), "job " + job + " is not one of client " + client.name());
        }
        return run;
    }
}
