package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Name;
import org.azekura.storagenode.cartridge.note.Noted;

/** What lies on several cartridges together: what stands on a later one counts, and a deletion counts for all before it. Any thread. */
record Union(List<Tape> tapes) {

    /** A blob, and the cartridge that it lies on. */
    record Lying(Tape tape, Noted blob) {

        BlobPlace place() {
            return new BlobPlace(tape.volume().id(), tape.volume().barcode(), blob.at());
        }
    }

    /** Null if there is none. */
    Lying find(String key) {
        Name name = Name.of(key);
        for (Tape tape : tapes.reversed()) {
            Contents contents = tape.contents();
            if (contents != null && contents.covers(name)) {
                Noted blob = contents.get(name);
                return blob == null ? null : new Lying(tape, blob);
            }
        }
        return null;
    }

    /** In the order in which they lie. */
    void list(String prefix, Consumer<Blob> each) {
        for (int i = 0; i < tapes.size(); i++) {
            Contents contents = tapes.get(i).contents();
            List<Contents> later = tapes.subList(i + 1, tapes.size()).stream().map(Tape::contents).filter(Objects::nonNull).toList();
            if (contents != null) {
                contents.list(prefix, blob -> {
                    if (!isCovered(blob, later)) {
                        each.accept(blob);
                    }
                });
            }
        }
    }

    /** How much of each counts. It must be known what lies on them, or nothing counts there. */
    List<Use> uses() {
        List<Use> all = new ArrayList<>();
        for (Tape tape : tapes) {
            long[] packs = new long[1];
            long[] live = new long[1];
            if (tape.contents() != null) {
                Debts.of(tape, tapes).eachBlob(blob -> {
                    packs[0] += Keys.isPack(blob.key()) ? 1 : 0;
                    live[0] += blob.size();
                });
            }
            all.add(new Use(tape.volume().id(), tape.label().number(), tape != tapes.getLast() && tape.contents() != null, tape.volume().isDoubtful(), packs[0],
                    live[0], tape.used()));
        }
        return all;
    }

    static boolean isCovered(Blob blob, List<Contents> later) {
        Name name = Name.of(blob.key());
        for (Contents contents : later) {
            if (contents.covers(name)) {
                return true;
            }
        }
        return false;
    }
}
