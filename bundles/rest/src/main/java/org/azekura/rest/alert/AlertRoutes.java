package org.azekura.rest.alert;

import java.util.List;
import org.azekura.api.access.Right;
import org.azekura.api.server.Alerts;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** What needs a look. */
public final class AlertRoutes {

    private final Alerts alerts;

    public AlertRoutes(Alerts alerts) {
        this.alerts = alerts;
    }

    public List<Route> routes() {
        return List.of(Route.get("alerts").needs(Right.READ).says("What needs a look, by stable codes; the status has the same as texts").scoped().lists(AlertView.class)
                .by(call -> Reply.ok(new SeenAlerts(alerts, call.caller()).now().stream().map(AlertView::of).toList())));
    }
}
