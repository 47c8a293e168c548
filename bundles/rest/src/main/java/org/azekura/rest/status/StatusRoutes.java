package org.azekura.rest.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Appliance.RoleState;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Proofs;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Spread;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;
import org.azekura.rest.job.SeenJobs;
import org.azekura.rest.proof.SeenProofs;
import org.azekura.rest.snapshot.SeenSnapshots;

/** The appliance as a whole. */
public final class StatusRoutes {

    private static final Duration HEARD_OF = Duration.ofSeconds(20);

    private final Appliance appliance;
    private final Jobs jobs;
    private final Snapshots snapshots;
    private final Proofs proofs;

    public StatusRoutes(Appliance appliance, Jobs jobs, Snapshots snapshots, Proofs proofs) {
        this.appliance = appliance;
        this.jobs = jobs;
        this.snapshots = snapshots;
        this.proofs = proofs;
    }

    public List<Route> routes() {
        return List.of(Route.get("status").needs(Right.READ).says("The appliance's version, roles, warnings, power, time, its last proven restore, how snapshots are spread, the servers that share its catalog, and where directories are").answers(StatusRow.class)
                .by(call -> Reply.ok(StatusRow.of(status(call.caller()), servers(call), trees(call.caller()), appliance.clock(), proven(call.caller()), spread(call.caller()), backup(call.caller())))),
                Route.delete("servers/{server}").needs(Right.OPERATE).says("Forgets a server that is gone for good").answers(Gone.class).by(call -> {
                    appliance.forgetServer(call.place("server"));
                    return Reply.ok(new Gone(call.place("server")));
                }));
    }

    private record Gone(String name) {}

    /** To who has to do with some clients nothing is told of others: nor are the warnings, which name whatever they are about. */
    private Appliance.Status status(Caller caller) throws BackupException {
        Appliance.Status all = appliance.status();
        if (!Scope.isBounded(caller)) {
            return all;
        }
        List<RoleState> roles = all.roles().stream().filter(role -> !role.kind().equals("client") || caller.sees(new ClientName(role.name()))).toList();
        return new Appliance.Status(all.version(), "", roles, List.of(), new SeenJobs(jobs, caller).list(true).size(), new SeenSnapshots(snapshots, caller).list(null).size(),
                all.power());
    }

    /** Pools are nobody's data; who has to do with some clients is told nothing of them. */
    private BackupRoutes.Figures backup(Caller caller) throws BackupException {
        return Scope.isBounded(caller) ? null : BackupRoutes.Figures.of(appliance.backup());
    }

    private List<ServerRow> servers(Call call) {
        return Scope.isBounded(call.caller()) ? List.of() : appliance.servers().stream().map(server -> ServerRow.of(server, call.entry().asked())).toList();
    }

    private TreesRow trees(Caller caller) {
        return Scope.isBounded(caller) ? null : TreesRow.of(appliance.trees());
    }

    /** Of what the caller sees. */
    private ProvenRow proven(Caller caller) throws BackupException {
        return new SeenProofs(proofs, caller).lastProven().map(ProvenRow::of).orElse(null);
    }

    private SpreadRow spread(Caller caller) throws BackupException {
        Map<Spread.State, Long> counts = new SeenProofs(proofs, caller).newest().stream().collect(Collectors.groupingBy(one -> one.spread().state(), Collectors.counting()));
        return new SpreadRow(counts.getOrDefault(Spread.State.SAFE, 0L), counts.getOrDefault(Spread.State.PARTLY, 0L), counts.getOrDefault(Spread.State.SINGLE, 0L),
                counts.getOrDefault(Spread.State.LOST, 0L));
    }

    private record ProvenRow(String time, String client, String saveSet, String pool, long job) {

        static ProvenRow of(Proof proof) {
            return new ProvenRow(Json.time(proof.ended()), proof.saveSet().client().value(), proof.saveSet().name().value(), proof.pool().value(), proof.job().value());
        }
    }

    private record PowerRow(String device, String node, String supply, boolean held, Double voltage, Integer charge, String since, String problem) {

        static PowerRow of(Appliance.Power power) {
            return new PowerRow(power.device(), power.node(), power.supply(), power.held(), power.voltage(), power.charge(), power.since().toString(), power.problem());
        }
    }

    /**
     * @param state  leads, standby, or silent: it was not heard of for some time
     * @param here   whether it is the one that was asked
     * @param silent seconds since it was heard of
     */
    private record ServerRow(String name, String url, String state, boolean here, String since, long silent) {

        /** @param asked empty: this one */
        static ServerRow of(CatalogServer server, String asked) {
            boolean gone = server.silent().compareTo(HEARD_OF) > 0;
            return new ServerRow(server.name(), server.place(), gone ? "silent" : server.leads() ? "leads" : "standby", asked.isEmpty() ? server.here() : server.name().equals(asked), Json.time(server.since()), server.silent().toSeconds());
        }
    }

    /**
     * The directories of all snapshots.
     *
     * @param device where servers keep them together; empty if they are in the home alone
     * @param state  here, behind (not all have come yet), away (the device can't be asked) or fenced (another process writes under this server's name)
     */
    private record TreesRow(String device, String state, String problem) {

        static TreesRow of(Appliance.Trees trees) {
            return new TreesRow(trees.device(), trees.state().word(), trees.problem());
        }
    }

    /** Save sets, by how the newest snapshot of each is spread. */
    private record SpreadRow(long safe, long partly, long single, long lost) {}

    /**
     * @param servers that share the catalog, who leads first; none for who has to do with some clients only
     * @param trees   null for who has to do with some clients only
     * @param catalog where it is; empty for who has to do with some clients only
     * @param proven  the last drill that proved all that it chose; null if none did yet
     * @param backup  of the appliance itself; null for who has to do with some clients only
     */
    private record StatusRow(String version, String catalog, List<ServerRow> servers, TreesRow trees, List<RoleState> roles, List<String> warnings, int running, int snapshots, List<PowerRow> power, ClockRoutes.Row clock,
            ProvenRow proven, SpreadRow spread, BackupRoutes.Figures backup) {

        static StatusRow of(Appliance.Status status, List<ServerRow> servers, TreesRow trees, ClockState clock, ProvenRow proven, SpreadRow spread, BackupRoutes.Figures backup) {
            return new StatusRow(status.version(), status.catalog(), servers, trees, status.roles(), status.warnings(), status.running(), status.snapshots(), status.power().stream().map(PowerRow::of).toList(),
                    ClockRoutes.Row.of(clock), proven, spread, backup);
        }
    }
}
