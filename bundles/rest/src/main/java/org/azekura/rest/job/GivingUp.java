package org.azekura.rest.job;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Danger;
import org.azekura.rest.call.Refusal;

/** Of all jobs that are ordered those are dangerous that give up a volume. */
record GivingUp(Jobs jobs, Reader reader) implements Danger {

    /** Reads what a call orders. */
    interface Reader {
        JobOrder read(Call call) throws BackupException, Refusal;
    }

    @Override
    public boolean is(Call call) throws BackupException, Refusal {
        return reader.read(call) instanceof JobOrder.Forget;
    }

    @Override
    public String object(Call call) {
        return call.body().path("volumes").path(0).asText("");
    }

    @Override
    public boolean isUnderWay(Call call) throws BackupException, Refusal {
        JobOrder wanted = reader.read(call);
        for (Job job : jobs.list(true)) {
            if (wanted.equals(jobs.order(job.id()))) {
                return true;
            }
        }
        return false;
    }
}
