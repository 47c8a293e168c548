package org.azekura.rest.host;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.SiteName;
import org.azekura.api.access.Right;
import org.azekura.api.server.Sites;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** At which sites hosts and pools are. */
public final class SiteRoutes {

    private final Sites sites;

    public SiteRoutes(Sites sites) {
        this.sites = sites;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("sites").needs(Right.READ).says("Storage nodes, clients and pools, and at which sites they are").aboutAll().lists(Row.class)
                        .by(call -> Reply.ok(sites.list().stream().map(Row::of).toList())),
                Route.post("sites").needs(Right.OPERATE).says("Says at which site something is; without a site that it is where it usually is").aboutAll().answers(Row.class)
                        .takes(Wanted.class, (call, wanted) -> Reply.ok(say(wanted))));
    }

    private Row say(Wanted wanted) throws BackupException, Refusal {
        Sites.Kind kind = Arrays.stream(Sites.Kind.values()).filter(one -> one.word().equals(wanted.kind)).findFirst()
                .orElseThrow(() -> Refusal.badRequest("request.value", "kind", "the field \"kind\" is node, client or pool"));
        if (wanted.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" is that of a " + kind.word());
        }
        return Row.of(sites.set(kind, wanted.name, site(wanted.site)));
    }

    private static SiteName site(String name) throws Refusal {
        try {
            return name == null ? null : new SiteName(name);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", "site", e.getMessage());
        }
    }

    /** @param site null: where it usually is */
    private record Wanted(String kind, String name, String site) {}

    /**
     * @param kind node, client or pool
     * @param said whether somebody said so
     */
    private record Row(String kind, String name, String site, boolean said) {

        static Row of(Sites.Sited one) {
            return new Row(one.kind().word(), one.name(), one.site().value(), one.said());
        }
    }
}
