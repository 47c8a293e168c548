package org.azekura.server.job.client;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.message.ClientReport;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;

/** A job that is over when the client that carries it out says so, or leaves. */
public abstract class ClientRun implements Run {

    protected final JobRecord record;
    protected final ClientOutcome outcome;
    protected final Halt halt = new Halt();
    /** Who carries it out. */
    protected final ClientName here;

    protected ClientRun(JobRecord record, ClientName here) {
        this.record = record;
        this.here = here;
        this.outcome = new ClientOutcome(here);
    }

    /** @throws BackupException {@code message.unexpected} if that is no end of such a job */
    protected final <T extends ClientReport> T end(ClientReport report, Class<T> kind) throws BackupException {
        if (!kind.isInstance(report)) {
            throw BackupException.operator("message.unexpected", here.value(), "client " + here + " ended a " + record.job().kind().word() + " with "
                    + report.getClass().getSimpleName());
        }
        return kind.cast(report);
    }

    @Override
    public final void stop(BackupException why) {
        halt.say(why);
        outcome.failed(why);
    }

    @Override
    public final ClientName client() {
        return here;
    }

    @Override
    public void report(ClientReport report) throws BackupException {
        outcome.take(report, record);
    }
}
