package org.azekura.server.media;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;

/**
 * A volume that an operator gives up.
 *
 * @param volume null: it was labelled, and nobody has seen it since
 * @param number within its set
 */
public record ForgottenVolume(PoolName pool, Volume volume, int number) {

    /** Of one that nobody has seen. */
    private static final VolumeId WHOEVER = new VolumeId(0, 0);

    /** @throws BackupException as {@link NamedVolume}; {@code volume.state} if it is locked, or not one of those that its pool lies on */
    public static ForgottenVolume of(CatalogStore catalog, String name) throws BackupException {
        return catalog.read(view -> of(view, name));
    }

    private static ForgottenVolume of(CatalogView view, String name) throws BackupException {
        ForgottenVolume unseen = unseen(view, name);
        if (unseen != null) {
            return unseen;
        }
        Volume volume = NamedVolume.in(view, name);
        if (volume.number() == 0 || VolumeChange.of(volume.state(), VolumeEvent.FORGOTTEN).isEmpty()) {
            throw BackupException.operator(VolumeBook.STATE, volume.label(), "volume " + volume.label() + " is " + volume.state().word()
                    + (volume.state() == Volume.State.LOCKED ? ": somebody wants it left as it is; azekura volume unlock" : ": its pool does not lie on it"));
        }
        return new ForgottenVolume(volume.pool(), volume, volume.number());
    }

    /** A number below the highest of a pool's, or of a media set's, of which the catalog has nothing. */
    private static ForgottenVolume unseen(CatalogView view, String name) throws BackupException {
        List<PoolName> pools = new ArrayList<>();
        view.pools().forEach(pool -> pools.add(pool.name()));
        view.mediaSets().forEach(set -> pools.add(set.name()));
        for (PoolName pool : pools) {
            List<Volume> known = VolumeBook.of(view, pool);
            int last = known.stream().mapToInt(Volume::number).max().orElse(0);
            for (int number = 2; number < last; number++) {
                int wanted = number;
                if (name.equals(VolumeLabels.name(pool, number)) && known.stream().noneMatch(one -> one.number() == wanted || name.equals(one.label()))) {
                    return new ForgottenVolume(pool, null, number);
                }
            }
        }
        return null;
    }

    /** As nodes know it. */
    public VolumeId id() {
        return volume == null ? WHOEVER : volume.id();
    }

    /** For people. */
    public String named() {
        return NamedVolume.spoken(label(), barcode());
    }

    /** What it is called. */
    public String label() {
        return volume == null ? VolumeLabels.name(pool, number) : volume.label();
    }

    /** Of its cartridge; null if it has none, or nobody knows. */
    public String barcode() {
        return volume == null ? null : volume.barcode();
    }

    /** Whether it is in its library, as far as is known, and may be read. */
    public boolean isThere() {
        return volume != null && switch (volume.state()) {
            case APPENDABLE, FULL, SUSPECT -> true;
            case SCRATCH, QUARANTINED, EXPIRED, LOCKED, MISSING, CLEANING -> false;
        };
    }

    /**
     * It is given up: an operator has to look at it before its cartridge is used again, if it ever turns up. Packs that lay there are nowhere; they count with
     * those that wait for tape until all that was in them is there again.
     *
     * @param pools whose packs may lie there
     */
    public void forget(CatalogEdit edit, List<Pool> pools, String why) throws BackupException {
        Volume now = volume == null ? null : edit.volume(volume.id()).orElse(null);
        if (now == null) {
            return;
        }
        for (Pool each : pools) {
            for (Pack pack : on(edit, each.name())) {
                edit.placePack(pack.id(), each.name(), now.set(), pack.position());
            }
        }
        if (now.state() != Volume.State.EXPIRED) {
            Volume given = VolumeBook.change(edit, now, VolumeEvent.FORGOTTEN, "given up: " + why);
            edit.putVolume(given.filled(0).after(Volume.State.SUSPECT));
        }
    }

    /** The packs of a pool that the catalog has there. */
    public List<Pack> on(CatalogView view, PoolName of) throws BackupException {
        List<Pack> packs = new ArrayList<>();
        if (volume != null) {
            view.eachPack(of, pack -> {
                if (pack.volume().equals(volume.id())) {
                    packs.add(pack);
                }
            });
        }
        return packs;
    }
}
