package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Behind;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Former;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.User;
import org.azekura.engine.volume.AccessItem;

/** Who is let in, as checkpoints say it: nothing that opens anything. */
final class WrittenAccess {

    private WrittenAccess() {}

    static List<AccessItem> of(CatalogView view) throws BackupException {
        List<AccessItem> items = new ArrayList<>();
        for (User user : view.users()) {
            items.add(new AccessItem.Account(user.name(), user.role().word(), sorted(user.clients()), user.factor().required(), user.disabled(), user.made()));
        }
        // tokens do not come back: by then each of them is one that was
        SortedMap<String, String> former = new Former(view).all();
        for (ApiToken token : view.tokens()) {
            String name = Caller.of(token.name(), token.role(), token.clients()).name();
            former.put(name, new Behind(view).of(name).orElse(""));
        }
        former.forEach((name, person) -> items.add(new AccessItem.FormerCaller(name, person)));
        Rule rule = Rule.of(view);
        if (rule.isOn()) {
            items.add(new AccessItem.PersonsRule(rule.persons(), rule.delay().toSeconds()));
        }
        return items;
    }

    static List<ClientName> sorted(Iterable<ClientName> clients) {
        List<ClientName> sorted = new ArrayList<>();
        clients.forEach(sorted::add);
        sorted.sort((one, other) -> one.value().compareTo(other.value()));
        return sorted;
    }
}
