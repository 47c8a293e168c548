package org.azekura.rest.job;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Pages;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Scope;

/** Which jobs a list has: those for which all is true that was asked for. What was not is null. */
record JobFilter(String state, String kind, ClientName client, PoolName pool, Instant since, Instant until) {

    static final List<Parameter> PARAMETERS = List.of(
            Parameter.flag("running", "Only those that have not ended"),
            Parameter.word("state", Stream.of(Job.State.values()).map(Job.State::word).toList(), "Only those in this state"),
            Parameter.word("kind", Stream.of(Job.Kind.values()).map(Job.Kind::word).toList(), "Only those of this kind"),
            Parameter.text("client", "web1", "Only those of this client"),
            Parameter.text("pool", "default", "Only those of this pool"),
            Parameter.time("since", "Only those that were begun at this time or later"),
            Parameter.time("until", "Only those that were begun before"),
            Parameter.whole("newest", 1, Pages.MOST, "Only those that have not ended, and so many of the newest others that the caller sees, of this client if one is named: what older ones are is not looked at"));

    static JobFilter of(Call call) throws BackupException {
        return new JobFilter(call.query("state"), call.query("kind"), Scope.client(call.caller(), call.query("client")), Names.pool(call.query("pool")), call.instant("since"),
                call.instant("until"));
    }

    boolean takes(Job job) {
        return (state == null || job.state().word().equals(state)) && (kind == null || job.kind().word().equals(kind))
                && (client == null || client.equals(job.client())) && (pool == null || pool.equals(job.pool()))
                && (since == null || job.started() != null && !job.started().isBefore(since)) && (until == null || job.started() != null && job.started().isBefore(until));
    }
}
