package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.media.VolumeMarks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of cartridges and drives, as checkpoints say it. */
final class WrittenMedia {

    private static final Logger log = LoggerFactory.getLogger(WrittenMedia.class);

    private WrittenMedia() {}

    /** All of it; nothing where there are no cartridges, and nobody has said anything. */
    static List<MediaItem> of(CatalogView view) throws BackupException {
        List<MediaItem> items = new ArrayList<>();
        for (Pool pool : view.pools()) {
            add(view, pool, items);
        }
        for (Volume volume : view.volumes()) {
            add(view, volume, items);
        }
        for (CartridgeLife life : view.cartridgeLives()) {
            items.add(new MediaItem.KnownCartridge(life.barcode(), life.mounts(), life.seen(), life.loads(), life.written(), life.read(), life.uncorrected()));
        }
        for (ScratchVolume volume : view.scratchVolumes()) {
            items.add(new MediaItem.GivenUp(volume.volume(), volume.label(), volume.barcode(), volume.since(), volume.why()));
        }
        for (DriveErrors errors : view.driveErrors()) {
            if (isKnownByItself(errors.drive())) {
                items.add(new MediaItem.PairErrors(errors.drive(), errors.barcode(), errors.errors(), errors.last(), errors.what()));
            }
        }
        for (DriveHealth health : view.driveHealth()) {
            if (isKnownByItself(health.drive())) {
                items.add(new MediaItem.KnownDrive(health.drive(), health.state() == DriveHealth.State.DOWN, health.why(), health.since()));
            }
        }
        items.removeIf(item -> !isSaid(item));
        return items;
    }

    private static void add(CatalogView view, Pool pool, List<MediaItem> items) throws BackupException {
        MediaRules rules = view.mediaRules(pool.name());
        long spool = PoolVolumes.spool(view, pool.name());
        if (spool >= 0 || !rules.equals(MediaRules.usual(pool.name()))) {
            items.add(new MediaItem.PoolMedia(pool.name(), rules.blank(), rules.scratch(), rules.keep().toSeconds(), rules.repack(), rules.cutAfter().toSeconds(),
                    rules.cutSize(), rules.reserve(), rules.setAfter().toSeconds(), rules.setSize(), rules.sealed(), rules.errorFactor(), spool));
        }
    }

    private static void add(CatalogView view, Volume volume, List<MediaItem> items) throws BackupException {
        boolean locked = volume.state() == Volume.State.LOCKED;
        boolean suspect = volume.state() == Volume.State.SUSPECT || volume.isInSet() && volume.was() == Volume.State.SUSPECT;
        boolean accepted = VolumeMarks.isAccepted(view, volume.id());
        if (volume.isInSet() && (volume.barcode() != null || locked || suspect || accepted || volume.errors() > 0)) {
            items.add(new MediaItem.KnownVolume(volume.id(), locked, suspect, accepted, volume.why() == null || !locked && !suspect && !accepted ? "" : volume.why(),
                    volume.location(), volume.labelled(), volume.written(), volume.errors()));
        }
    }

    /** One that is known by its place only may be another one by then. */
    private static boolean isKnownByItself(String drive) {
        return drive.indexOf('/') < 0;
    }

    private static boolean isSaid(MediaItem item) {
        boolean said = CheckpointWriter.canSay(item);
        if (!said) {
            log.warn("{} is too long for a checkpoint and would not come back with a rebuild", item);
        }
        return said;
    }
}
