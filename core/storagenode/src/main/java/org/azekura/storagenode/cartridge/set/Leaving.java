package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Noted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a cartridge leave the set of a pool, step by step: what counts there is written again on the cartridge that is written, then the mark that it has left.
 * Whatever step it is cut off in, the set has everything. Thread-safe; one step at a time.
 */
final class Leaving {

    /** In one step. */
    private static final int DELETIONS = 4096;
    /** Likewise: each is an open file. */
    private static final int BLOBS = 512;
    private static final int NAMED = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    private final Shelf shelf;
    private final Finding finding;
    private final Spanning spanning;
    private final Lane lane;
    private final ReentrantLock lock = new ReentrantLock();
    /** For whom, and which cartridge; guarded by the lock as all that follows. */
    private Object run;
    private VolumeId leaving;
    /** Blobs whose copies were read, by their serials. */
    private final BitSet proven = new BitSet();
    /** Blobs that can't be read. */
    private final Set<String> stuck = new HashSet<>();

    Leaving(Shelf shelf, Finding finding, Spanning spanning, Lane lane) {
        this.shelf = shelf;
        this.finding = finding;
        this.spanning = spanning;
        this.lane = lane;
    }

    /**
     * As {@link org.azekura.storagenode.cartridge.LibraryStore#leave}.
     *
     * @param by   what could not be read for somebody else is tried again
     * @param most bytes that are copied at once, but for one blob that is longer
     */
    Leave step(VolumeId volume, Object by, long most) throws BackupException {
        if (!lock.tryLock()) {
            throw Trouble.busy(finding.where(), "another cartridge of the pool is leaving it");
        }
        try {
            Tape tape = finding.tapes().stream().filter(one -> one.volume().id().equals(volume)).findFirst().orElse(null);
            if (tape == null) {
                return LeftMark.isOf(LeftMark.on(finding.tapes()), volume) ? Leave.LEFT : refuse(volume);
            }
            requireCertain(tape);
            begin(by, volume);
            // Others need room on that disk, too.
            return step(tape, Math.min(most, shelf.spool().usable() / 2));
        } finally {
            lock.unlock();
        }
    }

    private Leave refuse(VolumeId volume) throws BackupException {
        throw BackupException.operator("volume.unknown", volume.toString(), finding.where() + ": there is no volume " + volume + " in this pool");
    }

    /** What is not known may say something of what lies there. */
    private void requireCertain(Tape tape) throws BackupException {
        String unknown = finding.unknown();
        if (!unknown.isEmpty()) {
            throw Trouble.missing(tape.where(), "it can't leave its pool while it is not known what lies on " + unknown + "; put that into the library");
        }
        if (tape == finding.tapes().getLast()) {
            throw BackupException.operator("volume.written", tape.label().name(), tape.where() + " is the cartridge that its pool is written on; it can leave"
                    + " when another one has followed it");
        }
        for (Tape other : finding.tapes()) {
            if (other != finding.tapes().getLast() && !other.contents().isClosed() && other.volume().suspect() == null) {
                toItsEnd(other);
            }
        }
    }

    /**
     * More may lie there than was noted. One that is read once needs that no more, however many steps it takes.
     *
     * @throws BackupException {@code volume.missing}
     */
    private void toItsEnd(Tape other) throws BackupException {
        other.open();
        if (other.volume().suspect() == null) {
            lane.take(other.where(), () -> {
                other.volume().shut();
                return null;
            });
        }
    }

    /** What is read from one cartridge is written on another, and read there, in one step: hands can't change them meanwhile. */
    private void requireDriveForEach(Tape tape) throws BackupException {
        if (shelf.robot().isByHand() && shelf.library().drives().size() == 1) {
            throw BackupException.operator("device.unsupported", shelf.where(), tape.where() + " can't leave its pool: what counts there must be copied to"
                    + " another cartridge, and " + shelf.where() + " has one drive and no robot; use a library with a robot or a second drive");
        }
    }

    private void begin(Object by, VolumeId volume) {
        if (!by.equals(run) || !volume.equals(leaving)) {
            run = by;
            stuck.clear();
        }
        if (!volume.equals(leaving)) {
            leaving = volume;
            proven.clear();
        }
    }

    private Leave step(Tape tape, long most) throws BackupException {
        Debts debts = Debts.of(tape, finding.tapes());
        Debts.Some blobs = debts.blobs(blob -> stuck.contains(blob.key()), BLOBS, most);
        if (!blobs.isEmpty()) {
            requireDriveForEach(tape);
            return copy(tape, blobs);
        }
        Debts.Some unproven = debts.copied(blob -> isProven(blob) || stuck.contains(blob.key()), BLOBS, most);
        if (!unproven.isEmpty()) {
            return prove(tape, unproven);
        }
        return stuck.isEmpty() ? last(tape) : outcome(new Debts.Some(List.of(), 0), Map.of());
    }

    private boolean isProven(Noted blob) {
        return blob.serial() < Integer.MAX_VALUE && proven.get((int) blob.serial());
    }

    private Leave outcome(Debts.Some done, Map<String, BlobPlace> places) {
        return new Leave(false, done.blobs().size(), done.blobs().stream().mapToLong(Noted::size).sum(), done.rest(), places,
                stuck.stream().sorted().limit(NAMED).toList());
    }

    private Leave copy(Tape tape, Debts.Some batch) throws BackupException {
        List<Noted> taken = new ArrayList<>();
        try (Copying copying = new Copying(shelf, finding, spanning, lane, tape)) {
            for (Noted blob : batch.blobs()) {
                if (copying.take(blob)) {
                    taken.add(blob);
                } else {
                    stuck.add(blob.key());
                }
            }
            copying.write();
        }
        return copied(taken, batch);
    }

    private Leave copied(List<Noted> taken, Debts.Some batch) {
        Map<String, BlobPlace> places = new LinkedHashMap<>();
        Union union = new Union(finding.tapes());
        for (Noted blob : taken) {
            if (blob.serial() < Integer.MAX_VALUE) {
                proven.set((int) blob.serial());
            }
            Union.Lying lying = union.find(blob.key());
            if (lying != null) {
                places.put(blob.key(), lying.place());
            }
        }
        return outcome(batch, places);
    }

    /** Copies that an earlier run made, and of which nobody knows whether they were read. */
    private Leave prove(Tape tape, Debts.Some batch) throws BackupException {
        List<Noted> taken = new ArrayList<>();
        try (Copying copying = new Copying(shelf, finding, spanning, lane, tape)) {
            for (Noted blob : batch.blobs()) {
                if (copying.isSound(blob) || copying.take(blob)) {
                    taken.add(blob);
                } else {
                    stuck.add(blob.key());
                }
            }
            copying.write();
        }
        return copied(taken, batch);
    }

    /** Deletions, and then the mark. What is found under the lock of the set is so until it is let go of: only there anything is written. */
    private Leave last(Tape tape) throws BackupException {
        Leave step = lane.take(tape.where(), () -> {
            shelf.requireOpen();
            Debts debts = Debts.of(tape, finding.tapes());
            List<Waiting> again = debts.deletions(DELETIONS).stream().map(Waiting::mark).toList();
            if (!again.isEmpty()) {
                write(again);
                return new Leave(false, again.size(), 0, 0, Map.of(), List.of());
            }
            boolean paid = debts.blobs(blob -> false, 1, 0).isEmpty() && debts.copied(this::isProven, 1, 0).isEmpty();
            if (!paid) {
                return new Leave(false, 1, 0, 0, Map.of(), List.of());
            }
            write(List.of(new Waiting(new LeftMark(tape.label().number(), tape.volume().id()).key(), new Content.Bytes(mark(tape)))));
            finding.leave(tape);
            LOG.info("volume={} has left pool {}: nothing on {} is needed any more", tape.label().name(), tape.label().pool(), tape.where());
            return Leave.LEFT;
        });
        if (step.left()) {
            forget(tape);
            proven.clear();
        }
        return step;
    }

    private static byte[] mark(Tape tape) {
        return tape.label().number() == 1 ? tape.volume().labelled().bytes() : new byte[0];
    }

    private void write(List<Waiting> batch) throws BackupException {
        spanning.write(batch);
        for (Waiting one : batch) {
            one.result();
        }
    }

    /** The drive it may lie in is free for others. */
    private void forget(Tape tape) {
        try {
            Bay bay = shelf.bays().with(tape);
            if (bay != null) {
                Bay there = shelf.bays().locked(bay.number());
                try {
                    if (there.tape() == tape) {
                        there.forget();
                    }
                } finally {
                    there.unlock();
                }
            }
        } catch (BackupException e) {
            LOG.info("{}: {}", tape.where(), e.getMessage());
        }
    }
}
