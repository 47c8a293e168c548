package org.azekura.server.media;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.engine.volume.Label;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the catalog's volumes of a pool in step with what its node found when it opened it. */
public final class SetMembers {

    private static final Logger log = LoggerFactory.getLogger(SetMembers.class);

    private SetMembers() {}

    /**
     * The node has the pool open; what it does not name of a set is missing.
     *
     * @param label that it was to write if there was none; null: there had to be one
     */
    public static void take(CatalogEdit edit, PoolName pool, PoolAnswer.VolumeReady ready, Label label) throws BackupException {
        first(edit, pool, ready, label != null && label.volume().equals(ready.volume()) ? label.made() : null);
        Set<VolumeId> named = new HashSet<>();
        for (PoolAnswer.Member member : ready.members()) {
            named.add(member.volume());
            take(edit, pool, member);
        }
        if (!named.isEmpty()) {
            for (Volume volume : VolumeBook.inSet(edit, pool)) {
                if (!named.contains(volume.id())) {
                    happened(edit, volume, VolumeEvent.LOST, "it is not in the library, and its storage node does not know it");
                }
            }
        }
    }

    private static void first(CatalogEdit edit, PoolName pool, PoolAnswer.VolumeReady ready, Instant labelled) throws BackupException {
        Volume known = edit.volume(ready.volume()).orElse(null);
        boolean left = !ready.members().isEmpty() && ready.members().stream().noneMatch(member -> member.volume().equals(ready.volume()));
        if (left) {
            if (known == null) {
                edit.putVolume(new Volume(ready.volume(), pool, ready.label(), null, Volume.State.EXPIRED, "", 0, -1));
            }
            return;
        }
        if (known == null) {
            edit.putVolume(new Volume(ready.volume(), pool, ready.label(), ready.barcode() == null ? null : ready.barcode().value(),
                    Volume.State.APPENDABLE, ready.location(), ready.used(), ready.capacity(), ready.volume(), 1, labelled, null, null, 0, null));
            return;
        }
        // in which slot it lies an inventory knows better
        boolean shelved = known.barcode() != null && !known.location().isBlank();
        Volume there = known.at(shelved ? known.location() : ready.location(), ready.capacity() < 0 ? known.capacity() : ready.capacity());
        edit.putVolume(ready.members().isEmpty() && VolumeBook.inSet(edit, pool).size() == 1 ? there.filled(ready.used()) : there);
        happened(edit, edit.volume(known.id()).orElseThrow(), VolumeEvent.PROVEN, null);
    }

    private static void take(CatalogEdit edit, PoolName pool, PoolAnswer.Member member) throws BackupException {
        Volume volume = VolumeBook.labelled(edit, new NodeReport.VolumeLabelled(pool, member.volume(), member.number(), member.label(), member.barcode(),
                member.location(), member.capacity()));
        if (member.used() >= 0 && member.used() != volume.used()) {
            volume = volume.filled(member.used());
            edit.putVolume(volume);
        }
        Optional<VolumeEvent> event = VolumeEvent.told(member.state());
        boolean old = event.isPresent() && event.get() == VolumeEvent.ACCUSED && VolumeMarks.isAccepted(edit, volume.id());
        if (event.isPresent() && !old) {
            happened(edit, volume, event.get(), member.why());
        }
    }

    /** What its node has found out since it opened the pool: some are suspect. What was accepted is nothing new. */
    public static void doubted(CatalogEdit edit, PoolName pool, List<VolumeAnswer.VolumeUse> uses) throws BackupException {
        Set<VolumeId> doubted = uses.stream().filter(VolumeAnswer.VolumeUse::suspect).map(VolumeAnswer.VolumeUse::volume).collect(Collectors.toSet());
        for (Volume volume : VolumeBook.inSet(edit, pool)) {
            boolean trusted = volume.state() == Volume.State.APPENDABLE || volume.state() == Volume.State.FULL;
            if (trusted && doubted.contains(volume.id()) && !VolumeMarks.isAccepted(edit, volume.id())) {
                happened(edit, volume, VolumeEvent.ACCUSED, "it does not end where it should, as its storage node says");
            }
        }
    }

    /** What can't happen to it is told by who knows better. */
    private static void happened(CatalogEdit edit, Volume volume, VolumeEvent event, String why) throws BackupException {
        try {
            VolumeBook.change(edit, volume, event, why);
        } catch (BackupException e) {
            if (!e.failure().code().equals(VolumeBook.STATE)) {
                throw e;
            }
            log.info("{}", e.getMessage());
        }
    }
}
