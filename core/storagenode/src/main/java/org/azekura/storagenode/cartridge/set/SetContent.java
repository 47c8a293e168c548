package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;

/** What lies in a set, on whichever of its cartridges. Safe for any number of threads: what is listed needs no drive, and reading waits only for the cartridge that it is about. */
record SetContent(Shelf shelf, Finding finding, Lane lane, PoolLabel label, Unlabelled unlabelled) {

    /** What lies on all of them; no cartridges if there are none yet. */
    Union union() throws BackupException {
        shelf.requireOpen();
        if (finding.tapes().isEmpty()) {
            lane.take(finding.where(), () -> finding.tapes().isEmpty() ? finding.find() : null);
        }
        return new Union(finding.tapes());
    }

    /** In bytes; -1 if there is no such blob. */
    long size(String key) throws BackupException {
        Union all = union();
        if (all.tapes().isEmpty()) {
            byte[] content = unlabelled.get(key);
            return content == null ? -1 : content.length;
        }
        if (key.equals(Keys.LABEL)) {
            return Label.BYTES;
        }
        Union.Lying found = all.find(key);
        return found == null ? -1 : found.blob().size();
    }

    void list(String prefix, Consumer<Blob> each) throws BackupException {
        Union all = union();
        if (all.tapes().isEmpty()) {
            unlabelled.list(prefix, each);
            return;
        }
        if (Keys.LABEL.startsWith(prefix)) {
            each.accept(new Blob(Keys.LABEL, Label.BYTES));
        }
        all.list(prefix, blob -> {
            if (!blob.key().startsWith(LeftMark.PREFIX) && !blob.key().startsWith(Keys.CARRIED)) {
                each.accept(blob);
            }
        });
    }

    /** Where a blob lies; empty if there is none, or it waits for a label. */
    Optional<BlobPlace> place(String key) throws BackupException {
        Union.Lying found = union().find(key);
        return found == null ? Optional.empty() : Optional.of(found.place());
    }

    /** Fills the buffer from the blob, as far as that goes. */
    int read(String key, long offset, ByteBuffer into) throws BackupException {
        Union all = union();
        if (all.tapes().isEmpty()) {
            return copy(unlabelled.get(key), key, offset, into);
        }
        if (key.equals(Keys.LABEL)) {
            return copy(label.of(all.tapes()), key, offset, into);
        }
        Union.Lying found = all.find(key);
        if (found == null) {
            throw absent(key);
        }
        return found.tape().read(found.blob(), offset, into);
    }

    private BackupException absent(String key) {
        String unknown = finding.unknown();
        return unknown.isEmpty() ? BackupException.media("blob.missing", key, "there is no blob \"" + key + "\" in " + finding.where(), null)
                : Trouble.missing(finding.where(), "\"" + key + "\" is on no cartridge that is known, perhaps on " + unknown + "; put that into the library");
    }

    private int copy(byte[] content, String key, long offset, ByteBuffer into) throws BackupException {
        if (content == null) {
            throw absent(key);
        }
        int length = Math.clamp(content.length - offset, 0, into.remaining());
        into.put(content, (int) Math.min(offset, content.length), length);
        return length;
    }
}
