package org.azekura.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ClockState;

/** The time that retention goes by, and its confirmation. */
final class ClockRoutes {

    private final Appliance appliance;

    ClockRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    List<Route> routes() {
        return List.of(
                Route.get("clock", call -> Reply.ok(Row.of(appliance.clock()))),
                Route.post("clock/confirm", this::confirm));
    }

    private Reply confirm(Call call) throws BackupException, Refusal {
        Order order = Json.read(call.body(), Order.class);
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
