package org.azekura.server.media;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which cartridge a pool gets next, in two phases: what was chosen is pending, and becomes a volume when its node has read the label back. Asked
 * again, it says the same again. Thread-safe.
 */
final class Supply {

    static final String NONE = "media.none";

    private static final Logger log = LoggerFactory.getLogger(Supply.class);

    private final CatalogStore catalog;
    private final VolumeLabels labels;
    private final InstantSource clock;

    /** What nodes asked for last: what they refused then is there, and will not do. */
    private final Map<PoolName, Choice.Wish> asked = new ConcurrentHashMap<>();
    /** As they were when somebody looked. */
    private final Map<PoolName, Reserve> reserves = new ConcurrentHashMap<>();

    Supply(CatalogStore catalog, VolumeLabels labels, InstantSource clock) {
        this.catalog = catalog;
        this.labels = labels;
        this.clock = clock;
    }

    /** Whether a pool could have one now. What its node refused is not tried again before it was taken out or labelled. */
    boolean fits(Pool pool, Optional<List<Element>> inventory) throws BackupException {
        return !(look(pool, inventory, Choice::of) instanceof Choice.None);
    }

    /** How many free ones a pool has; empty if nobody can say. */
    Optional<Reserve> reserve(Pool pool, Optional<List<Element>> inventory) throws BackupException {
        Optional<Reserve> reserve = look(pool, inventory, Choice::reserve);
        reserve.ifPresent(now -> reserves.put(pool.name(), now));
        return reserve;
    }

    /** Whether a pool may have no free ones any more but those that it leaves for copies: it had none when that was looked at last, or nobody has looked. */
    boolean isReserveInDoubt(Pool pool) throws BackupException {
        Reserve last = reserves.get(pool.name());
        return last != null ? last.isReached() : catalog.read(view -> Reserve.kept(view.volumes(), pool.name(), view.mediaRules(pool.name()))) > 0;
    }

    private <T> T look(Pool pool, Optional<List<Element>> inventory, BiFunction<Choice.Wish, Choice.Known, T> question) throws BackupException {
        return catalog.read(view -> {
            int next = 1 + VolumeBook.inSet(view, pool.name()).stream().mapToInt(Volume::number).max().orElse(0);
            Choice.Wish last = asked.getOrDefault(pool.name(), new Choice.Wish(pool.name(), next, Set.of()));
            Set<String> labelled = view.volumes().stream().map(Volume::barcode).filter(Objects::nonNull).collect(Collectors.toSet());
            Set<Barcode> still = last.refused().stream().filter(barcode -> isIn(barcode, inventory) && !labelled.contains(barcode.value())).collect(Collectors.toSet());
            Choice.Wish wish = new Choice.Wish(pool.name(), last.number(), still);
            asked.put(pool.name(), wish);
            return question.apply(wish, new Choice.Known(view.volumes(), view.pendingVolumes(), view.scratchVolumes(), view.mediaRules(pool.name()), inventory));
        });
    }

    private static boolean isIn(Barcode barcode, Optional<List<Element>> inventory) {
        return inventory.isEmpty() || inventory.get().stream().anyMatch(element -> element.barcode().filter(barcode::equals).isPresent());
    }

    /** @throws BackupException {@code media.none} */
    PoolAnswer.VolumeChosen next(Pool pool, Optional<List<Element>> inventory, NodeReport.VolumeWanted wanted) throws BackupException {
        asked.put(pool.name(), new Choice.Wish(pool.name(), wanted.number(), Set.copyOf(wanted.refused())));
        catalog.write(edit -> {
            close(edit, pool, wanted.full());
            return null;
        });
        PoolAnswer.VolumeChosen chosen = catalog.write(edit -> choose(edit, pool, wanted, inventory));
        reserves.remove(pool.name());
        return chosen;
    }

    private static void close(CatalogEdit edit, Pool pool, VolumeId full) throws BackupException {
        Volume volume = full == null ? null : edit.volume(full).orElse(null);
        if (volume != null && volume.pool().equals(pool.name()) && VolumeChange.isWritableWhenThere(volume)) {
            VolumeBook.change(edit, VolumeBook.change(edit, volume, VolumeEvent.PROVEN, null), VolumeEvent.FILLED, null);
        }
    }

    private PoolAnswer.VolumeChosen choose(CatalogEdit edit, Pool pool, NodeReport.VolumeWanted wanted, Optional<List<Element>> inventory)
            throws BackupException {
        Set<Barcode> tried = Set.copyOf(wanted.refused());
        if (wanted.number() > 1 && VolumeBook.inSet(edit, pool.name()).isEmpty()) {
            throw BackupException.operator("volume.unknown", pool.name().value(), "pool " + pool.name() + " has no first volume that is known, and number "
                    + wanted.number() + " is wanted for it; open the pool first");
        }
        int least = wanted.number();
        for (PendingVolume pending : edit.pendingVolumes()) {
            if (pending.pool().equals(pool.name())) {
                if (isStillGood(pending, tried, inventory)) {
                    return answer(pending);
                }
                edit.deletePending(pending.pool(), pending.number());
                // One that was taken out may have been labelled before: its number is not given again. One that was tried was not.
                least = pending.barcode() == null || tried.contains(new Barcode(pending.barcode())) ? least : Math.max(least, pending.number() + 1);
            }
        }
        Choice choice = Choice.of(new Choice.Wish(pool.name(), least, tried, wanted.frees()),
                new Choice.Known(edit.volumes(), edit.pendingVolumes(), edit.scratchVolumes(), edit.mediaRules(pool.name()), inventory));
        return switch (choice) {
            case Choice.Labelled(Volume volume) -> new PoolAnswer.VolumeChosen(new Barcode(volume.barcode()), labels.of(volume));
            case Choice.Prepared(Volume volume) -> answer(pend(edit, pool, least, volume.barcode(), volume.id()));
            case Choice.GivenUp(var scratch) -> answer(pend(edit, pool, least, scratch.barcode(), scratch.volume()));
            case Choice.Blank(Barcode barcode) -> answer(pend(edit, pool, least, barcode.value(), null));
            case Choice.Any any -> answer(pend(edit, pool, least, null, null));
            case Choice.None(String why) -> throw none(pool, why);
        };
    }

    /** One whose node was cut off may have been written on all the same: it is never given to anybody else, nor forgotten for another that fits. */
    private static boolean isStillGood(PendingVolume pending, Set<Barcode> refused, Optional<List<Element>> inventory) {
        if (pending.barcode() == null) {
            return inventory.isEmpty() || refused.isEmpty();
        }
        Barcode barcode = new Barcode(pending.barcode());
        return !refused.contains(barcode) && isIn(barcode, inventory);
    }

    private PendingVolume pend(CatalogEdit edit, Pool pool, int least, String barcode, VolumeId overwrites) throws BackupException {
        List<Volume> volumes = VolumeBook.inSet(edit, pool.name());
        int number = volumes.isEmpty() ? 1 : Math.max(least, volumes.getLast().number() + 1);
        VolumeId id = VolumeLabels.fresh();
        VolumeId set = volumes.isEmpty() ? id : volumes.getFirst().set();
        // What a label says is whole seconds or less, in whatever form it stands there.
        Instant made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PendingVolume pending = new PendingVolume(pool.name(), number, id, set, VolumeLabels.name(pool.name(), number), barcode, made, overwrites);
        edit.putPending(pending);
        log.info("pool={} gets number {}: barcode={}{}", pool.name(), number, barcode == null ? "any blank one" : barcode,
                overwrites == null ? "" : ", which was given up");
        return pending;
    }

    private PoolAnswer.VolumeChosen answer(PendingVolume pending) {
        return new PoolAnswer.VolumeChosen(pending.barcode() == null ? null : new Barcode(pending.barcode()), labels.of(pending), pending.overwrites());
    }

    private static BackupException none(Pool pool, String why) {
        return BackupException.operator(NONE, pool.name().value(), "pool " + pool.name() + " needs another cartridge in library " + pool.device() + " of storage node "
                + pool.node() + ": " + why + "; put a blank one in, or have one labelled: azekura volume label --pool " + pool.name() + " --barcode B");
    }
}
