package org.azekura.extract;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.RecoveryFile;

/**
 * The volumes that were named, and those that lie in them: whole volumes of other pools, for copies.
 *
 * @param copies those with a label that can be read; of the others nobody could say whose they are
 */
record AtHand(List<Volume> named, List<Volume> copies) {

    static AtHand open(List<? extends Medium> media, Notes notes) throws BackupException {
        List<Volume> named = new ArrayList<>();
        List<Volume> copies = new ArrayList<>();
        for (Medium medium : media) {
            named.add(Volume.open(medium, notes));
            for (Medium below : medium.copies()) {
                Volume copy = media.contains(below) ? null : Volume.open(below, notes);
                if (copy != null && copy.label() != null) {
                    copies.add(copy);
                }
            }
        }
        return new AtHand(named, copies);
    }

    /** Those of the pool that the file was made for; if none is, of the first pool that its key opens; else those that were named. */
    List<Volume> fitting(RecoveryFile file, Notes notes) throws BackupException {
        List<Volume> all = new ArrayList<>(named);
        all.addAll(copies);
        PoolName pool = file.pool() != null && all.stream().anyMatch(volume -> isOf(volume, file.pool())) ? file.pool() : opened(all, file, notes);
        return pool == null ? named : all.stream().filter(volume -> volume.label() == null || isOf(volume, pool)).toList();
    }

    private static boolean isOf(Volume volume, PoolName pool) {
        return volume.label() != null && volume.label().pool().equals(pool);
    }

    private static PoolName opened(List<Volume> all, RecoveryFile file, Notes notes) throws BackupException {
        for (Volume volume : all) {
            List<KeyRing> rings = new ArrayList<>();
            new KeyRings(volume, notes).read(rings);
            if (volume.label() != null && rings.stream().anyMatch(ring -> ring.recipient(file.keyId()) != null)) {
                return volume.label().pool();
            }
        }
        return null;
    }
}
