package org.azekura.server.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.engine.volume.CheckpointProof;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
import org.azekura.engine.volume.PrivateItem;
import org.azekura.server.host.CallBook;
import org.azekura.server.host.Edition;

/**
 * Brings back what people had laid down. What the appliance has already stays as it is, and what cannot be in force is named. One thread; of one rebuild.
 */
public final class RevivedConfiguration {

    private final CatalogEdit edit;
    private final List<String> warnings = new ArrayList<>();
    /** Sealed save sets, what needs them, and what is private as a whole. */
    private final List<ConfigurationItem> waiting = new ArrayList<>();
    private final RevivedProtection protection;

    private RevivedConfiguration(CatalogEdit edit) {
        this.edit = edit;
        this.protection = new RevivedProtection(edit, warnings, waiting);
    }

    /**
     * What the checkpoint of a pool says.
     *
     * @param written when, by the clock of then
     * @param media   what it says of cartridges and drives
     * @param proof   who wrote it
     * @param proven  whether that is known to hold; as long as no key is here it is not
     */
    public record Found(PoolName pool, Instant written, List<ConfigurationItem> items, List<MediaItem> media, CheckpointProof proof, boolean proven) {

        /** The same, after a key was tried. */
        public Found provenBy(boolean holds) {
            return new Found(pool, written, items, media, proof, holds);
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
     * @param waiting  how many things wait for a key: save sets, policies, whatever is private
     */
    public record Outcome(List<String> warnings, int waiting) {}

    /** Puts the newest of these into the catalog, as far as no key is needed for it; the pools and snapshots are there. */
    public static Outcome put(CatalogEdit edit, Collection<Found> all) throws BackupException {
        Found newest = all.stream().filter(found -> !found.isEmpty())
                .max(Comparator.comparing(Found::proven).thenComparingLong(Found::edition).thenComparing(Found::written)).orElse(null);
        if (newest == null) {
            return new Outcome(List.of(), 0);
        }
        RevivedConfiguration revived = new RevivedConfiguration(edit);
        revived.put(newest);
        for (Found found : all) {
            new RevivedPools(edit).keep(found.items());
            new RevivedAccess(edit, revived.warnings).keep(found.items());
        }
        if (newest.edition() == 0) {
            return new Outcome(List.copyOf(revived.warnings), 0);
        }
        Edition.follow(edit, newest.edition());
        if (!revived.waiting.isEmpty() || !newest.proven() && newest.media().stream().anyMatch(MediaItem.GivenUp.class::isInstance)) {
            for (Found found : all) {
                if (found.edition() == newest.edition()) {
                    SealedConfiguration.keep(edit, found, revived.waitingOf(found));
                }
            }
        }
        return new Outcome(List.copyOf(revived.warnings), revived.waiting.size());
    }

    static <T extends ConfigurationItem> List<T> only(List<ConfigurationItem> items, Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Save sets need their clients, policies and plans of drills their save sets. */
    private void put(Found newest) throws BackupException {
        List<ConfigurationItem> items = newest.items();
        new RevivedPools(edit).put(items);
        for (ConfigurationItem.ClientSettings client : only(items, ConfigurationItem.ClientSettings.class)) {
            new RevivedTerms(edit, client).put(warnings);
        }
        for (ConfigurationItem.HostAddress host : only(items, ConfigurationItem.HostAddress.class)) {
            String kept = CallBook.putIfFree(edit, host.peer(), host.address());
            if (kept != null) {
                warnings.add(host.peer() + " is not called at " + host.address() + " as before: " + kept);
            }
        }
        protection.put(items);
        RevivedProofs.put(edit, items);
        new RevivedAccess(edit, warnings).put(items);
        waiting.addAll(only(items, ConfigurationItem.Hidden.class));
        RevivedMedia.put(edit, newest.media().stream().filter(item -> newest.proven() || !(item instanceof MediaItem.GivenUp)).toList());
        if (newest.proven()) {
            new RevivedPools(edit).keepProven(items);
        } else {
            waiting.addAll(only(items, ConfigurationItem.PoolLockMode.class));
        }
    }

    /** What waits, as it is sealed there. */
    private List<ConfigurationItem> waitingOf(Found found) {
        List<ConfigurationItem> items = new ArrayList<>(only(found.items(), ConfigurationItem.PathKey.class));
        items.addAll(protection.waitingOf(found.items()));
        items.addAll(only(found.items(), ConfigurationItem.Hidden.class));
        items.addAll(only(found.items(), ConfigurationItem.PoolLockMode.class));
        return items;
    }

    /**
     * Puts what has waited; its edition was counted.
     *
     * @param proven whether it is known who wrote the checkpoint: only then anybody is told anything, and anything is overwritten
     */
    static List<String> putOpened(CatalogEdit edit, List<KeptSaveSet> sets, List<PrivateItem> hidden, List<ConfigurationItem> items, List<MediaItem> media, boolean proven)
            throws BackupException {
        List<String> warnings = new ArrayList<>();
        new RevivedProtection(edit, warnings, new ArrayList<>()).putOpened(sets, items);
        new RevivedPrivate(edit, proven, warnings).put(hidden);
        if (proven) {
            RevivedMedia.put(edit, media);
            new RevivedPools(edit).keepProven(items);
        }
        Edition.next(edit);
        return warnings;
    }

    /** A replica is no pool that anything can be meant for. */
    static boolean isHere(CatalogView view, PoolName pool) throws BackupException {
        return view.pool(pool).isPresent() && view.replica(pool).isEmpty();
    }
}
