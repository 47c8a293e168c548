package org.azekura.rest;

import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.server.SaveSets;

/** Save sets that are kept. Paths are in percent form, both ways. */
final class SaveSetRoutes {

    private final SaveSets saveSets;

    SaveSetRoutes(SaveSets saveSets) {
        this.saveSets = saveSets;
    }

    List<Route> routes() {
        return List.of(
                Route.get("save-sets", Set.of("client"), call -> Reply.ok(saveSets.list(Names.client(call.query("client"))).stream().map(Row::of).toList())),
                Route.post("save-sets", this::create),
                Route.get("save-sets/*", Set.of("client"), call -> Reply.ok(Row.of(find(call)))),
                new Route("DELETE", "save-sets/*", Set.of("client"), this::delete));
    }

    private KeptSaveSet find(Call call) throws BackupException {
        String client = call.query("client");
        return saveSets.find(client == null ? call.name() : client + "/" + call.name());
    }

    private Reply create(Call call) throws BackupException, Refusal {
        Order order = Json.read(call.body(), Order.class);
        if (order.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" names the save set, like \"docs\"");
        }
        if (order.paths != null && order.paths.contains(null)) {
            throw Refusal.badRequest("request.value", "paths", "a path must not be null");
        }
        List<RawPath> roots = order.paths == null ? List.of() : order.paths.stream().map(RawPath::fromPercent).toList();
        SaveSet saveSet = new SaveSet(new SaveSetName(order.name), roots, OrderReader.rules(order.rules), order.oneFileSystem);
        // a client that another collects for is made, so its name has to be one
        KeptSaveSet made = saveSets.create(new KeptSaveSet(order.client == null ? null : new ClientName(order.client), Names.client(order.via), saveSet,
                OrderReader.hooks(order.pre, order.post, order.dump)));
        return Reply.made(201, ApiServlet.ROOT + "/save-sets/" + made.saveSet().name() + "?client=" + made.client(), Row.of(made));
    }

    private Reply delete(Call call) throws BackupException {
        KeptSaveSet found = find(call);
        saveSets.delete(found.id());
        return Reply.ok(Row.of(found));
    }

    private record Order(String name, String client, String via, List<String> paths, List<OrderReader.Pattern> rules, boolean oneFileSystem, String pre,
            String post, String dump) {}

    /** @param rules as a snapshot shows them */
    private record Row(String name, String client, String via, List<String> paths, List<Rule> rules, boolean oneFileSystem, String pre, String post,
            String dump) {

        static Row of(KeptSaveSet set) {
            SaveSet what = set.saveSet();
            Hooks hooks = set.hooks();
            return new Row(what.name().value(), set.client().value(), set.via() == null ? null : set.via().value(),
                    what.roots().stream().map(RawPath::toPercent).toList(), what.rules(), what.oneFileSystem(), text(hooks.pre()), text(hooks.post()),
                    text(hooks.dump()));
        }

        private static String text(HookName hook) {
            return hook == null ? null : hook.value();
        }
    }
}
