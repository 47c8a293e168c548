package org.azekura.rest.access;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Right;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.catalog.SignOn;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** How one can log in, told to everybody. */
public final class WayRoutes {

    private final Passkeys passkeys;
    private final SingleSignOn sso;

    public WayRoutes(Passkeys passkeys, SingleSignOn sso) {
        this.passkeys = passkeys;
        this.sso = sso;
    }

    public List<Route> routes() {
        return List.of(Route.get(SessionRoutes.PATH + "/ways").needs(Right.OWN).says("How one can log in here").answers(Ways.class)
                .by(this::show));
    }

    private Reply show(Call call) throws BackupException {
        Optional<SignOn> provider = sso.show();
        return Reply.ok(new Ways(provider.map(SignOn::passwords).orElse(true), passkeys.workAt(PasskeyRoutes.site(call)), provider.map(SignOn::name).orElse(null)));
    }

    /** @param passkeys whether there can be any under the name by which the appliance was reached @param sso what the provider is called; null: there is none */
    private record Ways(boolean passwords, boolean passkeys, String sso) {}
}
