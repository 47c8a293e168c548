package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.api.device.BlobStore.Space;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.First;

/**
 * The cartridges of a pool, as one place for its blobs. Safe for any number of threads: batches are written one after the other, what is listed needs no
 * drive, and reading waits only for the cartridge that it is about.
 */
public final class MediaSet {

    private final Shelf shelf;
    private final PoolName pool;
    private final Finding finding;
    private final Spanning spanning;
    private final Leaving leaving;
    private final Lane lane;
    private final AtomicInteger writers = new AtomicInteger();
    private final Held held = new Held();
    private final Rings rings = new Rings();

    public MediaSet(Shelf shelf, PoolName pool, Optional<Barcode> wanted) {
        this.shelf = shelf;
        this.lane = new Lane(shelf.bays()::steps);
        this.pool = pool;
        this.finding = new Finding(shelf, pool, wanted, () -> writers.get() > 0);
        this.spanning = new Spanning(shelf, pool, finding, () -> rings.copies(this));
        this.leaving = new Leaving(shelf, finding, spanning, lane);
    }

    /** For people: where is written. */
    public String where() {
        return finding.where();
    }

    /** Of the cartridge of the first volume, once it was found. */
    public Optional<Barcode> barcode() {
        return finding.barcode();
    }

    /** Whether who names this cartridge, or none, means this. */
    public boolean isAlsoFor(Optional<Barcode> barcode) {
        return finding.isAlsoFor(barcode);
    }

    /** For so many nanoseconds drives have written here, ever. */
    public long writing() {
        return finding.tapes().stream().mapToLong(Tape::writing).sum();
    }

    /** A blob is in the making. */
    public void begun() {
        writers.incrementAndGet();
    }

    /** It is not any more. */
    public void ended() {
        writers.decrementAndGet();
    }

    /** What lies on all of them; no cartridges if there are none yet. */
    private Union union() throws BackupException {
        shelf.requireOpen();
        if (finding.tapes().isEmpty()) {
            lane.take(where(), () -> finding.tapes().isEmpty() ? finding.find() : null);
        }
        return new Union(finding.tapes());
    }

    /** The pool's volume, that with which the set begins; null if there is none yet. */
    public VolumeId id() throws BackupException {
        List<Tape> all = union().tapes();
        return all.isEmpty() ? null : all.getFirst().label().set();
    }

    /** In bytes; -1 if there is no such blob. */
    public long size(String key) throws BackupException {
        Union all = union();
        if (all.tapes().isEmpty()) {
            return lane.take(where(), () -> {
                byte[] content = held.get(key);
                return content == null ? -1L : content.length;
            });
        }
        if (key.equals(Keys.LABEL)) {
            return Label.BYTES;
        }
        Union.Lying found = all.find(key);
        return found == null ? -1 : found.blob().size();
    }

    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        Union all = union();
        if (all.tapes().isEmpty()) {
            lane.take(where(), () -> {
                held.list(prefix, each);
                return null;
            });
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

    /** The cartridges of the pool, by number; none if there is none yet. */
    public List<Tape> tapes() throws BackupException {
        return union().tapes();
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#shut}. */
    public void shut(VolumeId volume) throws BackupException {
        Tape tape = tapes().stream().filter(one -> one.volume().id().equals(volume)).findFirst().orElseThrow(() -> BackupException.operator("volume.unknown",
                volume.toString(), "pool " + pool + " has no volume " + volume + " that is known in " + where()));
        lane.take(where(), () -> {
            tape.shut();
            return null;
        });
    }

    /** Where a blob lies; empty if there is none, or it waits for a label. */
    public Optional<BlobPlace> place(String key) throws BackupException {
        Union.Lying found = union().find(key);
        return found == null ? Optional.empty() : Optional.of(found.place());
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#leave}. */
    public Leave leave(VolumeId volume, Object by, long most) throws BackupException {
        if (union().tapes().isEmpty()) {
            throw Trouble.missing(where(), "pool " + pool + " has no cartridge that is known");
        }
        begun();
        try {
            return leaving.step(volume, by, most);
        } finally {
            ended();
        }
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#giveUp}. */
    public void giveUp(VolumeId volume, int number) throws BackupException {
        if (union().tapes().isEmpty()) {
            throw Trouble.missing(where(), "pool " + pool + " has no cartridge that is known");
        }
        begun();
        try {
            leaving.giveUp(volume, number);
        } finally {
            ended();
        }
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#cut}. */
    public void cut(VolumeId volume) throws BackupException {
        if (union().tapes().isEmpty()) {
            return;
        }
        lane.take(where(), () -> {
            Tape last = finding.tapes().getLast();
            if (last.volume().id().equals(volume) && !last.volume().isFresh()) {
                spanning.giveUp(last, Trouble.full(last.where(), "it is closed by the rules of its pool"), false);
            }
            return null;
        });
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#sumUp}. */
    public void sumUp() throws BackupException {
        if (union().tapes().isEmpty()) {
            return;
        }
        begun();
        try {
            lane.take(where(), () -> {
                shelf.carried().sumUp(finding.tapes().getLast());
                return null;
            });
        } finally {
            ended();
        }
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#uses}. */
    public List<Use> uses() throws BackupException {
        return union().uses();
    }

    /** Those that were of the set, as far as it is known. */
    public List<Left> left() throws BackupException {
        return LeftMark.on(union().tapes()).stream().map(mark -> new Left(mark.number(), mark.volume(), Optional.ofNullable(shelf.owners().label(mark.volume()))
                .map(label -> label.label().name()), shelf.owners().barcode(mark.volume()))).toList();
    }

    /** The cartridges, in order. Asks the changer which are there. */
    public List<Member> members() throws BackupException {
        Census census = new Census(shelf.robot().cartridges());
        return finding.tapes().stream().map(census::member).toList();
    }

    /** Fills the buffer from the blob, as far as that goes. */
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        Union all = union();
        if (all.tapes().isEmpty()) {
            return lane.take(where(), () -> copy(held.get(key), key, offset, into));
        }
        if (key.equals(Keys.LABEL)) {
            return copy(label(all.tapes()), key, offset, into);
        }
        Union.Lying found = all.find(key);
        if (found == null) {
            throw absent(key);
        }
        return found.tape().read(found.blob(), offset, into);
    }

    /** Who reads the label wants to know whether the pool is there: one of its cartridges is asked for, that which is written first. */
    private byte[] label(List<Tape> tapes) throws BackupException {
        Tape first = tapes.getFirst();
        byte[] label = first.label().number() == 1 ? first.volume().labelled().bytes() : ofTheFirst(tapes);
        if (label == null) {
            throw Trouble.missing(where(), "the first volume of pool " + pool + " is not known here; put its cartridge into the library");
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

    /** The label of a first volume that has left; null if it has not, as far as is known. */
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

    private BackupException absent(String key) {
        String unknown = finding.unknown();
        return unknown.isEmpty() ? BackupException.media("blob.missing", key, "there is no blob \"" + key + "\" in " + where(), null)
                : Trouble.missing(where(), "\"" + key + "\" is on no cartridge that is known, perhaps on " + unknown + "; put that into the library");
    }

    private int copy(byte[] content, String key, long offset, ByteBuffer into) throws BackupException {
        if (content == null) {
            throw absent(key);
        }
        int length = Math.clamp(content.length - offset, 0, into.remaining());
        into.put(content, (int) Math.min(offset, content.length), length);
        return length;
    }

    /** @throws BackupException {@code blob.exists}; {@code volume.suspect} if nothing can be written, nor on another cartridge */
    public void requireFree(String key) throws BackupException {
        if (size(key) >= 0) {
            throw taken(key);
        }
        if (shelf.supply() == Supply.NONE && !finding.tapes().isEmpty()) {
            finding.tapes().getLast().volume().requireSound();
        }
    }

    private BackupException taken(String key) {
        return BackupException.operator("blob.exists", key, where() + " has a blob \"" + key + "\" already");
    }

    /** @throws BackupException {@code device.full} if there is no room for a blob of this size, or a larger one, nor another cartridge for it */
    public void requireRoom(String key, long size) throws BackupException {
        shelf.requireOpen();
        if (shelf.supply() == Supply.NONE && !finding.tapes().isEmpty()) {
            finding.tapes().getLast().room().require(where(), key, size);
        }
    }

    /**
     * Writes all of these, in this order, on as many cartridges as it takes: blobs, deletions, and the label, before which the others wait in memory. Each is
     * done at return, or has failed; those of which an exception says nothing are not known to be written. One batch at a time.
     */
    public void write(List<Waiting> batch) throws BackupException {
        write(batch, batch.stream().anyMatch(Waiting::frees));
    }

    /**
     * The same.
     *
     * @param frees what is written, or stands behind it, frees other cartridges: one that is left for that may be taken
     */
    public void write(List<Waiting> batch, boolean frees) throws BackupException {
        if (union().tapes().isEmpty()) {
            lane.take(where(), () -> {
                for (Waiting one : finding.tapes().isEmpty() ? batch : List.<Waiting>of()) {
                    keep(one);
                }
                return null;
            });
        }
        batch.stream().filter(one -> !one.isDone() && one.key().equals(Keys.LABEL)).forEach(one -> one.failed(labelStays(one)));
        List<Waiting> rest = new ArrayList<>(batch);
        rest.removeIf(Waiting::isDone);
        if (!rest.isEmpty()) {
            lane.take(where(), () -> {
                for (Waiting one : rest) {
                    rings.written(one);
                }
                spanning.write(rest, frees);
                return null;
            });
        }
    }

    private BackupException labelStays(Waiting one) {
        return one.isDeletion() ? BackupException.operator("device.unsupported", where(), where() + ": the label of a cartridge can't be deleted")
                : taken(Keys.LABEL);
    }

    /** Makes the first volume, or keeps this until there is one. What comes behind the label goes to the tape. */
    private void keep(Waiting one) {
        if (!finding.tapes().isEmpty()) {
            return;
        }
        try {
            if (one.isDeletion()) {
                held.remove(one.key());
            } else if (one.key().equals(Keys.LABEL)) {
                label(one.content());
            } else {
                held.add(one.key(), one.content(), where());
                rings.written(one);
            }
            one.written();
        } catch (BackupException e) {
            one.failed(Trouble.at(where(), e));
        }
    }

    private void label(Content content) throws BackupException {
        if (content.size() != Label.BYTES) {
            throw Trouble.quarantined(where(), "a label of " + content.size() + " bytes, expected " + Label.BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        content.read(0, bytes);
        if (!finding.label(new First.Labelled(Label.parse(bytes.array()), bytes.array()), held)) {
            throw taken(Keys.LABEL);
        }
    }

    /** Who waits for a drive that did not answer asks for this: then it is tried. */
    public Space space() throws BackupException {
        List<Tape> all = union().tapes();
        if (spanning.isAway()) {
            all.getLast().require();
            spanning.isBack();
        }
        return all.isEmpty() ? new Space(-1, -1) : spanning.space(all);
    }

    /** A number that changes as long as a drive that has one of its cartridges, or looks for one, does something. Never blocks. */
    public long steps() {
        List<Tape> tapes = finding.tapes();
        // Who has none in a drive waits for what others do there: it is his turn after theirs.
        boolean waits = tapes.stream().allMatch(tape -> shelf.bays().with(tape) == null);
        return waits ? shelf.bays().steps() : shelf.bays().steps(tapes);
    }

    /** The library is not served any more. */
    public void close() {
        finding.tapes().forEach(Tape::close);
    }
}
