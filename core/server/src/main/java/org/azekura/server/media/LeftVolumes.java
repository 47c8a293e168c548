package org.azekura.server.media;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.VolumeAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Volumes that have left their pools, as the catalog has them: expired, and when they were kept for long enough, scratch. */
public final class LeftVolumes {

    private static final Logger log = LoggerFactory.getLogger(LeftVolumes.class);

    /** Says whether so much time has surely passed since. */
    @FunctionalInterface
    public interface Keeping {
        boolean hasPassed(Instant since, Duration keep);
    }

    private LeftVolumes() {}

    /** Packs of a pool were copied to other cartridges. */
    public static void moved(CatalogEdit edit, NodeReport.PacksPlaced placed, Instant now) throws BackupException {
        VolumeBook.place(edit, placed.pool(), placed.packs(), now);
    }

    /**
     * What the catalog has of a pool's set, and its node does not know: that may say more of what lies on the others. Of those that have left it knows enough,
     * whatever keeps them in the catalog.
     */
    public static List<Volume> unknown(CatalogView view, PoolName pool, VolumeAnswer.Uses uses) throws BackupException {
        Set<VolumeId> known = Stream.concat(uses.volumes().stream().map(VolumeAnswer.VolumeUse::volume), uses.left().stream().map(VolumeAnswer.Left::volume))
                .collect(Collectors.toSet());
        return VolumeBook.inSet(view, pool).stream().filter(volume -> !known.contains(volume.id())).toList();
    }

    /** Of those that a node says have left a pool: which the catalog still has as one of it. */
    public static List<Volume> unsettled(CatalogView view, PoolName pool, List<VolumeAnswer.Left> left) throws BackupException {
        Set<VolumeId> ids = left.stream().map(VolumeAnswer.Left::volume).collect(Collectors.toSet());
        return VolumeBook.inSet(view, pool).stream().filter(volume -> ids.contains(volume.id())).toList();
    }

    /** Cartridges that still have the label of a volume that has left, and of which the catalog says nothing: it was made anew since. They are scratch. */
    public static void find(CatalogEdit edit, PoolName pool, List<VolumeAnswer.Left> left) throws BackupException {
        for (VolumeAnswer.Left one : left) {
            boolean known = one.barcode() == null || edit.volume(one.volume()).filter(volume -> !volume.isOnlyName()).isPresent()
                    || edit.volumes().stream().anyMatch(volume -> one.barcode().value().equals(volume.barcode()))
                    || edit.scratchVolumes().stream().anyMatch(scratch -> one.barcode().value().equals(scratch.barcode()))
                    || edit.pendingVolumes().stream().anyMatch(pending -> one.barcode().value().equals(pending.barcode()));
            if (!known) {
                edit.putScratch(new ScratchVolume(one.volume(), one.label() == null ? one.volume().toString() : one.label(), one.barcode().value(), Instant.now(),
                        "it has left pool " + pool + ": nothing on it is needed"));
                log.info("volume={} barcode={} has left pool={}, and is scratch", one.volume(), one.barcode(), pool);
            }
        }
    }

    /**
     * A volume has left, as its node says: nothing on it is needed. One that is suspect is not labelled anew before an operator has looked at it.
     *
     * @param now from when it is kept if nobody knows since when it is as it is
     * @return as it is then; empty if it is none of the pool's any more
     * @throws BackupException {@code volume.used} if the catalog has packs on it, {@code volume.state} if it is to be left as it is
     */
    public static Optional<Volume> left(CatalogEdit edit, PoolName pool, VolumeId id, Instant now, Keeping keeping) throws BackupException {
        Volume volume = edit.volume(id).filter(one -> one.pool().equals(pool) && one.number() > 0).orElse(null);
        if (volume == null) {
            return Optional.empty();
        }
        if (volume.state() != Volume.State.EXPIRED) {
            boolean suspect = volume.state() == Volume.State.SUSPECT || volume.was() == Volume.State.SUSPECT
                    || volume.was() == Volume.State.QUARANTINED;
            Volume expired = VolumeBook.emptied(edit, volume, suspect ? "it was suspect; nothing on it is needed" : "nothing on it is needed");
            Volume kept = expired.written() == null && expired.labelled() == null ? expired.writtenAt(now) : expired;
            volume = suspect ? kept.after(Volume.State.SUSPECT) : kept;
            edit.putVolume(volume);
        }
        return release(edit, volume, keeping) ? Optional.empty() : Optional.of(volume);
    }

    /** Those of a pool that were kept for long enough become scratch. */
    public static void release(CatalogEdit edit, PoolName pool, Keeping keeping) throws BackupException {
        for (Volume volume : VolumeBook.of(edit, pool)) {
            if (volume.state() == Volume.State.EXPIRED) {
                release(edit, volume, keeping);
            }
        }
    }

    /** Whether a cartridge may be used again once nothing on it is needed. */
    public static boolean isFree(Volume volume, MediaRules rules, Keeping keeping) {
        Instant last = volume.written() != null ? volume.written() : volume.labelled() != null ? volume.labelled() : Instant.EPOCH;
        return volume.barcode() != null && (rules.keep().isZero() || keeping.hasPassed(last, rules.keep()));
    }

    /** False if it stays for now. One that was suspect, or has no barcode, an operator has to look at. */
    private static boolean release(CatalogEdit edit, Volume volume, Keeping keeping) throws BackupException {
        if (volume.was() == Volume.State.SUSPECT || !isFree(volume, edit.mediaRules(volume.pool()), keeping)) {
            return false;
        }
        boolean another = leavesToAnother(edit, volume);
        if (!another) {
            edit.putScratch(new ScratchVolume(volume.id(), volume.label(), volume.barcode(), Instant.now(), "it has left pool " + volume.pool()
                    + ": nothing on it is needed"));
        }
        if (volume.number() == 1) {
            edit.putVolume(volume.withoutCartridge());
        } else {
            VolumeBook.requireEmpty(edit, volume);
            edit.deleteVolume(volume.id());
        }
        log.info("volume={} barcode={} has left pool={}{}", volume.label(), volume.barcode(), volume.pool(), another ? "" : " and is scratch");
        return true;
    }

    /** Whether its cartridge is another volume's now. That of copies which begins on it is no other: it goes on without one. */
    private static boolean leavesToAnother(CatalogEdit edit, Volume volume) throws BackupException {
        boolean another = false;
        for (Volume one : edit.volumes()) {
            if (!one.id().equals(volume.id()) && volume.barcode().equals(one.barcode())) {
                if (edit.replica(one.pool()).filter(copies -> copies.within().equals(volume.pool())).isPresent()) {
                    edit.putVolume(one.withoutCartridge());
                } else {
                    another = true;
                }
            }
        }
        return another;
    }
}
