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
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;

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
    private final Rings rings = new Rings();
    private final PoolLabel label;
    private final Unlabelled unlabelled;
    private final SetContent content;

    public MediaSet(Shelf shelf, PoolName pool, Optional<Barcode> wanted) {
        this.shelf = shelf;
        this.lane = new Lane(shelf.bays()::steps);
        this.pool = pool;
        this.finding = new Finding(shelf, pool, wanted, () -> writers.get() > 0);
        this.label = new PoolLabel(shelf, pool, finding);
        this.unlabelled = new Unlabelled(finding, lane, label, rings);
        this.content = new SetContent(shelf, finding, lane, label, unlabelled);
        this.spanning = new Spanning(shelf, pool, finding, () -> rings.copies(content));
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

    /** In bytes; -1 if there is no such blob. */
    public long size(String key) throws BackupException {
        return content.size(key);
    }

    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        content.list(prefix, each);
    }

    /** Where a blob lies; empty if there is none, or it waits for a label. */
    public Optional<BlobPlace> place(String key) throws BackupException {
        return content.place(key);
    }

    /** Fills the buffer from the blob, as far as that goes. */
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        return content.read(key, offset, into);
    }

    /** The pool's volume, that with which the set begins; null if there is none yet. */
    public VolumeId id() throws BackupException {
        List<Tape> all = content.union().tapes();
        return all.isEmpty() ? null : all.getFirst().label().set();
    }

    /** The cartridges of the pool, by number; none if there is none yet. */
    public List<Tape> tapes() throws BackupException {
        return content.union().tapes();
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

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#leave}. */
    public Leave leave(VolumeId volume, Object by, long most) throws BackupException {
        return changing(() -> leaving.step(volume, by, most));
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#giveUp}. */
    public void giveUp(VolumeId volume, int number) throws BackupException {
        changing(() -> {
            leaving.giveUp(volume, number);
            return null;
        });
    }

    private <T> T changing(Lane.Step<T> change) throws BackupException {
        if (content.union().tapes().isEmpty()) {
            throw Trouble.missing(where(), "pool " + pool + " has no cartridge that is known");
        }
        begun();
        try {
            return change.run();
        } finally {
            ended();
        }
    }

    /** As {@link org.azekura.storagenode.cartridge.LibraryStore#cut}. */
    public void cut(VolumeId volume) throws BackupException {
        if (content.union().tapes().isEmpty()) {
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
        if (content.union().tapes().isEmpty()) {
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
        return content.union().uses();
    }

    /** Those that were of the set, as far as it is known. */
    public List<Left> left() throws BackupException {
        return LeftMark.on(content.union().tapes()).stream().map(mark -> new Left(mark.number(), mark.volume(), Optional.ofNullable(shelf.owners().label(mark.volume()))
                .map(label -> label.label().name()), shelf.owners().barcode(mark.volume()))).toList();
    }

    /** The cartridges, in order. Asks the changer which are there. */
    public List<Member> members() throws BackupException {
        Census census = new Census(shelf.robot().cartridges());
        return finding.tapes().stream().map(census::member).toList();
    }

    /** @throws BackupException {@code blob.exists}; {@code volume.suspect} if nothing can be written, nor on another cartridge */
    public void requireFree(String key) throws BackupException {
        if (size(key) >= 0) {
            throw Trouble.taken(where(), key);
        }
        if (shelf.supply() == Supply.NONE && !finding.tapes().isEmpty()) {
            finding.tapes().getLast().volume().requireSound();
        }
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
        if (content.union().tapes().isEmpty()) {
            unlabelled.take(batch);
        }
        batch.stream().filter(one -> !one.isDone() && one.key().equals(Keys.LABEL)).forEach(one -> one.failed(label.stays(one)));
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

    /** Who waits for a drive that did not answer asks for this: then it is tried. */
    public Space space() throws BackupException {
        List<Tape> all = content.union().tapes();
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
