package org.azekura.rest.status;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ClockState;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The time that retention goes by, and its confirmation. */
public final class ClockRoutes {

    private final Appliance appliance;

    public ClockRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("clock").needs(Right.READ).says("The time that retention goes by, and what the machine's clock says").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(appliance.clock()))),
                Route.post("clock/confirm").needs(Right.ADMINISTER).says("Says that the machine's clock is right").answers(Row.class)
                        .takes(Order.class, this::confirm));
    }

    private Reply confirm(Call call, Order order) throws BackupException, Refusal {
        try {
            if (order.machineTime != null) {
                return Reply.ok(Row.of(appliance.confirmClock(Instant.parse(order.machineTime))));
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw Refusal.badRequest("request.value", "machineTime", "the field \"machineTime\" is what GET clock said that the machine's clock says, like "
                + "2026-01-02T03:04:05Z");
    }

    private record Order(String machineTime) {}

    /**
     * @param state  new, continued, confirmed or frozen
     * @param by     who confirmed it
     * @param advice null if there is nothing to do
     */
    record Row(String state, List<String> by, String retentionTime, String machineTime, String advice) {

        static Row of(ClockState state) {
            return new Row(state.ground().word(), state.by(), Json.time(state.retentionTime()), Json.time(state.machineTime()),
                    state.advice().isEmpty() ? null : state.advice());
        }
    }
}
