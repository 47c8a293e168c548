package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.catalog.SignOn;
import org.azekura.api.catalog.User;
import org.azekura.engine.volume.PrivateItem;
import org.azekura.server.budget.UseBook;

/** What somebody has laid down that has addresses of people, hosts and accounts in it, as checkpoints say it to holders of the pool's keys. No secret is among it. */
public final class WrittenPrivate {

    /** What settings are called that say where things are. */
    public static final String SITES = "site.";

    private WrittenPrivate() {}

    static List<PrivateItem> of(CatalogView view) throws BackupException {
        List<PrivateItem> items = new ArrayList<>();
        for (NoticeTarget target : view.noticeTargets()) {
            List<String> match = new ArrayList<>();
            target.match().forEach((field, patterns) -> patterns.forEach(pattern -> match.add(field + " " + pattern)));
            items.add(new PrivateItem.Target(target.name(), target.kind().word(), target.enabled(), target.language(), target.settings(), List.copyOf(target.secrets().keySet()),
                    match, target.quiet(), target.made()));
        }
        view.signOn().map(WrittenPrivate::provider).ifPresent(items::add);
        for (User user : view.users()) {
            Optional<Identity> identity = view.identity(user.name());
            identity.ifPresent(known -> items.add(new PrivateItem.KnownAs(known.user(), known.issuer(), known.subject(), known.shown(), known.made())));
        }
        items.addAll(KnownDevices.of(view));
        view.settings(SITES).forEach((about, word) -> items.add(new PrivateItem.Word(about, word)));
        view.settings(UseBook.BUDGETS).forEach((about, word) -> items.add(new PrivateItem.Word(about, word)));
        return items;
    }

    private static PrivateItem.Provider provider(SignOn p) {
        List<PrivateItem.Grant> grants = p.grants().stream().map(grant -> new PrivateItem.Grant(grant.value(), grant.role().word(), WrittenAccess.sorted(grant.clients()))).toList();
        return new PrivateItem.Provider(p.name(), p.issuer(), p.client(), p.secret() != null, p.scopes(), p.claim(), grants, List.copyOf(p.domains()), p.passwords());
    }
}
