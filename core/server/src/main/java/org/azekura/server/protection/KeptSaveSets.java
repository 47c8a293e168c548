package org.azekura.server.protection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.SaveSets;
import org.azekura.server.host.Edition;
import org.azekura.server.host.TrustGroups;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The save sets in the catalog. */
public final class KeptSaveSets implements SaveSets {

    private static final Logger log = LoggerFactory.getLogger(KeptSaveSets.class);

    private final CatalogStore catalog;
    private final ClientName local;

    /** @param local the client of this host */
    public KeptSaveSets(CatalogStore catalog, ClientName local) {
        this.catalog = catalog;
        this.local = local;
    }

    @Override
    public List<KeptSaveSet> list(ClientName client) throws BackupException {
        return catalog.read(view -> {
            if (client != null) {
                requireKnown(view, client);
            }
            return view.saveSets(client);
        });
    }

    @Override
    public KeptSaveSet find(String name) throws BackupException {
        return catalog.read(view -> find(view, name));
    }

    /**
     * @param name of a save set, or {@code CLIENT/NAME}
     * @throws BackupException {@code saveset.unknown}, {@code saveset.ambiguous}
     */
    public static KeptSaveSet find(CatalogView view, String name) throws BackupException {
        List<KeptSaveSet> found = new ArrayList<>(view.saveSets(null));
        found.removeIf(set -> !set.id().toString().equals(name) && !set.saveSet().name().value().equals(name));
        if (found.isEmpty()) {
            throw unknown(view, name);
        }
        if (found.size() > 1) {
            throw BackupException.operator("saveset.ambiguous", name, "several clients have a save set " + name + ": say which, one of "
                    + found.stream().map(set -> set.id().toString()).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }

    /** Of those so named. @throws BackupException as {@link #find} */
    public static List<SaveSetId> ids(CatalogView view, List<String> names) throws BackupException {
        List<SaveSetId> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(find(view, name).id());
        }
        return ids;
    }

    private static BackupException unknown(CatalogView view, String name) throws BackupException {
        return BackupException.operator("saveset.unknown", name, "there is no save set " + name + "; " + hint(view, name));
    }

    private static String hint(CatalogView view, String name) throws BackupException {
        List<KeptSaveSet> all = view.saveSets(null);
        if (all.isEmpty()) {
            return "none is kept yet: make one with \"azekura save-set create NAME --include PATH\"";
        }
        if (name.contains(",")) {
            return "several are separated by spaces";
        }
        String bare = name.substring(name.indexOf('/') + 1);
        List<String> same = all.stream().filter(set -> set.saveSet().name().value().equals(bare)).map(set -> set.id().toString()).toList();
        return same.isEmpty() ? "\"azekura save-set list\" names them all" : "of this name there is " + String.join(", ", same);
    }

    @Override
    public KeptSaveSet create(KeptSaveSet wanted) throws BackupException {
        ClientName client = wanted.client() == null ? local : wanted.client();
        ClientName via = client.equals(wanted.via()) ? null : wanted.via();
        KeptSaveSet made = new KeptSaveSet(client, via, wanted.saveSet(), wanted.hooks());
        check(made);
        return catalog.write(edit -> {
            if (edit.saveSet(made.id()).isPresent()) {
                throw BackupException.operator("saveset.exists", made.id().toString(), "client " + client + " has a save set "
                        + made.saveSet().name() + " already; choose another name or delete it first");
            }
            requireClients(edit, made);
            edit.putSaveSet(made);
            Edition.next(edit);
            return made;
        });
    }

    @Override
    public KeptSaveSet change(KeptSaveSet changed) throws BackupException {
        check(changed);
        return catalog.write(edit -> {
            if (edit.saveSet(changed.id()).isEmpty()) {
                throw unknown(edit, changed.id().toString());
            }
            requireClients(edit, changed);
            edit.putSaveSet(changed);
            Edition.next(edit);
            return changed;
        });
    }

    private static void check(KeptSaveSet set) throws BackupException {
        boolean dump = set.hooks().dump() != null;
        if (dump && (!set.saveSet().roots().isEmpty() || !set.saveSet().rules().isEmpty() || set.saveSet().oneFileSystem())) {
            throw BackupException.operator("saveset.invalid", set.saveSet().name().value(), "what the hook " + set.hooks().dump()
                    + " dumps is all that is saved: no paths and no rules go with it; make another save set for those");
        }
        if (!dump && set.saveSet().roots().isEmpty()) {
            throw BackupException.operator("saveset.invalid", set.saveSet().name().value(), "save set " + set.saveSet().name()
                    + " needs at least one path, like /srv, or a hook that dumps");
        }
        for (RawPath root : set.saveSet().roots()) {
            AbsolutePath.require(root);
        }
    }

    /** Who is collected for need not have come yet, and never will if its data come from elsewhere. */
    private static void requireClients(CatalogEdit edit, KeptSaveSet set) throws BackupException {
        if (set.via() == null) {
            if (edit.client(set.client()).isEmpty()) {
                throw BackupException.operator("client.unknown", set.client().value(), "there is no client " + set.client()
                        + "; \"azekura client list\" names them all; for one that runs nothing say with --via who collects");
            }
            return;
        }
        requireKnown(edit, set.via());
        if (edit.client(set.client()).isEmpty()) {
            edit.putClient(new Client(set.client(), TrustGroups.random(), null, null));
            log.info("client={} is known from now on: client {} collects its save set {}", set.client(), set.via(), set.saveSet().name());
        }
    }

    private static void requireKnown(CatalogView view, ClientName name) throws BackupException {
        if (view.client(name).isEmpty()) {
            throw BackupException.operator("client.unknown", name.value(), "there is no client " + name + "; \"azekura client list\" names them all");
        }
    }

    @Override
    public void delete(SaveSetId id) throws BackupException {
        catalog.write(edit -> {
            if (edit.saveSet(id).isEmpty()) {
                throw unknown(edit, id.toString());
            }
            for (Policy policy : edit.policies()) {
                if (policy.saveSets().contains(id)) {
                    throw BackupException.operator("saveset.used", id.toString(), "policy " + policy.name() + " saves " + id
                            + "; delete the policy first: azekura policy delete " + policy.name());
                }
            }
            for (DrillPlan plan : edit.drillPlans()) {
                if (plan.saveSets().contains(id)) {
                    throw BackupException.operator("saveset.used", id.toString(), "drill plan " + plan.name() + " rehearses " + id
                            + "; delete the plan first: azekura drill plan delete " + plan.name());
                }
            }
            edit.deleteSaveSet(id);
            Edition.next(edit);
            return null;
        });
    }
}
