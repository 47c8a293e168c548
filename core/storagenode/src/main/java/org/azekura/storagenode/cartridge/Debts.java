package org.azekura.storagenode.cartridge;

import java.util.ArrayList;
import java.util.List;

/**
 * What a set would lose without one of its cartridges. It gets less with time, but for what comes on the last cartridge: nothing is written on the others.
 *
 * @param earlier in order; it must be known what lies on each
 * @param later   likewise
 */
record Debts(Tape tape, List<Tape> earlier, List<Tape> later) {

    static Debts of(Tape tape, List<Tape> all) {
        int at = all.indexOf(tape);
        return new Debts(tape, all.subList(0, at), all.subList(at + 1, all.size()));
    }

    private boolean isSuperseded(String key) {
        return later.stream().anyMatch(one -> one.contents() != null && one.contents().covers(key));
    }

    /** The blobs there that count, in the order in which they lie. */
    List<Noted> blobs() {
        List<Noted> all = new ArrayList<>();
        tape.contents().list("", blob -> {
            if (!isSuperseded(blob.key())) {
                all.add(blob);
            }
        });
        return all;
    }

    /** The blobs there that count no more because a later cartridge has one of that name. */
    List<Noted> copied() {
        List<Noted> all = new ArrayList<>();
        Union rest = new Union(later);
        tape.contents().list("", blob -> {
            if (rest.find(blob.key()) != null) {
                all.add(blob);
            }
        });
        return all;
    }

    /** Blobs that were deleted there, and that would be back. */
    List<String> deletions() {
        Union before = new Union(earlier);
        return tape.contents().objects().stream().filter(Noted::deletion).map(Noted::key)
                .filter(key -> tape.contents().get(key) == null && !isSuperseded(key) && before.find(key) != null).toList();
    }
}
