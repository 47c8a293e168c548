package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Reception;
import org.azekura.server.job.run.Run;

/**
 * What hosts tell a server that carries out jobs of another which leads. It hears of those jobs; what nodes tell all their servers, of pauses, power and drives, is the business
 * of the one that leads.
 */
public final class TakenReports implements Reception.Reports {

    private final TakenJobs jobs;
    private final ReportDesk.NodeGreeting greeting;
    private final RemarkBook book;

    public TakenReports(CatalogStore catalog, TakenJobs jobs, ReportDesk.NodeGreeting greeting) {
        this.jobs = jobs;
        this.greeting = greeting;
        this.book = new RemarkBook(catalog);
    }

    @Override
    public void joined(ConnectedNode node) {
        greeting.greet(node);
    }

    @Override
    public void joined(ConnectedClient client) {
        // Who leads has it noted.
    }

    @Override
    public void left(ConnectedClient client) {
        jobs.left(client.name());
    }

    @Override
    public void left(ConnectedNode node) {
        // Its jobs find out by what they ask it.
    }

    @Override
    public Answer packWritten(ConnectedNode node, NodeReport.PackWritten written) throws BackupException {
        jobs.running(written.job()).packWritten(node.name(), written);
        return new Answer.Done();
    }

    @Override
    public Answer poolPaused(ConnectedNode node, NodeReport.PoolPaused report) {
        return new Answer.Done();
    }

    @Override
    public Answer power(ConnectedNode node, NodeReport.Power report) {
        return new Answer.Done();
    }

    @Override
    public Answer powerGone(ConnectedNode node, NodeReport.PowerGone report) {
        return new Answer.Done();
    }

    @Override
    public Answer driverStep(ConnectedNode node, NodeReport.DriverStep report) {
        return new Answer.Done();
    }

    @Override
    public Answer media(ConnectedNode node, NodeReport.OfMedia report) throws BackupException {
        return switch (report) {
            case NodeReport.VolumeWanted wanted -> throw leads(wanted.pool());
            case NodeReport.VolumeLabelled labelled -> throw leads(labelled.pool());
            default -> new Answer.Done();
        };
    }

    /** It has the node asked in vain, as long as that has no connection with the one that leads. */
    private static BackupException leads(PoolName pool) {
        return BackupException.network("server.standby", pool.value(), "of the cartridges of pool " + pool + " the server that leads is asked", null);
    }

    @Override
    public Answer fromClient(ConnectedClient client, ClientReport report) throws BackupException {
        if (report instanceof ClientReport.Remarks remarks) {
            book.take(client.name(), remarks);
            if (jobs.isHere(remarks.job())) {
                own(client, remarks).report(report); // a sign of life
            }
        } else {
            own(client, report).report(report);
        }
        return new Answer.Done();
    }

    @Override
    public void trees(ConnectedClient client, StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        own(client, opening.job()).trees(opening, stream);
    }

    private Run own(ConnectedClient client, ClientReport report) throws BackupException {
        return own(client, ReportDesk.about(report));
    }

    private Run own(ConnectedClient client, JobId job) throws BackupException {
        Run run = jobs.running(job);
        if (!client.name().equals(run.client())) {
            throw BackupException.operator("job.foreign", job.toString(), "job " + job + " is not one of client " + client.name());
        }
        return run;
    }
}
