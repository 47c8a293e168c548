package org.azekura.server.pool;

import static org.azekura.server.pool.Leftovers.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.Appliance.Left;
import org.azekura.engine.volume.PrivateItem;
import org.azekura.server.budget.UseBook;

/**
 * Brings back what a key has opened. Nothing is called by it that has to show a secret, nobody is let in by it, and no device is touched: such a thing is named, with the command that
 * puts it in force.
 *
 * @param proven whether it is known who wrote it: only then anybody is told anything
 */
record RevivedPrivate(CatalogEdit edit, boolean proven, List<String> warnings) {

    void put(List<PrivateItem> items) throws BackupException {
        for (PrivateItem item : items) {
            switch (item) {
                case PrivateItem.Target target -> put(target);
                case PrivateItem.Provider provider -> tell(provider);
                case PrivateItem.KnownAs known -> put(known);
                case PrivateItem.DeviceBefore device -> tell(device);
                case PrivateItem.Word word -> put(word);
                case PrivateItem.Told told -> RevivedProofs.tell(edit, told);
            }
        }
    }

    private void left(String kind, Object name, String what, String command) throws BackupException {
        Leftovers.add(edit, new Left(kind, name.toString(), what, command));
        warnings.add(what + ": " + command);
    }

    private void put(PrivateItem.Target target) throws BackupException {
        NoticeTarget.Kind kind = kind(target);
        if (edit.noticeTarget(target.name()).isPresent()) {
            warnings.add("there is a notification target " + target.name() + " here already, which stays as it is");
            return;
        }
        SortedMap<String, List<String>> match = new TreeMap<>();
        for (String line : target.match()) {
            int gap = line.indexOf(' ');
            match.computeIfAbsent(line.substring(0, Math.max(gap, 0)), field -> new ArrayList<>()).add(line.substring(gap + 1));
        }
        boolean whole = target.secrets().isEmpty();
        edit.putNoticeTarget(new NoticeTarget(target.name(), kind, target.enabled() && whole && proven, target.language(), target.settings(), new TreeMap<>(), match, target.quiet(), target.made()));
        if (target.enabled() && !whole) {
            left(Leftovers.TARGET, target.name(), "notification target " + target.name() + " is back and told nothing: its secrets are to be given again (" + String.join(", ", target.secrets())
                    + ")", "azekura notify target change " + target.name() + " --secrets FILE --enable");
        } else if (target.enabled() && !proven) {
            left(Leftovers.TARGET, target.name(), "notification target " + target.name() + " is back and told nothing: nothing proves who wrote the checkpoint; look where it goes",
                    "azekura notify target change " + target.name() + " --enable");
        }
    }

    private static NoticeTarget.Kind kind(PrivateItem.Target target) throws BackupException {
        try {
            return NoticeTarget.Kind.valueOf(target.kind().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw BackupException.corrupt("checkpoint.corrupt", target.name().value(), "the checkpoint says that target " + target.name() + " is told by \"" + target.kind() + "\"");
        }
    }

    /** Who comes by it gets a role: so a person has to say that it is the right one. */
    private void tell(PrivateItem.Provider p) throws BackupException {
        if (edit.signOn().isPresent()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("azekura sso set --name", word(p.name()), "--issuer", word(p.issuer()), "--client-id", word(p.client())));
        for (PrivateItem.Grant grant : p.grants()) {
            String clients = grant.clients().stream().map(ClientName::value).collect(Collectors.joining(","));
            words.addAll(List.of("--grant", word(grant.value() + "=" + grant.role() + (clients.isEmpty() ? "" : ":" + clients))));
        }
        words.addAll(List.of("--claim", word(p.claim())));
        p.scopes().forEach(scope -> words.addAll(List.of("--scope", word(scope))));
        p.domains().forEach(domain -> words.addAll(List.of("--domain", word(domain))));
        left(Leftovers.SSO, p.name(), "single sign-on by " + p.name() + " (" + p.issuer() + ") is off" + (p.secret() ? "; its secret is to be given again" : "")
                + (p.passwords() ? "" : "; passwords opened nothing then (--no-passwords)"), String.join(" ", words));
    }

    private void put(PrivateItem.KnownAs known) throws BackupException {
        boolean free = edit.user(known.user()).isPresent() && edit.identity(known.user()).isEmpty() && edit.identity(known.issuer(), known.subject()).isEmpty();
        if (free) {
            edit.putIdentity(new Identity(known.issuer(), known.subject(), known.user(), known.shown(), known.made()));
        }
    }

    /** Of no other setting a medium has a say. */
    private void put(PrivateItem.Word word) throws BackupException {
        boolean known = word.about().startsWith(WrittenPrivate.SITES) || UseBook.isBudget(word.about(), word.word());
        if (known && edit.setting(word.about()).isEmpty()) {
            edit.putSetting(word.about(), word.word());
        }
    }

    /** Its driver may not be here, and its place may be another's by now. */
    private void tell(PrivateItem.DeviceBefore device) throws BackupException {
        if (MediaSets.all(edit).stream().anyMatch(pool -> pool.device().equals(device.name()))) {
            return; // the medium that was found lies on one of this name
        }
        List<String> words = new ArrayList<>(List.of("azekura device add", device.name().value(), "--driver", word(device.driver())));
        device.settings().forEach((name, value) -> words.addAll(List.of("--set", word(name + "=" + value))));
        device.secrets().forEach(name -> words.addAll(List.of("--set", word(name) + "=…")));
        left(Leftovers.DEVICE, device.name(), "device " + device.name() + " was on node " + device.node() + "; if nothing serves it yet", String.join(" ", words));
    }
}
