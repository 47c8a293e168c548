package org.azekura.rest.status;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Appliance.RoleState;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;
import org.azekura.rest.job.SeenJobs;
import org.azekura.rest.snapshot.SeenSnapshots;

/** The appliance as a whole. */
public final class StatusRoutes {

    private final Appliance appliance;

    private final Jobs jobs;
    private final Snapshots snapshots;

    public StatusRoutes(Appliance appliance, Jobs jobs, Snapshots snapshots) {
        this.appliance = appliance;
        this.jobs = jobs;
        this.snapshots = snapshots;
    }

    public List<Route> routes() {
        return List.of(Route.get("status").needs(Right.READ).says("The appliance's version, roles, warnings, power and time").answers(StatusRow.class)
                .by(call -> Reply.ok(StatusRow.of(status(call.caller()), appliance.clock()))));
    }

    /** To who has to do with some clients nothing is told of others: nor are the warnings, which name whatever they are about. */
    private Appliance.Status status(Caller caller) throws BackupException {
        Appliance.Status all = appliance.status();
        if (!Scope.isBounded(caller)) {
            return all;
        }
        List<RoleState> roles = all.roles().stream().filter(role -> !role.kind().equals("client") || caller.sees(new ClientName(role.name()))).toList();
        return new Appliance.Status(all.version(), roles, List.of(), new SeenJobs(jobs, caller).list(true).size(), new SeenSnapshots(snapshots, caller).list(null).size(),
                all.power());
    }

    private record PowerRow(String device, String node, String supply, boolean held, Double voltage, Integer charge, String since, String problem) {

        static PowerRow of(Appliance.Power power) {
            return new PowerRow(power.device(), power.node(), power.supply(), power.held(), power.voltage(), power.charge(), power.since().toString(), power.problem());
        }
    }

    private record StatusRow(String version, List<RoleState> roles, List<String> warnings, int running, int snapshots, List<PowerRow> power, ClockRoutes.Row clock) {

        static StatusRow of(Appliance.Status status, ClockState clock) {
            return new StatusRow(status.version(), status.roles(), status.warnings(), status.running(), status.snapshots(), status.power().stream().map(PowerRow::of).toList(), ClockRoutes.Row.of(clock));
        }
    }
}
