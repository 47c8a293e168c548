package org.azekura.rest.status;

import java.util.List;
import org.azekura.api.access.Right;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Appliance.RoleState;
import org.azekura.api.server.ClockState;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The appliance as a whole. */
public final class StatusRoutes {

    private final Appliance appliance;

    public StatusRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    public List<Route> routes() {
        return List.of(Route.get("status").needs(Right.READ).says("The appliance's version, roles, warnings, power and time").answers(StatusRow.class)
                .by(call -> Reply.ok(StatusRow.of(appliance.status(), appliance.clock()))));
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
