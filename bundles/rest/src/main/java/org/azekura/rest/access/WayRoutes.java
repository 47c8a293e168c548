package org.azekura.rest.access;

import java.util.List;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Right;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** How one can log in, told to everybody. */
public final class WayRoutes {

    private final Passkeys passkeys;

    public WayRoutes(Passkeys passkeys) {
        this.passkeys = passkeys;
    }

    public List<Route> routes() {
        return List.of(Route.get(SessionRoutes.PATH + "/ways").needs(Right.OWN).says("How one can log in here").answers(Ways.class)
                .by(call -> Reply.ok(new Ways(passkeys.workAt(PasskeyRoutes.site(call))))));
    }

    /** @param passkeys whether there can be any under the name by which the appliance was reached */
    private record Ways(boolean passkeys) {}
}
