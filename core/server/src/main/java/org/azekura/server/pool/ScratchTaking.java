package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.engine.volume.Label;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.media.GivenUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a new pool begin on a cartridge that another pool has given up, if there is one. */
final class ScratchTaking {

    private static final Logger log = LoggerFactory.getLogger(ScratchTaking.class);
    /** It is fetched, loaded and written. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CatalogStore catalog;
    private final PoolVolumes volumes;

    ScratchTaking(CatalogStore catalog, PoolVolumes volumes) {
        this.catalog = catalog;
        this.volumes = volumes;
    }

    /**
     * A cartridge that bears a label of the new pool, or set.
     *
     * @param volume   that its label names
     * @param prepared what it was before, labelled for the pool whose set it is; null: it was given up
     */
    record Taken(VolumeId volume, Volume prepared) {}

    /**
     * Writes a label of the new pool, or set, on one of these cartridges, and has the pool want that one. Without one nothing happens: then the node looks for a
     * blank one.
     *
     * @param wanted by who makes the pool; null: any
     * @return it is given up still, until the pool is open
     */
    Optional<Taken> take(Pool pool, ConnectedNode node, Barcode wanted, List<ScratchVolume> scratch) throws BackupException {
        List<Element> there = scratch.isEmpty() ? List.of() : LibraryInventory.of(pool, node).orElse(List.of());
        for (ScratchVolume one : scratch) {
            Barcode barcode = new Barcode(one.barcode());
            boolean asked = wanted == null || wanted.equals(barcode);
            if (asked && isThere(barcode, there)) {
                // Whoever goes on with what is cut off behind this looks at that one.
                want(pool.name(), barcode);
                Optional<Taken> written = written(pool, node, one, barcode);
                if (written.isPresent()) {
                    return written;
                }
                want(pool.name(), wanted);
            }
        }
        return Optional.empty();
    }

    /** Whether this cartridge bears a label of the pool, or set, or none: it was being written when that was cut off. */
    boolean isFor(Pool pool, ConnectedNode node, Barcode barcode) throws BackupException {
        LibraryAnswer.CartridgeFound found = node.ask(new LibraryOrder.LookAtLabel(pool.device(), barcode), LibraryAnswer.CartridgeFound.class, PATIENCE);
        return found.beginning() == LibraryAnswer.Beginning.BLANK || found.label() != null && Label.parse(found.label()).pool().equals(pool.name());
    }

    /** The pool came to nothing: what its node may have written on the cartridge since is given up, too, so that another pool can have it; or is prepared, as it was before. */
    void givenBack(PoolName pool, DeviceName device, ConnectedNode node, Taken taken) {
        VolumeId given = taken.volume();
        try {
            ScratchVolume scratch = catalog.read(CatalogView::scratchVolumes).stream().filter(one -> one.volume().equals(given)).findFirst().orElseThrow();
            LibraryAnswer.CartridgeFound found = node.ask(new LibraryOrder.LookAtLabel(device, new Barcode(scratch.barcode())), LibraryAnswer.CartridgeFound.class, PATIENCE);
            Label there = found.label() == null ? null : Label.parse(found.label());
            if (there != null && there.pool().equals(pool) && there.appliance().equals(volumes.appliance()) && !there.volume().equals(given)) {
                catalog.write(edit -> {
                    edit.deleteScratch(given);
                    edit.putScratch(new ScratchVolume(there.volume(), scratch.label(), scratch.barcode(), scratch.since(), scratch.why()));
                    return null;
                });
            }
        } catch (BackupException e) {
            log.warn("pool={} what its cartridge begins with is not known, and it may be left alone from here on: {}", pool, e.getMessage());
        }
        if (taken.prepared() != null) {
            prepareAgain(pool, taken.prepared());
        }
    }

    private void prepareAgain(PoolName set, Volume before) {
        try {
            catalog.write(edit -> {
                prepareAgain(edit, set, before);
                return null;
            });
        } catch (BackupException e) {
            log.warn("pool={} cartridge {} is given up now, and was labelled for the pool: {}", set, before.barcode(), e.getMessage());
        }
    }

    /** With the label that it has now it is for the set that is open. */
    static void prepareAgain(CatalogEdit edit, PoolName set, Volume before) throws BackupException {
        ScratchVolume scratch = edit.scratchVolumes().stream().filter(one -> one.barcode().equals(before.barcode())).findFirst().orElse(null);
        Pool head = MediaSet.called(set).isEmpty() ? null : edit.pool(MediaSet.called(set).get().of()).orElse(null);
        if (scratch != null && head != null) {
            edit.deleteScratch(scratch.volume());
            edit.putVolume(new Volume(scratch.volume(), MediaSets.open(edit, head).name(), before.label(), before.barcode(), before.state(), before.location(), 0, before.capacity(),
                    scratch.volume(), before.number(), before.labelled(), before.written(), before.why(), before.errors(), before.was()));
        }
    }

    private void want(PoolName pool, Barcode barcode) throws BackupException {
        catalog.write(edit -> {
            volumes.want(edit, pool, barcode);
            return null;
        });
    }

    private static boolean isThere(Barcode barcode, List<Element> elements) {
        return elements.stream().anyMatch(element -> element.barcode().equals(Optional.of(barcode))
                && (element.kind() == Element.Kind.SLOT || element.kind() == Element.Kind.DRIVE));
    }

    /** One that is not what it was when it was given up is left alone. */
    private Optional<Taken> written(Pool pool, ConnectedNode node, ScratchVolume scratch, Barcode barcode) throws BackupException {
        LibraryAnswer.CartridgeFound found = node.ask(new LibraryOrder.LabelCartridge(pool.device(), pool.name(), barcode, volumes.blank(pool.name(), barcode), scratch.volume()),
                LibraryAnswer.CartridgeFound.class, PATIENCE);
        if (!found.written()) {
            log.warn("pool={} cartridge {} does not begin with the label of volume {} any more, and is left alone", pool.name(), barcode, scratch.label());
            return Optional.empty();
        }
        VolumeId now = Label.parse(found.label()).volume();
        Volume prepared = catalog.write(edit -> {
            Volume before = edit.volume(scratch.volume()).filter(volume -> volume.number() == 0).orElse(null);
            // Until the pool is open it is given up still, with the label that it has now: the pool may come to nothing.
            GivenUp.forget(edit, scratch.volume());
            edit.putScratch(new ScratchVolume(now, scratch.label(), scratch.barcode(), scratch.since(), scratch.why()));
            return before;
        });
        log.info("pool={} begins on cartridge {}, which was given up: {}", pool.name(), barcode, scratch.why());
        return Optional.of(new Taken(now, prepared));
    }
}
