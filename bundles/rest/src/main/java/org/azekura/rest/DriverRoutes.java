package org.azekura.rest;

import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.server.Drivers;

/** Drivers on storage nodes, and the jobs that change them. */
final class DriverRoutes {

    private static final String NODE = "node";
    private static final String PARK = "park";

    private final Drivers drivers;

    DriverRoutes(Drivers drivers) {
        this.drivers = drivers;
    }

    List<Route> routes() {
        Set<String> known = Set.of(NODE);
        return List.of(
                Route.get("drivers", known, call -> Reply.ok(drivers.list(node(call)).stream().map(row -> DriverView.of(row.node(), row.driver())).toList())),
                Route.upload("POST", "drivers", known, call -> JobRoutes.begun(drivers.install(call.file(), node(call), call.caller()))),
                Route.upload("PUT", "drivers", known, call -> JobRoutes.begun(drivers.update(call.file(), null, node(call), call.caller()))),
                Route.upload("PUT", "drivers/*", known, call -> JobRoutes.begun(drivers.update(call.file(), call.name(), node(call), call.caller()))),
                new Route("DELETE", "drivers/*", Set.of(NODE, PARK), call -> JobRoutes.begun(drivers.remove(call.name(), node(call), park(call), call.caller()))));
    }

    private static NodeName node(Call call) throws BackupException {
        return Names.node(call.query(NODE));
    }

    private static boolean park(Call call) throws Refusal {
        String text = call.query(PARK);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw Refusal.badRequest("request.value", PARK, "\"park\" is true or false, not \"" + text + "\"");
        }
        return "true".equals(text);
    }
}
