package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.azekura.storagenode.cartridge.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the cartridges of a pool, and makes the first of a blank one. One thread at a time, but for what says else. */
final class Finding {

    /** Resets come in groups. */
    private static final int TRIES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Finding.class);

    private final Shelf shelf;
    private final PoolName pool;
    private final Optional<Barcode> wanted;
    private final BooleanSupplier written;
    /** In the order in which they were labelled; none until they were found. */
    private volatile List<Tape> tapes = List.of();

    Finding(Shelf shelf, PoolName pool, Optional<Barcode> wanted, BooleanSupplier written) {
        this.shelf = shelf;
        this.pool = pool;
        this.wanted = wanted;
        this.written = written;
    }

    /** In order; none if they were not found yet, or there are none. Any thread. */
    List<Tape> tapes() {
        return tapes;
    }

    /** For people. Any thread. */
    String where() {
        List<Tape> known = tapes;
        return known.isEmpty() ? shelf.where() + wanted.map(value -> ", cartridge " + value).orElse("") : known.getLast().where();
    }

    /** Of the cartridge that the first volume is on, once it was found. Any thread. */
    Optional<Barcode> barcode() {
        return tapes.stream().findFirst().flatMap(tape -> tape.volume().barcode());
    }

    /** Whether who names this cartridge, or none, means this. Any thread. */
    boolean isAlsoFor(Optional<Barcode> barcode) {
        return wanted.equals(barcode) || !tapes.isEmpty() && (barcode.isEmpty() || tapes.stream().anyMatch(tape -> tape.volume().barcode().equals(barcode)));
    }

    Tape tape(Optional<Barcode> barcode, First.Labelled label) {
        return new Tape(shelf, pool, new Volume(barcode, label, shelf.note(label.label().volume())), written);
    }

    /** One more is one of the pool's. */
    void add(Tape tape) {
        add(List.of(tape));
    }

    /** So are these; but for those that have left. All at once: nobody is to see some of a set. */
    private void add(List<Tape> found) {
        List<Tape> more = new ArrayList<>(tapes);
        more.addAll(found);
        Set<LeftMark> left = LeftMark.on(more);
        more.removeIf(tape -> LeftMark.isOf(left, tape.label()));
        more.sort(Comparator.comparingInt((Tape each) -> each.label().number()).thenComparing(each -> each.label().made()));
        tapes = List.copyOf(more);
    }

    /** It has left: the mark for it is on the tape. What this node noted of it goes. */
    void leave(Tape tape) {
        tapes = tapes.stream().filter(one -> one != tape).toList();
        tape.close();
        shelf.forget(tape.volume().id());
        tape.volume().barcode().ifPresent(shelf.strangers()::forget);
        if (tape.label().number() == 1) {
            // it is the pool's label still
            shelf.owners().remember(Optional.empty(), tape.volume().labelled());
        }
    }

    /** Looks for the pool's cartridges, and into the one that is written. */
    Choosing.Choice find() throws BackupException {
        for (int i = 1;; i++) {
            try {
                return look();
            } catch (BackupException e) {
                if (i == TRIES || !Trouble.isLost(e)) {
                    throw Trouble.at(where(), e);
                }
            }
        }
    }

    /** A label that stands alone is no volume: there may be others, which are. */
    private Choosing.Choice look() throws BackupException {
        Set<VolumeId> not = new HashSet<>();
        Choosing.Choice begun = null;
        Told told = Told.of(shelf, pool, wanted, label -> tape(shelf.owners().barcode(label.label().volume()), label));
        for (;;) {
            Choosing.Choice choice = shelf.choosing().choose(pool, wanted, not, volume -> told.tape() == null && shelf.note(volume).isSound()).orElse(null);
            if (choice == null || !(choice.first() instanceof First.Labelled labelled) || not.contains(labelled.label().volume())) {
                return begun != null ? begun : choice;
            }
            if (open(choice.cartridge(), labelled, told)) {
                return choice;
            }
            not.add(labelled.label().volume());
            begun = begun == null ? choice : begun;
        }
    }

    private boolean open(Robot.Found cartridge, First.Labelled chosen, Told told) throws BackupException {
        Tape last = told.take(chosen.label().volume(), () -> tape(cartridge.barcode(), chosen));
        boolean finished = last.open();
        shelf.owners().claim(cartridge, pool);
        shelf.carried().take(last);
        List<Tape> found = new ArrayList<>();
        List<Tape> settled = new ArrayList<>(List.of(last));
        // The mark of one that has left is on a later one.
        for (First.Labelled label : shelf.owners().set(chosen.label().set()).reversed()) {
            boolean isAnother = !label.label().volume().equals(chosen.label().volume());
            if (isAnother && Stream.of(found, List.of(last)).noneMatch(some -> LeftMark.isOf(LeftMark.on(some), label.label()))) {
                others(label, settled).ifPresent(found::add);
            }
        }
        if (finished) {
            found.add(last);
        } else {
            LOG.warn("{}: the labelling of cartridge {} was cut off, and begins anew", shelf.where(), cartridge.barcode().map(Barcode::value).orElse("?"));
            if (!found.isEmpty()) {
                shelf.owners().forget(chosen.label().volume());
            }
        }
        add(found);
        shut(settled);
        tellOfGaps();
        return !found.isEmpty();
    }

    /** Others follow those, and nobody may have noted that: the node had gone before, or what it noted. Of one that was not seen nobody knows where it ends. */
    private void shut(List<Tape> settled) throws BackupException {
        for (Tape tape : tapes) {
            if (tape != tapes.getLast() && settled.contains(tape) && tape.volume().suspect() == null) {
                tape.shut();
            }
        }
    }

    /** Another one of the set; empty if it was never made. It is loaded only if it is not known what lies on it, and is settled then. */
    private Optional<Tape> others(First.Labelled label, List<Tape> settled) throws BackupException {
        Optional<Barcode> barcode = shelf.owners().barcode(label.label().volume());
        Tape tape = tape(barcode, label);
        boolean known = tape.volume().recall();
        if (known && tape.isClosed()) {
            return claimed(tape, barcode);
        }
        try {
            if (tape.open()) {
                settled.add(tape);
                return claimed(tape, barcode);
            }
        } catch (BackupException e) {
            if (!Trouble.isElsewhere(e)) {
                throw e;
            }
            if (known || barcode.isPresent() && shelf.choosing().find(barcode.get()).isEmpty()) {
                LOG.warn("volume={}: {}", label.label().name(), e.getMessage());
                return claimed(tape, barcode);
            }
        }
        LOG.warn("{}: the labelling of volume {} was cut off, and begins anew", shelf.where(), label.label().name());
        shelf.owners().forget(label.label().volume());
        return Optional.empty();
    }

    private Optional<Tape> claimed(Tape tape, Optional<Barcode> barcode) {
        barcode.ifPresent(value -> shelf.owners().claim(value, pool));
        return Optional.of(tape);
    }

    /** For people: what of the pool may lie on cartridges of which this node knows nothing; empty if it knows of all. Any thread. */
    String unknown() {
        List<Tape> known = tapes;
        List<String> missing = new ArrayList<>();
        Set<Integer> left = LeftMark.on(known).stream().map(LeftMark::number).collect(Collectors.toSet());
        int number = 1;
        for (Tape tape : known) {
            for (; number < tape.label().number(); number++) {
                if (!left.contains(number)) {
                    missing.add("volume number " + number);
                }
            }
            number = tape.label().number() + 1;
            if (tape.contents() == null) {
                missing.add("volume \"" + tape.label().name() + "\"" + tape.volume().barcode().map(barcode -> " on cartridge " + barcode).orElse(""));
            }
        }
        return missing.stream().limit(10).collect(Collectors.joining(", "));
    }

    private void tellOfGaps() {
        String unknown = unknown();
        if (!unknown.isEmpty()) {
            LOG.warn("pool={} in {}: not known is what lies on {}; put it into the library and open the pool again", pool, shelf.where(), unknown);
        }
    }

    /**
     * Makes a volume with this label and what was kept for it; false if there is one.
     *
     * @throws BackupException {@code volume.missing} if there is no blank cartridge, {@code volume.quarantined}, {@code volume.label}
     */
    boolean label(First.Labelled label, Held held) throws BackupException {
        Choosing.Choice choice = find();
        // Another pool may have taken the one that was found, but that one only.
        for (Robot.Found taken = null; tapes.isEmpty() && (choice == null || !shelf.owners().claim(choice.cartridge(), pool)); choice = find()) {
            if (choice == null || taken != null && taken.barcode().equals(choice.cartridge().barcode())) {
                throw Trouble.missing(shelf.where(), "there is no blank cartridge for pool " + pool + "; put one in");
            }
            taken = choice.cartridge();
        }
        if (!tapes.isEmpty()) {
            return false;
        }
        Loaded loaded = shelf.bays().load(choice.cartridge());
        boolean fine = false;
        try {
            boolean same = loaded.first() instanceof First.Blank
                    || choice.first() instanceof First.Labelled before && new Volume(choice.cartridge().barcode(), before, null).isOn(loaded.first());
            if (!same) {
                throw Trouble.quarantined(shelf.where() + ", cartridge " + choice.cartridge().barcode().map(Barcode::value).orElse("?"),
                        "it begins with " + loaded.first() + ", expected nothing");
            }
            Tape made = tape(choice.cartridge().barcode(), label);
            made.label(loaded, held);
            shelf.owners().remember(choice.cartridge().barcode(), label);
            choice.cartridge().barcode().ifPresent(shelf.strangers()::forget);
            add(made);
            held.clear();
            fine = true;
        } finally {
            Mounting.leave(loaded.bay(), fine);
        }
        return true;
    }
}
