package org.azekura.storagenode.cartridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.azekura.storagenode.cartridge.set.Shelf;
import org.azekura.storagenode.cartridge.set.Tape;
import org.azekura.storagenode.cartridge.volume.Volume;
import org.azekura.storagenode.lease.Pass;

/** Where a pool lies on its cartridges, for who wants to read much of it. Safe for any number of threads. */
public final class Recall {

    private final Shelf shelf;
    private final PoolStore pool;
    private final MediaSet set;

    Recall(Shelf shelf, PoolStore pool) {
        this.shelf = shelf;
        this.pool = pool;
        this.set = pool.set();
    }

    /**
     * A cartridge of the pool.
     *
     * @param number from 1
     * @param label  the name written on it
     * @param place  for people; of one that is not there: what would do
     * @param other  what has its barcode instead of it begins with, for people; empty if that is not known
     */
    public record Cartridge(VolumeId volume, int number, String label, Optional<Barcode> barcode, String place, Reach reach, Optional<String> other) {

        /** Whether it can be brought into a drive. */
        public boolean there() {
            return reach != Reach.AWAY;
        }
    }

    /** How many of them can be read at once. Never blocks. */
    public int drives() {
        return Math.max(1, shelf.bays().usable());
    }

    /** How soon something that lies on a cartridge can be read, the soonest first. */
    public enum Reach {
        /** It is in a drive. */
        LOADED,
        /** It can be brought into one. */
        SHELVED,
        AWAY
    }

    /**
     * Of each cartridge of the pool. Asks the changer where they are.
     *
     * @param patience with others that have it move something
     * @throws BackupException {@code device.busy} after that
     */
    public Map<VolumeId, Reach> reaches(Duration patience) throws BackupException {
        List<Robot.Found> found = met(shelf.robot().cartridges(patience));
        return set.tapes().stream().map(Tape::volume).collect(Collectors.toMap(Volume::id, volume -> reach(volume, at(volume, found))));
    }

    private List<Robot.Found> met(List<Robot.Found> found) {
        shelf.strangers().there(found.stream().flatMap(one -> one.barcode().stream()).toList());
        return found;
    }

    /** Null if it is in no place where it can be used. */
    private static Robot.Found at(Volume volume, List<Robot.Found> found) {
        return found.stream().filter(one -> one.barcode().isPresent() ? one.barcode().equals(volume.barcode()) : volume.barcode().isEmpty())
                .findFirst().orElse(null);
    }

    /** What has its barcode instead of it. */
    private Optional<First> other(Volume volume) {
        return volume.barcode().map(shelf.strangers()::first);
    }

    private Reach reach(Volume volume, Robot.Found at) {
        return at == null || other(volume).isPresent() ? Reach.AWAY : at.drive().isPresent() ? Reach.LOADED : Reach.SHELVED;
    }

    /** By number. Asks the changer where they are. */
    public List<Cartridge> cartridges() throws BackupException {
        List<Robot.Found> found = met(shelf.robot().cartridges());
        List<Cartridge> cartridges = new ArrayList<>();
        for (Tape tape : set.tapes()) {
            Volume volume = tape.volume();
            Robot.Found at = at(volume, found);
            Optional<String> other = other(volume).map(First::toString);
            cartridges.add(new Cartridge(volume.id(), tape.label().number(), tape.label().name(), volume.barcode(), place(volume, at)
                    + other.map(first -> ", which begins with " + first).orElse(""), reach(volume, at), other));
        }
        return cartridges;
    }

    private String place(Volume volume, Robot.Found at) throws BackupException {
        if (at == null) {
            return shelf.where() + ": " + (volume.barcode().isPresent() ? shelf.robot().whereabouts(volume.barcode().get()) : "it is in no drive; put it in");
        }
        return shelf.where() + ", " + (at.drive().isPresent() ? "drive " + at.drive().getAsInt() : "slot " + at.at());
    }

    /** The volume that is written; empty if the pool has none yet. Needs no drive. */
    public Optional<VolumeId> written() throws BackupException {
        List<Tape> tapes = set.tapes();
        return tapes.isEmpty() ? Optional.empty() : Optional.of(tapes.getLast().volume().id());
    }

    /** The pool's volumes, by number. Needs no drive. */
    public List<VolumeId> all() throws BackupException {
        return set.tapes().stream().map(tape -> tape.volume().id()).toList();
    }

    /** Where a blob lies; empty if there is none, or it waits to be written. Needs no drive. */
    public Optional<BlobPlace> place(String key) throws BackupException {
        return pool.place(key);
    }

    /** That somebody will read more of a cartridge; until he is through. */
    @FunctionalInterface
    public interface Expected {

        /** He is, and others may have its drive at once. Once only. */
        void through();
    }

    /**
     * Others get the drive of this cartridge only if no other will do.
     *
     * @param reader that is through when this is
     * @throws BackupException {@code volume.missing} if there is no such cartridge
     */
    public Expected expect(VolumeId volume, JobId reader) throws BackupException {
        Tape tape = tape(volume);
        tape.expect();
        tape.pass().expect(reader);
        return () -> {
            tape.pass().leave(reader);
            tape.expectNoMore();
            if (!tape.isExpected()) {
                shelf.bays().leave(tape);
            }
        };
    }

    private Tape tape(VolumeId volume) throws BackupException {
        return set.tapes().stream().filter(one -> one.volume().id().equals(volume)).findFirst()
                .orElseThrow(() -> Trouble.missing(set.where(), "there is no volume " + volume + " in this pool"));
    }

    /**
     * Who reads a cartridge next, of several.
     *
     * @throws BackupException {@code volume.missing} if there is no such cartridge
     */
    public Pass pass(VolumeId volume) throws BackupException {
        return tape(volume).pass();
    }

    /**
     * Brings blobs of one cartridge into the order in which they are read best, from where the tape stands. If others read there, these are put
     * between what they will still read.
     *
     * @param reader  that will ask for them in that order, and is expected
     * @param objects where they begin, as {@link BlobPlace#position} counts
     * @return a permutation: by the drive if it knows and there are enough that it matters, else as they lie
     * @throws BackupException {@code volume.missing} if there is no such cartridge, {@code blob.missing} if nothing begins there,
     *                         {@code job.ended} if the reader is through
     */
    public List<Long> order(VolumeId volume, JobId reader, List<Long> objects) throws BackupException {
        Tape tape = tape(volume);
        return tape.pass().join(reader, objects, (all, joins) -> tape.plan(places(tape, all, Set.copyOf(objects)), joins));
    }

    /** What others wanted and is gone meanwhile is no concern of this reader. */
    private static List<Position> places(Tape tape, List<Long> objects, Set<Long> his) throws BackupException {
        Map<Long, Position> places = tape.contents().places(objects);
        List<Position> wanted = new ArrayList<>();
        for (long object : objects) {
            Position place = places.get(object);
            if (place != null) {
                wanted.add(place);
            } else if (his.contains(object)) {
                throw BackupException.media("blob.missing", tape.volume().id().toString(), "nothing begins at " + object + " on " + tape.where(), null);
            }
        }
        return wanted;
    }
}
