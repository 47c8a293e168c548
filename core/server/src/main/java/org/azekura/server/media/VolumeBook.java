package org.azekura.server.media;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to volumes, as the catalog keeps it: each change within one transaction, by {@link VolumeChange}, with its reason. */
final class VolumeBook {

    private static final Logger log = LoggerFactory.getLogger(VolumeBook.class);

    static final String STATE = "volume.state";

    private VolumeBook() {}

    /** By number. */
    static List<Volume> of(CatalogView view, PoolName pool) throws BackupException {
        return view.volumes().stream().filter(volume -> volume.pool().equals(pool)).sorted((a, b) -> Integer.compare(a.number(), b.number())).toList();
    }

    /** The same without those that were labelled beforehand and are of no set yet. */
    static List<Volume> inSet(CatalogView view, PoolName pool) throws BackupException {
        return of(view, pool).stream().filter(Volume::isInSet).toList();
    }

    /** @throws BackupException {@code volume.unknown} */
    static Volume one(CatalogView view, PoolName pool, VolumeId id) throws BackupException {
        return view.volume(id).filter(volume -> volume.pool().equals(pool)).orElseThrow(() -> BackupException.operator("volume.unknown", id.toString(),
                "pool " + pool + " has no volume " + id + "; \"azekura volume list\" names them all"));
    }

    /**
     * Something happened to a volume.
     *
     * @param why for people, null if nothing is to be said
     * @return as it is from then on
     * @throws BackupException {@code volume.state} if that can't happen to it; nothing has changed
     */
    static Volume change(CatalogEdit edit, Volume volume, VolumeEvent event, String why) throws BackupException {
        Optional<Volume.State> next = next(volume, event);
        if (next.isEmpty()) {
            throw BackupException.operator(STATE, volume.label(), "volume " + volume.label() + " is " + volume.state().word()
                    + (volume.why() == null ? "" : " (" + volume.why() + ")") + ": it can't become " + event.word());
        }
        if (event == VolumeEvent.EMPTIED || event == VolumeEvent.RELEASED) {
            requireEmpty(edit, volume);
        }
        if (next.get() == volume.state()) {
            return volume;
        }
        Volume changed = volume.in(next.get(), why);
        edit.putVolume(changed);
        log.info("volume={} barcode={} pool={} was {}, is {}{}", volume.label(), volume.barcode(), volume.pool(), volume.state().word(),
                changed.state().word(), why == null ? "" : ": " + why);
        return changed;
    }

    /** Its node says that nothing on it is needed. What waits for tape counts on the first of a set, and lies nowhere. */
    static Volume emptied(CatalogEdit edit, Volume volume, String why) throws BackupException {
        if (volume.number() != 1 || next(volume, VolumeEvent.EMPTIED).isEmpty()) {
            return change(edit, volume, VolumeEvent.EMPTIED, why);
        }
        Volume changed = volume.in(Volume.State.EXPIRED, why);
        edit.putVolume(changed);
        return changed;
    }

    private static Optional<Volume.State> next(Volume volume, VolumeEvent event) {
        if (volume.state() == Volume.State.MISSING && event == VolumeEvent.PROVEN) {
            return Optional.of(VolumeChange.returned(volume.was(), false));
        }
        if (volume.state() == Volume.State.LOCKED && event == VolumeEvent.UNLOCKED) {
            return Optional.of(VolumeChange.returned(volume.was(), false));
        }
        return VolumeChange.of(volume.state(), event);
    }

    static void requireEmpty(CatalogView view, Volume volume) throws BackupException {
        long packs = view.packsOn(volume.id());
        if (packs > 0) {
            throw BackupException.operator("volume.used", volume.label(), "volume " + volume.label() + " has " + packs
                    + " packs that are needed; delete the snapshots that need them, then \"azekura prune\"");
        }
    }

    /** The label of a volume was read, at this place: what was pending is one of the pool's volumes from here on. */
    static Volume labelled(CatalogEdit edit, NodeReport.VolumeLabelled report) throws BackupException {
        Volume known = edit.volume(report.volume()).orElse(null);
        if (known != null && !known.pool().equals(report.pool())) {
            throw BackupException.operator("volume.foreign", report.label(), "volume " + report.label() + " is one of pool " + known.pool() + ", not of "
                    + report.pool());
        }
        PendingVolume pending = edit.pendingVolumes().stream().filter(one -> one.volume().equals(report.volume())).findFirst().orElse(null);
        if (pending != null) {
            edit.deletePending(pending.pool(), pending.number());
            if (pending.overwrites() != null) {
                forget(edit, pending.overwrites());
            }
        }
        // A node that has it in its set is right, whatever was believed: nobody else gets it.
        edit.deleteScratch(report.volume());
        if (known != null && (known.state() == Volume.State.EXPIRED || known.state() == Volume.State.MISSING && known.was() == Volume.State.EXPIRED)) {
            known = known.in(known.was() == Volume.State.SUSPECT ? Volume.State.SUSPECT : Volume.State.FULL, "its node says that it is one of the pool's");
        }
        Volume volume = known == null ? fresh(edit, report, pending)
                : known.at(report.location() == null ? known.location() : report.location(), report.capacity() < 0 ? known.capacity() : report.capacity())
                        .numbered(known.set(), report.number());
        edit.putVolume(volume);
        return volume.state() == Volume.State.MISSING ? change(edit, volume, VolumeEvent.PROVEN, null) : volume;
    }

    /** What bore another label until now. */
    static void forget(CatalogEdit edit, VolumeId overwritten) throws BackupException {
        edit.deleteScratch(overwritten);
        Volume prepared = edit.volume(overwritten).filter(volume -> VolumeChange.isGivenUp(volume.state())).orElse(null);
        if (prepared != null) {
            requireEmpty(edit, prepared);
            edit.deleteVolume(overwritten);
        }
    }

    private static Volume fresh(CatalogView view, NodeReport.VolumeLabelled report, PendingVolume pending) throws BackupException {
        VolumeId set = pending != null ? pending.set() : inSet(view, report.pool()).stream().map(Volume::set).findFirst().orElse(report.volume());
        log.info("volume={} barcode={} is number {} of pool={}", report.label(), report.barcode(), report.number(), report.pool());
        return new Volume(report.volume(), report.pool(), report.label(), report.barcode() == null ? null : report.barcode().value(), Volume.State.APPENDABLE,
                report.location() == null ? "" : report.location(), 0, report.capacity(), set, report.number(), pending == null ? null : pending.made(), null, null, 0, null);
    }

    /** Packs lie where their node says; their volumes have that much more on them, and those on which they did not lie after all so much less. */
    static void place(CatalogEdit edit, PoolName pool, List<NodeReport.PackPlaced> packs, Instant now) throws BackupException {
        Map<VolumeId, Long> more = new HashMap<>();
        for (NodeReport.PackPlaced placed : packs) {
            one(edit, pool, placed.volume());
            Pack pack = edit.pack(placed.pack(), pool).orElse(null);
            if (pack != null && !(pack.volume().equals(placed.volume()) && pack.position().equals(placed.position()))) {
                edit.placePack(placed.pack(), pool, placed.volume(), placed.position());
                more.merge(pack.volume(), -pack.size(), Long::sum);
                more.merge(placed.volume(), pack.size(), Long::sum);
            }
        }
        for (Map.Entry<VolumeId, Long> change : more.entrySet()) {
            Volume volume = edit.volume(change.getKey()).orElse(null);
            if (volume != null && change.getValue() != 0) {
                Volume then = counted(edit, volume, change.getValue());
                edit.putVolume(change.getValue() > 0 ? then.writtenAt(now) : then);
            }
        }
    }

    /** One that is not written any more its node has counted, up to its end, and with what it tells of only now. */
    private static Volume counted(CatalogEdit edit, Volume volume, long more) throws BackupException {
        return volume.state() == Volume.State.APPENDABLE ? volume.filled(Math.max(0, volume.used() + more))
                : more > 0 ? volume.filled(Math.max(volume.used(), edit.bytesOn(volume.id()))) : volume;
    }
}
