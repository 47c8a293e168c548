package org.azekura.rest.status;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Appliance.RoleState;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.Proofs;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.proof.SeenProofs;

/** The appliance as a whole. */
public final class StatusRoutes {

    private final Appliance appliance;
    private final Proofs proofs;

    public StatusRoutes(Appliance appliance, Proofs proofs) {
        this.appliance = appliance;
        this.proofs = proofs;
    }

    public List<Route> routes() {
        return List.of(Route.get("status").needs(Right.READ).says("The appliance's version, roles, warnings, power, time, and its last proven restore").answers(StatusRow.class)
                .by(call -> Reply.ok(StatusRow.of(appliance.status(), appliance.clock(), proven(call)))));
    }

    /** Of what the caller sees. */
    private ProvenRow proven(Call call) throws BackupException {
        return new SeenProofs(proofs, call.caller()).standings().stream().map(Proofs.Standing::proven).filter(Objects::nonNull).max(Comparator.comparing(Proof::ended))
                .map(ProvenRow::of).orElse(null);
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

    /** @param proven the last drill that proved all that it chose; null if none did yet */
    private record StatusRow(String version, List<RoleState> roles, List<String> warnings, int running, int snapshots, List<PowerRow> power, ClockRoutes.Row clock,
            ProvenRow proven) {

        static StatusRow of(Appliance.Status status, ClockState clock, ProvenRow proven) {
            return new StatusRow(status.version(), status.roles(), status.warnings(), status.running(), status.snapshots(), status.power().stream().map(PowerRow::of).toList(),
                    ClockRoutes.Row.of(clock), proven);
        }
    }
}
