package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.DrillItem;
import org.azekura.server.host.TrustGroups;

/** Brings back save sets, and the policies and plans of drills that name them. One thread; of one rebuild, or of what waited for a key. */
final class RevivedProtection {

    private final CatalogEdit edit;
    private final List<String> warnings;
    private final List<ConfigurationItem> waiting;
    private final Map<PolicyName, ConfigurationItem.PolicyTerms> terms = new HashMap<>();

    /**
     * @param warnings gets what is not back, or not as it was
     * @param waiting  gets sealed save sets, and what needs them
     */
    RevivedProtection(CatalogEdit edit, List<String> warnings, List<ConfigurationItem> waiting) {
        this.edit = edit;
        this.warnings = warnings;
        this.waiting = waiting;
    }

    void put(List<ConfigurationItem> items) throws BackupException {
        for (ConfigurationItem.KeptSet set : RevivedConfiguration.only(items, ConfigurationItem.KeptSet.class)) {
            if (!set.isSealed()) {
                put(new KeptSaveSet(set.client(), set.via(), set.open(null), set.hooks()));
            } else if (edit.saveSet(set.id()).isPresent()) {
                warnings.add("there is a save set " + set.id() + " here already, which stays as it is");
            } else {
                waiting.add(set);
            }
        }
        putPlans(items);
    }

    /** Puts what has waited. @param sets that were opened */
    void putOpened(List<KeptSaveSet> sets, List<ConfigurationItem> items) throws BackupException {
        for (KeptSaveSet set : sets) {
            put(set);
        }
        putPlans(items);
    }

    private void putPlans(List<ConfigurationItem> items) throws BackupException {
        RevivedConfiguration.only(items, ConfigurationItem.PolicyTerms.class).forEach(each -> terms.put(each.name(), each));
        for (ConfigurationItem.KeptPolicy policy : RevivedConfiguration.only(items, ConfigurationItem.KeptPolicy.class)) {
            put(policy);
        }
        for (DrillItem.PlannedDrill plan : RevivedConfiguration.only(items, DrillItem.PlannedDrill.class)) {
            put(plan);
        }
    }

    /** What waits here, as these have it. */
    List<ConfigurationItem> waitingOf(List<ConfigurationItem> found) {
        Set<SaveSetId> sets = new HashSet<>();
        waitingSets().forEach(set -> sets.add(set.id()));
        List<ConfigurationItem> items = new ArrayList<>(RevivedConfiguration.only(found, ConfigurationItem.KeptSet.class).stream()
                .filter(set -> sets.contains(set.id())).toList());
        for (ConfigurationItem.KeptPolicy policy : RevivedConfiguration.only(waiting, ConfigurationItem.KeptPolicy.class)) {
            items.add(policy);
            if (terms.containsKey(policy.name())) {
                items.add(terms.get(policy.name()));
            }
        }
        items.addAll(RevivedConfiguration.only(waiting, DrillItem.PlannedDrill.class));
        return items;
    }

    private List<ConfigurationItem.KeptSet> waitingSets() {
        return RevivedConfiguration.only(waiting, ConfigurationItem.KeptSet.class);
    }

    private void put(KeptSaveSet set) throws BackupException {
        KeptSaveSet here = edit.saveSet(set.id()).orElse(null);
        if (here != null) {
            if (!here.equals(set)) {
                warnings.add("there is a save set " + set.id() + " here already, which stays as it is; it was another one");
            }
            return;
        }
        for (ClientName client : set.via() == null ? List.of(set.client()) : List.of(set.client(), set.via())) {
            if (edit.client(client).isEmpty()) {
                edit.putClient(new Client(client, TrustGroups.random(), null, null));
            }
        }
        edit.putSaveSet(set);
    }

    private void put(ConfigurationItem.KeptPolicy item) throws BackupException {
        ConfigurationItem.PolicyTerms with = terms.getOrDefault(item.name(), new ConfigurationItem.PolicyTerms(item.name(), Timing.BY_HAND, Keep.ALL));
        Policy policy = new Policy(item.name(), item.pool(), item.saveSets(), item.copyTo(), with.timing(), with.keep());
        Policy here = edit.policy(policy.name()).orElse(null);
        if (here != null) {
            if (!here.equals(policy)) {
                warnings.add("there is a policy " + policy.name() + " here already, which stays as it is; it was another one");
            }
            return;
        }
        switch (ready("policy " + policy.name(), policy.saveSets())) {
            case NEVER -> {
                return;
            }
            case WAITS -> waiting.add(item);
            case READY -> edit.putPolicy(policy);
        }
        tellPools(policy);
    }

    private void put(DrillItem.PlannedDrill item) throws BackupException {
        DrillPlan plan = new DrillPlan(item.name(), item.saveSets(), item.copies(), item.perMillion(), item.files(), item.client(), item.timing());
        DrillPlan here = edit.drillPlan(plan.name()).orElse(null);
        if (here != null) {
            if (!here.equals(plan)) {
                warnings.add("there is a plan of drills " + plan.name() + " here already, which stays as it is; it was another one");
            }
            return;
        }
        switch (ready("plan of drills " + plan.name(), plan.saveSets())) {
            case NEVER -> { }
            case WAITS -> waiting.add(item);
            case READY -> edit.putDrillPlan(plan);
        }
    }

    private enum Readiness { READY, WAITS, NEVER }

    /** Whether the save sets are there that something needs. */
    private Readiness ready(String what, List<SaveSetId> sets) throws BackupException {
        Readiness ready = Readiness.READY;
        for (SaveSetId set : sets) {
            if (waitingSets().stream().anyMatch(each -> each.id().equals(set))) {
                ready = Readiness.WAITS;
            } else if (edit.saveSet(set).isEmpty()) {
                warnings.add(what + " is not back: its save set " + set + " is not; make both anew");
                return Readiness.NEVER;
            }
        }
        return ready;
    }

    private void tellPools(Policy policy) throws BackupException {
        List<PoolName> pools = new ArrayList<>(policy.copyTo());
        pools.addFirst(policy.pool());
        for (PoolName pool : pools) {
            if (!RevivedConfiguration.isHere(edit, pool)) {
                warnings.add("policy " + policy.name() + (Objects.equals(pool, policy.pool()) ? " saves into pool " : " copies to pool ") + pool
                        + ", which is not here; make a pool of this name, or the policy anew with others");
            }
        }
    }
}
