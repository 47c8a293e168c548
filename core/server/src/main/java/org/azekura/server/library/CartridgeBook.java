package org.azekura.server.library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.engine.volume.Label;
import org.azekura.server.host.Edition;
import org.azekura.server.media.GivenUp;
import org.azekura.server.media.NamedVolume;
import org.azekura.server.media.Whereabouts;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.Replicas;

/** What the catalog knows of cartridges. Thread-safe. */
final class CartridgeBook {

    private final CatalogStore catalog;
    private final Cleaners cleaners;

    CartridgeBook(CatalogStore catalog) {
        this.catalog = catalog;
        this.cleaners = new Cleaners(catalog);
    }

    /** What an inventory has changed: volumes that are there again, and those that are not any more. */
    record Found(List<Volume> returned, List<Volume> lost) {}

    Optional<Volume> volume(VolumeId id) throws BackupException {
        return catalog.read(view -> view.volume(id));
    }

    /** Which volume is on which cartridge, seen from this library: another one may have a cartridge of the same barcode. */
    Map<Barcode, Volume> byBarcode(Floor floor) throws BackupException {
        return catalog.read(view -> byBarcode(view, floor));
    }

    /** A cartridge is that of its pool, also where the volume of copies begins on it. */
    private static Map<Barcode, Volume> byBarcode(CatalogView view, Floor floor) throws BackupException {
        Map<Barcode, Volume> volumes = new HashMap<>();
        Map<Barcode, Integer> fit = new HashMap<>();
        for (Volume volume : view.volumes()) {
            Barcode barcode = volume.barcode() == null ? null : new Barcode(volume.barcode());
            int fits = (isAtHome(floor, volume, view) ? 2 : 0) + (view.replica(volume.pool()).isEmpty() ? 1 : 0);
            if (barcode != null && fits >= fit.getOrDefault(barcode, 0)) {
                volumes.put(barcode, volume);
                fit.put(barcode, fits);
            }
        }
        return volumes;
    }

    /** Whether the pool of the volume is in this library. */
    private static boolean isAtHome(Floor floor, Volume volume, CatalogView view) throws BackupException {
        return view.pool(volume.pool()).filter(floor::isHomeOf).isPresent();
    }

    /** Whether the catalog has a volume on a cartridge of this barcode. */
    boolean knows(Barcode barcode) throws BackupException {
        return catalog.read(CatalogView::volumes).stream().anyMatch(volume -> barcode.value().equals(volume.barcode()));
    }

    /** Where the pool lies whose volume is called so; empty if that is no name of one volume alone. */
    Optional<Pool> home(String name) throws BackupException {
        return catalog.read(view -> {
            List<Volume> called = view.volumes().stream().filter(volume -> name.equals(volume.label()) && volume.barcode() != null).toList();
            return called.size() == 1 ? view.pool(called.getFirst().pool()) : Optional.empty();
        });
    }

    /** Of a cartridge whose pool was deleted, the volume that it was. */
    Optional<VolumeId> scratch(Barcode barcode) throws BackupException {
        return catalog.read(CatalogView::scratchVolumes).stream().filter(one -> barcode.value().equals(one.barcode())).map(ScratchVolume::volume).findFirst();
    }

    /** Cartridges whose pool was deleted, and which another may have. */
    Set<Barcode> scratch() throws BackupException {
        return catalog.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::barcode).filter(Objects::nonNull).map(Barcode::new).collect(Collectors.toSet());
    }

    /**
     * By its name or its barcode.
     *
     * @throws BackupException {@code volume.unknown}, {@code volume.ambiguous}
     */
    Volume named(String name) throws BackupException {
        return NamedVolume.in(catalog, name);
    }

    /** The packs that the catalog has on the volume of this cartridge; copies of other pools lie there, too. */
    Set<PackId> packs(Floor floor, Barcode barcode) throws BackupException {
        Set<PackId> packs = new HashSet<>();
        Volume volume = byBarcode(floor).get(barcode);
        if (volume != null) {
            catalog.read(view -> {
                Pool pool = view.pool(volume.pool()).orElse(null);
                for (Pool each : pool == null ? List.<Pool>of() : Replicas.onMediaOf(view, pool)) {
                    view.eachPack(each.name(), pack -> {
                        if (pack.volume().equals(volume.id())) {
                            packs.add(pack.id());
                        }
                    });
                }
                return null;
            });
        }
        return packs;
    }

    /** The barcode that somebody means: of the volume of this name, else this itself. */
    Barcode barcode(String name) throws BackupException {
        for (Volume volume : catalog.read(CatalogView::volumes)) {
            if (name.equals(volume.label()) && volume.barcode() != null) {
                return new Barcode(volume.barcode());
            }
        }
        return new Barcode(name);
    }

    /** The set of a pool that takes more cartridges. */
    Pool open(PoolName name) throws BackupException {
        Pool pool = pool(name);
        return catalog.read(view -> MediaSets.open(view, pool));
    }

    Pool pool(PoolName name) throws BackupException {
        return catalog.read(view -> view.pool(name)).orElseThrow(() -> BackupException.operator("pool.unknown", name.value(), "there is no pool " + name
                + "; \"azekura pool list\" names them all"));
    }

    /**
     * A label was read back from this cartridge, and nothing lies behind it: its pool may have it next. Told twice is no error.
     *
     * @param overwritten the volume that it was before; null if none is known
     */
    void labelled(Label label, Barcode barcode, String place, long capacity, VolumeId overwritten) throws BackupException {
        catalog.write(edit -> {
            if (overwritten != null && !overwritten.equals(label.volume())) {
                GivenUp.forget(edit, overwritten);
            }
            if (edit.volume(label.volume()).isEmpty()) {
                edit.putVolume(new Volume(label.volume(), label.pool(), label.name(), barcode.value(), Volume.State.SCRATCH, place, 0, capacity, label.set(),
                        0, label.made(), null, null, 0, null));
            }
            return null;
        });
    }

    /**
     * Brings the catalog in step with where everything is. A cartridge in a mail slot is on its way: it becomes neither missing nor found.
     *
     * @param floor all of one library
     */
    Found seen(Floor floor) throws BackupException {
        return catalog.write(edit -> {
            List<Volume> returned = new ArrayList<>();
            List<Volume> lost = new ArrayList<>();
            for (Map.Entry<Barcode, Volume> entry : byBarcode(edit, floor).entrySet()) {
                ElementFound element = floor.of(entry.getKey()).orElse(null);
                Volume volume = entry.getValue();
                boolean away = volume.state() == Volume.State.MISSING;
                if (element != null && element.kind() == Element.Kind.MAIL_SLOT) {
                    if (!away) {
                        Whereabouts.moved(edit, volume, floor.place(element));
                    }
                } else if (element != null) {
                    Whereabouts.there(edit, volume, floor.place(element));
                    if (away) {
                        returned.add(volume);
                    }
                } else if (!away && isOf(floor, volume, edit)) {
                    gone(edit, volume, "it was not in library " + floor.device() + " when that was looked through", "not in library " + floor.device());
                    lost.add(volume);
                }
            }
            return new Found(returned, lost);
        });
    }

    /** One that nothing lies on is missed by nobody; where it was said to be is not true any more. */
    private static Volume gone(CatalogEdit edit, Volume volume, String why, String elsewhere) throws BackupException {
        return volume.state() == Volume.State.SCRATCH ? Whereabouts.moved(edit, volume, elsewhere) : Whereabouts.gone(edit, volume, why);
    }

    /** Whether the place that is known of it is in this library. */
    private static boolean isOf(Floor floor, Volume volume, CatalogView view) throws BackupException {
        return floor.found().changer() && isAtHome(floor, volume, view) && (volume.state() != Volume.State.SCRATCH || volume.location().startsWith(floor.device() + ", "));
    }

    /** It is not in its library any more. */
    void exported(VolumeId id, String to) throws BackupException {
        catalog.write(edit -> {
            Volume volume = edit.volume(id).orElse(null);
            if (volume != null) {
                Whereabouts.moved(edit, gone(edit, volume, "it was exported", to), to);
                Edition.next(edit);
            }
            return null;
        });
    }

    /** Those that clean drives. */
    Cleaners cleaners() {
        return cleaners;
    }
}
