package org.azekura.rest.driver;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.access.Right;
import org.azekura.api.server.Drivers;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.job.DriverView;
import org.azekura.rest.job.JobRow;

/** Drivers on storage nodes, and the jobs that change them. */
public final class DriverRoutes {

    private static final Parameter NODE = Parameter.text("node", "backup1", "Only on this storage node");
    private static final Parameter PARK = Parameter.flag("park", "Also one that devices are configured for: their jobs park until it is there again");

    private final Drivers drivers;

    public DriverRoutes(Drivers drivers) {
        this.drivers = drivers;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("drivers").needs(Right.READ).says("Drivers on the storage nodes that are connected").lists(DriverView.class).asks(NODE)
                        .by(call -> Reply.ok(drivers.list(node(call)).stream().map(row -> DriverView.of(row.node(), row.driver())).toList())),
                Route.post("drivers").needs(Right.OPERATE).says("Installs a driver package, which is the body").answers(202, JobRow.class).asks(NODE)
                        .takesFile(Drivers.MAX_PACKAGE, call -> JobRow.begun(drivers.install(call.file(), node(call), call.caller().name()))),
                Route.put("drivers").needs(Right.OPERATE).says("Puts a driver package in the place of an older version").answers(202, JobRow.class).asks(NODE)
                        .takesFile(Drivers.MAX_PACKAGE, call -> JobRow.begun(drivers.update(call.file(), null, node(call), call.caller().name()))),
                Route.put("drivers/{driver}").needs(Right.OPERATE).says("The same, if it is a package of this driver").answers(202, JobRow.class).asks(NODE)
                        .takesFile(Drivers.MAX_PACKAGE, call -> JobRow.begun(drivers.update(call.file(), call.place("driver"), node(call), call.caller().name()))),
                Route.delete("drivers/{driver}").needs(Right.OPERATE).says("Removes a driver").answers(202, JobRow.class).asks(NODE, PARK)
                        .by(call -> JobRow.begun(drivers.remove(call.place("driver"), node(call), call.flag("park"), call.caller().name()))));
    }

    private static NodeName node(Call call) throws BackupException {
        return Names.node(call.query("node"));
    }
}
