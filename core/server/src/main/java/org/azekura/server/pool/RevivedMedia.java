package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.media.VolumeMarks;

/** Brings back what was known of cartridges and drives. What the appliance knows of them already is newer, and stays. */
final class RevivedMedia {

    private RevivedMedia() {}

    /** The pools are there, and those of their volumes that were found, or that checkpoints name. */
    static void put(CatalogEdit edit, List<MediaItem> items) throws BackupException {
        for (MediaItem item : items) {
            switch (item) {
                case MediaItem.PoolMedia pool -> put(edit, pool);
                case MediaItem.KnownVolume volume -> put(edit, volume);
                case MediaItem.KnownCartridge life -> {
                    if (edit.cartridgeLife(life.barcode()).isEmpty()) {
                        edit.putCartridgeLife(new CartridgeLife(life.barcode(), life.mounts(), life.seen(), life.loads(), life.written(), life.read(), life.uncorrected()));
                    }
                }
                case MediaItem.GivenUp given -> put(edit, given);
                case MediaItem.PairErrors errors -> {
                    if (edit.driveErrors().stream().noneMatch(one -> one.drive().equals(errors.drive()) && one.barcode().equals(errors.barcode()))) {
                        edit.putDriveErrors(new DriveErrors(errors.drive(), errors.barcode(), errors.errors(), errors.last(), errors.what()));
                    }
                }
                case MediaItem.KnownDrive drive -> {
                    if (edit.driveHealth().stream().noneMatch(one -> one.drive().equals(drive.drive()))) {
                        edit.putDriveHealth(new DriveHealth(drive.drive(), drive.down() ? DriveHealth.State.DOWN : DriveHealth.State.UNCLEAN, drive.why(), drive.since()));
                    }
                }
            }
        }
    }

    private static void put(CatalogEdit edit, MediaItem.PoolMedia pool) throws BackupException {
        for (PoolName name : RevivedSets.bearers(edit, pool.name())) {
            edit.putMediaRules(new MediaRules(name, pool.blank(), pool.scratch(), Duration.ofSeconds(pool.keep_s()), pool.repack(),
                    Duration.ofSeconds(pool.cutAfter_s()), pool.cutSize(), pool.reserve(), Duration.ofSeconds(pool.setAfter_s()), pool.setSize(), pool.sealed(), pool.errorFactor()));
            PoolVolumes.spool(edit, name, pool.spool() < 0 ? null : pool.spool());
        }
    }

    private static void put(CatalogEdit edit, MediaItem.KnownVolume known) throws BackupException {
        Volume volume = edit.volume(known.id()).orElse(null);
        if (volume != null) {
            String location = volume.state() == Volume.State.MISSING ? known.location() : volume.location();
            Volume then = new Volume(volume.id(), volume.pool(), volume.label(), volume.barcode(), volume.state(), location, volume.used(), volume.capacity(), volume.set(),
                    volume.number(), volume.labelled() == null ? known.labelled() : volume.labelled(), volume.written() == null ? known.written() : volume.written(),
                    volume.why(), Math.max(volume.errors(), known.errors()), volume.was());
            edit.putVolume(then);
            VolumeMarks.revive(edit, then, known.locked(), known.suspect(), known.accepted(), known.why().isEmpty() ? null : known.why());
        }
    }

    /** It gets another label only if it bears this one still: its node makes sure of that. */
    private static void put(CatalogEdit edit, MediaItem.GivenUp given) throws BackupException {
        boolean isKnown = edit.volume(given.volume()).isPresent() || edit.volumes().stream().anyMatch(one -> given.barcode().equals(one.barcode()));
        if (!isKnown) {
            edit.putScratch(new ScratchVolume(given.volume(), given.label(), given.barcode(), given.since(), given.why()));
        }
    }
}
