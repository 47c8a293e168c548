package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.First;

/** The label of a pool: that of its first volume, which stays the pool's when that has left. */
record PoolLabel(Shelf shelf, PoolName pool, Finding finding) {

    /**
     * Who reads it wants to know whether the pool is there: one of its cartridges is asked for, that which is written first.
     *
     * @param tapes at least one
     */
    byte[] of(List<Tape> tapes) throws BackupException {
        Tape first = tapes.getFirst();
        byte[] label = first.label().number() == 1 ? first.volume().labelled().bytes() : ofTheFirst(tapes);
        if (label == null) {
            throw Trouble.missing(finding.where(), "the first volume of pool " + pool + " is not known here; put its cartridge into the library");
        }
        BackupException missing = null;
        for (Tape tape : tapes.reversed()) {
            try {
                tape.require();
                return label;
            } catch (BackupException e) {
                if (!Trouble.isElsewhere(e)) {
                    throw e;
                }
                missing = missing == null ? e : missing;
            }
        }
        throw missing;
    }

    /** Of a first volume that has left; null if it has not, as far as is known. */
    private byte[] ofTheFirst(List<Tape> tapes) throws BackupException {
        Union.Lying mark = new Union(tapes).find(new LeftMark(1, tapes.getFirst().label().set()).key());
        if (mark == null || mark.blob().size() != Label.BYTES) {
            return null;
        }
        First.Labelled noted = shelf.owners().label(tapes.getFirst().label().set());
        if (noted != null) {
            return noted.bytes();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        while (bytes.hasRemaining() && mark.tape().read(mark.blob(), bytes.position(), bytes) > 0) {}
        shelf.owners().remember(Optional.empty(), new First.Labelled(Label.parse(bytes.array()), bytes.array()));
        return bytes.array();
    }

    /** Makes the first volume, with what was held for it. */
    void make(Content content, Held held) throws BackupException {
        if (content.size() != Label.BYTES) {
            throw Trouble.quarantined(finding.where(), "a label of " + content.size() + " bytes, expected " + Label.BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        content.read(0, bytes);
        if (!finding.label(new First.Labelled(Label.parse(bytes.array()), bytes.array()), held)) {
            throw taken();
        }
    }

    /** Why it is not written, nor deleted, where there is one. */
    BackupException stays(Waiting one) {
        return one.isDeletion() ? BackupException.operator("device.unsupported", finding.where(), finding.where() + ": the label of a cartridge can't be deleted") : taken();
    }

    private BackupException taken() {
        return Trouble.taken(finding.where(), Keys.LABEL);
    }
}
