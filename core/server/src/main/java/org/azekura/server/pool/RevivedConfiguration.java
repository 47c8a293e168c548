package org.azekura.server.pool;

import java.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.host.CallBook;
import org.azekura.server.host.Edition;
import org.azekura.server.host.TrustGroups;

/**
 * Brings back what people had laid down. What the appliance has already stays as it is, and what cannot be in force is named. One thread; of one rebuild.
 */
public final class RevivedConfiguration {

    private final CatalogEdit edit;
    private final List<String> warnings = new ArrayList<>();
    /** Sealed save sets, and policies that need them. */
    private final List<ConfigurationItem> waiting = new ArrayList<>();
    private final Map<PolicyName, ConfigurationItem.PolicyTerms> terms = new HashMap<>();

    private RevivedConfiguration(CatalogEdit edit) {
        this.edit = edit;
    }

    /**
     * What the checkpoint of a pool says.
     *
     * @param written when, by the clock of then
     * @param media   what it says of cartridges and drives
     */
    public record Found(PoolName pool, Instant written, List<ConfigurationItem> items, List<MediaItem> media) {

        /** One that says nothing of these. */
        public Found(PoolName pool, Instant written, List<ConfigurationItem> items) {
            this(pool, written, items, List.of());
        }

        private boolean isEmpty() {
            return items.isEmpty() && media.isEmpty();
        }

        private long edition() {
            return items.stream().mapToLong(item -> item instanceof ConfigurationItem.Edition(long number) ? number : 0).max().orElse(0);
        }
    }

    /**
     * What came of it, for people.
     *
     * @param warnings what is not in force, or not as it was, and why
     * @param waiting  how many save sets and policies wait for a key
     */
    public record Outcome(List<String> warnings, int waiting) {}

    /** Puts the newest of these into the catalog, as far as no key is needed for it; the pools and snapshots are there. */
    public static Outcome put(CatalogEdit edit, Collection<Found> all) throws BackupException {
        Found newest = all.stream().filter(found -> !found.isEmpty())
                .max(Comparator.comparingLong(Found::edition).thenComparing(Found::written)).orElse(null);
        if (newest == null) {
            return new Outcome(List.of(), 0);
        }
        RevivedConfiguration revived = new RevivedConfiguration(edit);
        revived.put(newest.items());
        RevivedMedia.put(edit, newest.media());
        if (newest.edition() == 0) {
            return new Outcome(List.copyOf(revived.warnings), 0);
        }
        Edition.follow(edit, newest.edition());
        if (!revived.waiting.isEmpty()) {
            for (Found found : all) {
                if (found.edition() == newest.edition()) {
                    SealedConfiguration.keep(edit, found, revived.waitingOf(found));
                }
            }
        }
        return new Outcome(List.copyOf(revived.warnings), revived.waiting.size());
    }

    /** The same as it is sealed there. */
    private List<ConfigurationItem> waitingOf(Found found) {
        Set<SaveSetId> sets = new HashSet<>();
        only(waiting, ConfigurationItem.KeptSet.class).forEach(set -> sets.add(set.id()));
        List<ConfigurationItem> items = new ArrayList<>(only(found.items(), ConfigurationItem.PathKey.class));
        items.addAll(only(found.items(), ConfigurationItem.KeptSet.class).stream().filter(set -> sets.contains(set.id())).toList());
        only(waiting, ConfigurationItem.KeptPolicy.class).forEach(policy -> {
            items.add(policy);
            if (terms.containsKey(policy.name())) {
                items.add(terms.get(policy.name()));
            }
        });
        return items;
    }

    /** Puts what has waited; its edition was counted. */
    static List<String> putOpened(CatalogEdit edit, List<KeptSaveSet> sets, List<ConfigurationItem> items) throws BackupException {
        RevivedConfiguration revived = new RevivedConfiguration(edit);
        for (KeptSaveSet set : sets) {
            revived.put(set);
        }
        revived.know(items);
        for (ConfigurationItem.KeptPolicy policy : only(items, ConfigurationItem.KeptPolicy.class)) {
            revived.put(policy);
        }
        Edition.next(edit);
        return revived.warnings;
    }

    /** Save sets need their clients, policies their save sets. */
    private void put(List<ConfigurationItem> items) throws BackupException {
        know(items);
        for (ConfigurationItem.PoolSettings pool : only(items, ConfigurationItem.PoolSettings.class)) {
            put(pool);
        }
        for (ConfigurationItem.PoolLock lock : only(items, ConfigurationItem.PoolLock.class)) {
            put(lock);
        }
        for (ConfigurationItem.PinnedSnapshot pin : only(items, ConfigurationItem.PinnedSnapshot.class)) {
            if (edit.snapshot(pin.snapshot()).isPresent() && edit.pin(pin.snapshot()).isEmpty()) {
                edit.putPin(new Pin(pin.snapshot(), pin.since(), pin.until(), pin.why()));
            }
        }
        for (ConfigurationItem.ClientSettings client : only(items, ConfigurationItem.ClientSettings.class)) {
            new RevivedTerms(edit, client).put(warnings);
        }
        for (ConfigurationItem.HostAddress host : only(items, ConfigurationItem.HostAddress.class)) {
            String kept = CallBook.putIfFree(edit, host.peer(), host.address());
            if (kept != null) {
                warn(host.peer() + " is not called at " + host.address() + " as before: " + kept);
            }
        }
        for (ConfigurationItem.KeptSet set : only(items, ConfigurationItem.KeptSet.class)) {
            if (!set.isSealed()) {
                put(new KeptSaveSet(set.client(), set.via(), set.open(null), set.hooks()));
            } else if (edit.saveSet(set.id()).isPresent()) {
                warn("there is a save set " + set.id() + " here already, which stays as it is");
            } else {
                waiting.add(set);
            }
        }
        for (ConfigurationItem.KeptPolicy policy : only(items, ConfigurationItem.KeptPolicy.class)) {
            put(policy);
        }
    }

    private void know(List<ConfigurationItem> items) {
        only(items, ConfigurationItem.PolicyTerms.class).forEach(each -> terms.put(each.name(), each));
    }

    private static <T extends ConfigurationItem> List<T> only(List<ConfigurationItem> items, Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void warn(String what) {
        warnings.add(what);
    }

    /** Those that come back are new here: nobody has laid anything down for them yet. */
    private void put(ConfigurationItem.PoolSettings settings) throws BackupException {
        for (PoolName name : RevivedSets.bearers(edit, settings.name())) {
            Pool pool = edit.pool(name).orElseThrow();
            edit.putPool(pool.with(settings.livePercent(), pool.compressionLevel()).with(settings.group(), settings.patience()));
        }
    }

    /** A lock only ever gets longer. */
    private void put(ConfigurationItem.PoolLock lock) throws BackupException {
        Duration time = Duration.ofSeconds(lock.seconds());
        if (isHere(edit, lock.name()) && edit.lock(lock.name()).compareTo(time) < 0) {
            edit.putLock(lock.name(), time);
        }
    }

    private void put(KeptSaveSet set) throws BackupException {
        KeptSaveSet here = edit.saveSet(set.id()).orElse(null);
        if (here != null) {
            if (!here.equals(set)) {
                warn("there is a save set " + set.id() + " here already, which stays as it is; it was another one");
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
                warn("there is a policy " + policy.name() + " here already, which stays as it is; it was another one");
            }
            return;
        }
        boolean waits = false;
        for (SaveSetId set : policy.saveSets()) {
            if (only(waiting, ConfigurationItem.KeptSet.class).stream().anyMatch(each -> each.id().equals(set))) {
                waits = true;
            } else if (edit.saveSet(set).isEmpty()) {
                warn("policy " + policy.name() + " is not back: its save set " + set + " is not; make both anew");
                return;
            }
        }
        if (waits) {
            waiting.add(item);
        } else {
            edit.putPolicy(policy);
        }
        tellPools(policy);
    }

    private void tellPools(Policy policy) throws BackupException {
        List<PoolName> pools = new ArrayList<>(policy.copyTo());
        pools.addFirst(policy.pool());
        for (PoolName pool : pools) {
            if (!isHere(edit, pool)) {
                warn("policy " + policy.name() + (Objects.equals(pool, policy.pool()) ? " saves into pool " : " copies to pool ") + pool
                        + ", which is not here; make a pool of this name, or the policy anew with others");
            }
        }
    }

    /** A replica is no pool that anything can be meant for. */
    static boolean isHere(CatalogView view, PoolName pool) throws BackupException {
        return view.pool(pool).isPresent() && view.replica(pool).isEmpty();
    }
}
