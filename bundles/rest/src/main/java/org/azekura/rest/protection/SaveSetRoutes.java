package org.azekura.rest.protection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.server.Proofs;
import org.azekura.api.server.SaveSets;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;
import org.azekura.rest.job.WantedRule;

/** Save sets that are kept. Paths are in percent form, both ways. */
public final class SaveSetRoutes {

    private static final Parameter CLIENT = Parameter.text("client", "web1", "Whose it is");

    private final SaveSets saveSets;
    private final Proofs proofs;

    public SaveSetRoutes(SaveSets saveSets, Proofs proofs) {
        this.saveSets = saveSets;
        this.proofs = proofs;
    }

    public List<Route> routes() {
        Route change = Route.patch("save-sets/{saveSet}").needs(Right.OPERATE).says("Changes what a save set saves from its next backup on; what is left out stays").scoped()
                .answers(Row.class).asks(CLIENT)
                .dangerousIf(this::savesLess, call -> SaveSetTerms.of(find(call))).takes(Order.class, this::change);
        return List.of(
                Route.get("save-sets").needs(Right.READ, Right.RESTORE).says("Save sets that are kept").lists(Row.class).asks(CLIENT)
                        .by(this::list),
                Route.post("save-sets").needs(Right.OPERATE).says("Makes a save set").scoped().answers(201, Row.class).takes(Order.class, this::create),
                Route.get("save-sets/{saveSet}").needs(Right.READ, Right.RESTORE).says("One save set").answers(Row.class).asks(CLIENT).by(call -> Reply.ok(row(find(call)))),
                change, change.asPost(),
                Route.delete("save-sets/{saveSet}").needs(Right.OPERATE).says("Forgets a save set that no policy names").scoped().answers(Row.class).asks(CLIENT).by(this::delete));
    }

    private Reply list(Call call) throws BackupException {
        ClientName client = Scope.client(call.caller(), call.query("client"));
        List<KeptSaveSet> sets = seen(call).list(client);
        Map<SaveSetId, List<Proofs.Standing>> standings = proofs.standings(client).stream().collect(Collectors.groupingBy(Proofs.Standing::saveSet));
        return Reply.ok(sets.stream().map(set -> Row.of(set, standings.getOrDefault(set.id(), List.of()))).toList());
    }

    private Row row(KeptSaveSet set) throws BackupException {
        return Row.of(set, proofs.standings(set.client()));
    }

    private SeenSaveSets seen(Call call) {
        return new SeenSaveSets(saveSets, call.caller());
    }

    private KeptSaveSet find(Call call) throws BackupException {
        String client = call.query("client");
        return seen(call).find(client == null ? call.place("saveSet") : client + "/" + call.place("saveSet"));
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" names the save set, like \"docs\"");
        }
        SaveSet saveSet = new SaveSet(new SaveSetName(order.name), roots(order), WantedRule.all(order.rules), Boolean.TRUE.equals(order.oneFileSystem));
        // a client that another collects for is made, so its name has to be one
        KeptSaveSet made = saveSets.create(new KeptSaveSet(client(call, order), Scope.client(call.caller(), order.via), saveSet,
                new Hooks(hook(order.pre), hook(order.post), hook(order.dump))));
        return Reply.made(201, "save-sets/" + made.saveSet().name() + "?client=" + made.client(), Row.of(made, List.of()));
    }

    /** Null: the client of this host, which may be somebody else's. */
    private static ClientName client(Call call, Order order) throws BackupException, Refusal {
        if (order.client == null) {
            Scope.requireUnbounded(call.caller());
            return null;
        }
        ClientName client = new ClientName(order.client);
        return Scope.client(call.caller(), client.value());
    }

    private static HookName hook(String name) {
        return name == null ? null : new HookName(name);
    }

    private static List<RawPath> roots(Order order) throws Refusal {
        if (order.paths != null && order.paths.contains(null)) {
            throw Refusal.badRequest("request.value", "paths", "a path must not be null");
        }
        return order.paths == null ? List.of() : order.paths.stream().map(RawPath::fromPercent).toList();
    }

    private boolean savesLess(Call call) throws BackupException, Refusal {
        return SaveSetTerms.of(changed(call, call.read(Order.class))).savesLessThan(SaveSetTerms.of(find(call)));
    }

    private Reply change(Call call, Order order) throws BackupException, Refusal {
        return Reply.ok(row(saveSets.change(changed(call, order))));
    }

    private KeptSaveSet changed(Call call, Order order) throws BackupException, Refusal {
        KeptSaveSet was = find(call);
        if (order.name != null && !order.name.equals(was.saveSet().name().value()) || order.client != null && !order.client.equals(was.client().value())) {
            throw Refusal.badRequest("request.value", order.name == null ? "client" : "name", "save set " + was.id() + " keeps its name and its client; make another one");
        }
        SaveSet what = was.saveSet();
        SaveSet next = new SaveSet(what.name(), order.paths == null ? what.roots() : roots(order), order.rules == null ? what.rules() : WantedRule.all(order.rules),
                order.oneFileSystem == null ? what.oneFileSystem() : order.oneFileSystem);
        Hooks hooks = was.hooks();
        return new KeptSaveSet(was.client(), order.via == null ? was.via() : Scope.client(call.caller(), order.via), next,
                new Hooks(changed(order.pre, hooks.pre()), changed(order.post, hooks.post()), changed(order.dump, hooks.dump())));
    }

    /** @param name null: as it was, empty: none any more */
    private static HookName changed(String name, HookName was) {
        return name == null ? was : name.isEmpty() ? null : hook(name);
    }

    private Reply delete(Call call) throws BackupException {
        KeptSaveSet found = find(call);
        Row row = row(found);
        saveSets.delete(found.id());
        return Reply.ok(row);
    }

    private record Order(String name, String client, String via, List<String> paths, List<WantedRule> rules, Boolean oneFileSystem, String pre,
            String post, String dump) {}

    /** The last drill that proved a copy; time and job are null if none did. */
    private record ProvenRow(String pool, String time, Long job) {

        static ProvenRow of(Proofs.Standing one) {
            return one.proven() == null ? new ProvenRow(one.pool().value(), null, null)
                    : new ProvenRow(one.pool().value(), Json.time(one.proven().ended()), one.proven().job().value());
        }
    }

    /** @param proven a row for each pool in which there is a snapshot of it */
    private record Row(String name, @JsonUnwrapped SaveSetTerms terms, List<ProvenRow> proven) {

        static Row of(KeptSaveSet set, List<Proofs.Standing> standings) {
            return new Row(set.saveSet().name().value(), SaveSetTerms.of(set),
                    standings.stream().filter(one -> one.saveSet().equals(set.id())).map(ProvenRow::of).toList());
        }
    }
}
