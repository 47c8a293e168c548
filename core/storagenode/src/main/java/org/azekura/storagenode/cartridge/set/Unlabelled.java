package org.azekura.storagenode.cartridge.set;

import java.util.List;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;

/** A set that has no cartridge yet: what is to stand behind its label is kept in memory until that is written. Safe for any number of threads: all take the lane. */
final class Unlabelled {

    private final Finding finding;
    private final Lane lane;
    private final PoolLabel label;
    private final Rings rings;
    private final Held held = new Held();

    Unlabelled(Finding finding, Lane lane, PoolLabel label, Rings rings) {
        this.finding = finding;
        this.lane = lane;
        this.label = label;
        this.rings = rings;
    }

    /** Null if there is none. */
    byte[] get(String key) throws BackupException {
        return lane.take(finding.where(), () -> held.get(key));
    }

    void list(String prefix, Consumer<Blob> each) throws BackupException {
        lane.take(finding.where(), () -> {
            held.list(prefix, each);
            return null;
        });
    }

    /** Makes the first volume where the label is among these, or keeps them until there is one. What comes behind the label is left: it goes to the tape. */
    void take(List<Waiting> batch) throws BackupException {
        lane.take(finding.where(), () -> {
            for (Waiting one : batch) {
                if (finding.tapes().isEmpty()) {
                    keep(one);
                }
            }
            return null;
        });
    }

    private void keep(Waiting one) {
        try {
            if (one.isDeletion()) {
                held.remove(one.key());
            } else if (one.key().equals(Keys.LABEL)) {
                label.make(one.content(), held);
            } else {
                held.add(one.key(), one.content(), finding.where());
                rings.written(one);
            }
            one.written();
        } catch (BackupException e) {
            one.failed(Trouble.at(finding.where(), e));
        }
    }
}
