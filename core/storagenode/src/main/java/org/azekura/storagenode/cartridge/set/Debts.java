package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Noted;

/**
 * What a set would lose without one of its cartridges. It gets less with time, but for what comes on the last cartridge: nothing is written on the others.
 *
 * @param earlier in order; it must be known what lies on each
 * @param later   likewise
 */
record Debts(Tape tape, List<Tape> earlier, List<Tape> later) {

    /**
     * The first of many blobs.
     *
     * @param rest bytes of the others
     */
    record Some(List<Noted> blobs, long rest) {

        boolean isEmpty() {
            return blobs.isEmpty();
        }
    }

    static Debts of(Tape tape, List<Tape> all) {
        int at = all.indexOf(tape);
        return new Debts(tape, all.subList(0, at), all.subList(at + 1, all.size()));
    }

    private List<Contents> afterwards() {
        return later.stream().map(Tape::contents).filter(Objects::nonNull).toList();
    }

    /** Of what lies on another: each later cartridge has it, and it is lost without harm. */
    private static boolean isNote(Blob blob) {
        return blob.key().startsWith(Keys.CARRIED);
    }

    /** The blobs there that count, in the order in which they lie. */
    void eachBlob(Consumer<Blob> each) {
        List<Contents> after = afterwards();
        tape.contents().list("", blob -> {
            if (!isNote(blob) && !Union.isCovered(blob, after)) {
                each.accept(blob);
            }
        });
    }

    /** The blobs there that count no more because a later cartridge has one of that name. */
    private void eachCopied(Consumer<Blob> each) {
        Union rest = new Union(later);
        tape.contents().list("", blob -> {
            if (!isNote(blob) && rest.find(blob.key()) != null) {
                each.accept(blob);
            }
        });
    }

    /** The first of those that count, but for some: so many, with so many bytes together, or one. */
    Some blobs(Predicate<Noted> without, int count, long bytes) {
        return some(this::eachBlob, without, count, bytes);
    }

    /** The same of those that a later cartridge has. */
    Some copied(Predicate<Noted> without, int count, long bytes) {
        return some(this::eachCopied, without, count, bytes);
    }

    private Some some(Consumer<Consumer<Blob>> all, Predicate<Noted> without, int count, long bytes) {
        List<Noted> first = new ArrayList<>();
        long[] sum = new long[2];
        boolean[] full = new boolean[1];
        all.accept(blob -> {
            Noted noted = tape.contents().get(blob.key());
            if (noted == null || without.test(noted)) {
                return;
            }
            full[0] |= !first.isEmpty() && (first.size() == count || sum[0] + noted.size() > bytes);
            if (full[0]) {
                sum[1] += noted.size();
            } else {
                first.add(noted);
                sum[0] += noted.size();
            }
        });
        return new Some(first, sum[1]);
    }

    /** Blobs that were deleted there, and that would be back; the first of them. */
    List<String> deletions(int count) {
        List<Contents> after = afterwards();
        Union before = new Union(earlier);
        List<String> first = new ArrayList<>();
        tape.contents().deletions(key -> {
            if (first.size() < count && !Union.isCovered(new Blob(key, 0), after) && before.find(key) != null) {
                first.add(key);
            }
        });
        return first;
    }
}
