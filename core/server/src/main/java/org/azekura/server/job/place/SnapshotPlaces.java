package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Thaw;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.job.run.Verdict;
import org.azekura.server.pool.DeviceTerms;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.PoolThaw;

/**
 * Where a snapshot can be read: what is whole before what was found damaged, its own pool before copies.
 *
 * @param asked the pool whose copy is wanted, null for any
 */
public record SnapshotPlaces(Stage stage, Snapshot snapshot, PoolName asked) {

    /** @throws BackupException {@code copy.unknown} if what is asked for is not there */
    public List<Pool> all() throws BackupException {
        return stage.catalog().read(view -> {
            List<Pool> places = new ArrayList<>();
            boolean own = asked == null || isIn(view, snapshot.pool());
            if (asked == null || !own) {
                places.addAll(copies(view));
            }
            if (own) {
                places.add(view.pool(snapshot.pool()).orElseThrow());
            }
            Map<PoolName, Boolean> damaged = new HashMap<>();
            for (Pool place : places) {
                damaged.put(place.name(), DamagedSnapshots.isDamaged(view, place.name(), snapshot.id()));
            }
            places.sort(Comparator.comparing((Pool place) -> damaged.get(place.name())).thenComparing(place -> !place.name().equals(snapshot.pool())));
            if (places.isEmpty()) {
                throw BackupException.operator("copy.unknown", asked.value(), "snapshot " + snapshot.id() + " has no copy in pool " + asked
                        + "; \"azekura snapshot show " + snapshot.id() + "\" names its copies");
            }
            return places;
        });
    }

    /** Whether it is the one that is asked for, or a set of it. */
    private boolean isIn(CatalogView view, PoolName pool) throws BackupException {
        return asked.equals(pool) || asked.equals(MediaSets.head(view, pool));
    }

    private List<Pool> copies(CatalogView view) throws BackupException {
        List<Pool> places = new ArrayList<>();
        for (SnapshotCopy copy : view.copies(snapshot.id())) {
            Replica replica = view.replica(copy.replica()).orElseThrow();
            if (asked == null || isIn(view, replica.within())) {
                places.add(view.pool(replica.name()).orElseThrow());
            }
        }
        return places;
    }

    /**
     * One whose volume answers.
     *
     * @param cartridges null if it lies on none
     */
    public record Served(Pool pool, ConnectedNode node, Cartridges cartridges, Reading reading) {

        /** Whether it lies on no cartridge and in no archive. */
        public boolean isPlain() {
            return cartridges == null && !reading.hasArchive();
        }

        private boolean isAtHand() {
            return cartridges == null && reading.isAtHand();
        }

        private Nearness atBest(Wanted wanted) {
            return cartridges == null ? reading.of(wanted) : reading.atBest(wanted, true);
        }

        /**
         * Where what is wanted lies there.
         *
         * @param needs of each cartridge; null if it lies on none
         * @param thawing what lies in its archive; null if it has none
         * @param why     this place is read
         */
        public List<Snapshots.Lying> lying(Map<Integer, RecallPlan.Need> needs, Wanted wanted, Thawing thawing, String why) {
            if (cartridges != null) {
                return cartridges.lying(reading, needs, why);
            }
            Nearness near = thawing == null ? reading.of(wanted) : reading.of(wanted, thawing);
            boolean cold = thawing != null && thawing.cold().isAny();
            return List.of(new Snapshots.Lying(reading.pool(), node.name(), reading.volume(), null, "device " + pool.device() + (cold ? ": " + thawing.words() + ": " + thawing.ways() : ""),
                    !cold, wanted.files(), wanted.bytes(), new Snapshots.Taking(near.waits().toSeconds(), near.cost(), why)));
        }

        /** Whether something of it may have to be asked for. */
        public boolean hasArchive() {
            return reading.hasArchive();
        }

        /** What of this lies in its archive; null if it has none. @param wanted paths, none for everything @param how soon it is wanted; null: as the pool is set */
        public Thawing thawing(SnapshotPlaces places, TreeReader trees, List<RawPath> wanted, TrustGroup group, Thaw how) throws BackupException {
            return thawing(places, trees, wanted, group, how, new Halt());
        }

        /** The same. @param halt says when nobody wants to know any more */
        public Thawing thawing(SnapshotPlaces places, TreeReader trees, List<RawPath> wanted, TrustGroup group, Thaw how, Halt halt) throws BackupException {
            return !hasArchive() ? null : thawing(places, new ArchiveLook(places.stage, pool, node, halt).of(trees, places.snapshot, wanted, group), how);
        }

        /** The same of packs. */
        public Thawing thawing(SnapshotPlaces places, Collection<PackId> packs, Thaw how) throws BackupException {
            return !hasArchive() ? null : thawing(places, new ArchiveLook(places.stage, pool, node).of(packs), how);
        }

        private Thawing thawing(SnapshotPlaces places, Cold cold, Thaw how) throws BackupException {
            return new Thawing(cold, reading.device().tiers(), how != null ? how : places.stage.catalog().read(view -> PoolThaw.of(view, reading.pool())));
        }
    }

    /**
     * Those whose volumes answer, the nearest first, as far as that can be told before anybody knows on which cartridges it lies. What comes behind a disk at hand
     * is not asked; copies that were found damaged are not if anything else answers.
     *
     * @throws BackupException why none can be read: what would do in each place
     */
    public List<Served> served() throws BackupException {
        List<Served> served = answering(found -> found.getLast().isAtHand());
        sort(served);
        return served;
    }

    private void sort(List<Served> served) {
        served.sort(Comparator.comparing(place -> place.atBest(Wanted.all(snapshot))));
    }

    /** The others whose volumes answer, the nearest first, what was found damaged last; none if none does. */
    public List<Served> besides(Pool place) throws BackupException {
        List<Served> served = new ArrayList<>();
        for (Pool other : all()) {
            if (!other.name().equals(place.name())) {
                try {
                    served.add(require(other));
                } catch (BackupException e) {
                    continue; // others may have what is looked for
                }
            }
        }
        sort(served);
        return served;
    }

    /** @throws BackupException why none can be read: what would do in each place */
    public void requireAny() throws BackupException {
        answering(found -> true);
    }

    private List<Served> answering(Predicate<List<Served>> enough) throws BackupException {
        List<BackupException> obstacles = new ArrayList<>();
        List<Served> served = new ArrayList<>();
        for (Pool place : all()) {
            if (!served.isEmpty() && (enough.test(served) || isDamagedCopy(place))) {
                break;
            }
            try {
                served.add(require(place));
            } catch (BackupException e) {
                obstacles.add(e);
            }
        }
        if (served.isEmpty()) {
            throw anyOf(obstacles);
        }
        return served;
    }

    /** The first that is waited for, or else the first, with all that would do. */
    private static BackupException anyOf(List<BackupException> obstacles) {
        BackupException main = obstacles.stream().filter(one -> Verdict.of(one) == Verdict.WAITS).findFirst().orElse(obstacles.getFirst());
        String all = obstacles.stream().map(BackupException::getMessage).distinct().collect(Collectors.joining("; or "));
        Failure known = main.failure();
        return new BackupException(new Failure(known.code(), known.kind(), known.retryable(), known.subject(), all), main);
    }

    private boolean isDamagedCopy(Pool place) throws BackupException {
        return stage.catalog().read(view -> view.copies(snapshot.id())).stream().anyMatch(copy -> copy.replica().equals(place.name()) && copy.damaged());
    }

    private Served require(Pool place) throws BackupException {
        requireCartridges(place);
        stage.pools().require(place, new LostPacks(stage));
        ConnectedNode node = stage.hosts().node(place.node());
        node.ask(new PoolOrder.MeasureRoom(place.name()), PoolAnswer.Room.class, Orders.PROMPT);
        Cartridges cartridges = Cartridges.of(node, place.name());
        if (cartridges == null) {
            requireMedium(place, node);
        }
        return new Served(place, node, cartridges, reading(place, node));
    }

    private Reading reading(Pool place, ConnectedNode node) throws BackupException {
        DeviceTerms.Now device = new DeviceTerms(stage.catalog()).ask(place, node);
        return stage.catalog().read(view -> new Reading(view.replica(place.name()).map(Replica::within).orElse(place.name()), place.name().equals(snapshot.pool()),
                !DamagedSnapshots.isDamaged(view, place.name(), snapshot.id()), device, place.chunkSizes().average(),
                view.volumes().stream().filter(one -> one.pool().equals(place.name())).map(Volume::label).findFirst().orElse(null)));
    }

    private void requireCartridges(Pool place) throws BackupException {
        if (stage.pools().sets().isVoid(place)) {
            throw BackupException.operator("pool.offline", place.name().value(), "nothing is left of media set " + stage.pools().sets().medium(place).name()
                    + ": all of its cartridges were given up");
        }
    }

    /** A disk that is not mounted has room as well. Which cartridges are wanted, and away, is found out with the plan: none is loaded for nothing. */
    private static void requireMedium(Pool place, ConnectedNode node) throws BackupException {
        if (node.ask(new DeviceOrder.ReadLabel(place.device(), place.name()), DeviceAnswer.LabelFound.class, Orders.PROMPT).label() == null) {
            throw BackupException.media("volume.missing", place.name().value(), "the volume of pool " + place.name() + " is not in device "
                    + place.device() + " of storage node " + place.node() + "; mount or connect it there", null);
        }
    }

    /** The pool in whose volumes that is. */
    public PoolName within(Pool place) throws BackupException {
        return stage.catalog().read(view -> view.replica(place.name())).map(Replica::within).orElse(place.name());
    }

    /** For people: where that is. */
    public String shown(Pool place) throws BackupException {
        return stage.catalog().read(view -> view.replica(place.name())).map(replica -> "the copy in pool " + replica.within())
                .orElse("pool " + place.name()) + " on storage node " + place.node();
    }
}
