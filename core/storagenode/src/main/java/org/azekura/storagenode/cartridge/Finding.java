package org.azekura.storagenode.cartridge;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the cartridge of a pool, and makes one of a blank one. One thread at a time, but for what says else. */
final class Finding {

    /** Resets come in groups. */
    private static final int TRIES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Finding.class);

    private final Shelf shelf;
    private final PoolName pool;
    private final Optional<Barcode> wanted;
    private final BooleanSupplier written;
    /** Null until the volume was found, and read to its end. */
    private volatile Tape tape;

    Finding(Shelf shelf, PoolName pool, Optional<Barcode> wanted, BooleanSupplier written) {
        this.shelf = shelf;
        this.pool = pool;
        this.wanted = wanted;
        this.written = written;
    }

    /** Null if it was not found yet. Any thread. */
    Tape tape() {
        return tape;
    }

    /** For people. Any thread. */
    String where() {
        Tape known = tape;
        return known == null ? shelf.where() + wanted.map(value -> ", cartridge " + value).orElse("") : known.where();
    }

    /** Of the cartridge that the volume is on, once it was found. Any thread. */
    Optional<Barcode> barcode() {
        Tape known = tape;
        return known == null ? Optional.empty() : known.volume().barcode();
    }

    /** Whether who names this cartridge, or none, means this. Any thread. */
    boolean isAlsoFor(Optional<Barcode> barcode) {
        return wanted.equals(barcode) || tape != null && (barcode.isEmpty() || barcode.equals(barcode()));
    }

    private Tape tape(Optional<Barcode> barcode, First.Labelled label) {
        return new Tape(shelf, pool, new Volume(barcode, label, shelf.note(label.label().volume())), written);
    }

    /** Looks for the pool's cartridge; reads it if there is one. */
    Choosing.Choice find() throws BackupException {
        for (int i = 1;; i++) {
            try {
                Choosing.Choice choice = shelf.choosing().choose(pool, wanted).orElse(null);
                if (choice != null && choice.first() instanceof First.Labelled labelled) {
                    open(choice.cartridge(), labelled);
                }
                return choice;
            } catch (BackupException e) {
                if (i == TRIES || !Trouble.isLost(e)) {
                    throw e;
                }
            }
        }
    }

    private void open(Robot.Found cartridge, First.Labelled labelled) throws BackupException {
        Tape found = tape(cartridge.barcode(), labelled);
        boolean finished = found.open();
        shelf.choosing().claim(cartridge, pool);
        if (finished) {
            tape = found;
        } else {
            LOG.warn("{}: the labelling of cartridge {} was cut off, and begins anew", shelf.where(), cartridge.barcode().map(Barcode::value).orElse("?"));
        }
    }

    /**
     * Makes a volume with this label and what was kept for it; false if there is one.
     *
     * @throws BackupException {@code volume.missing} if there is no blank cartridge, {@code volume.quarantined}, {@code volume.label}
     */
    boolean label(First.Labelled label, Held held) throws BackupException {
        Choosing.Choice choice = find();
        if (tape != null) {
            return false;
        }
        if (choice == null || !shelf.choosing().claim(choice.cartridge(), pool)) {
            throw Trouble.missing(shelf.where(), "there is no blank cartridge for pool " + pool + "; put one in");
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
            shelf.choosing().remember(choice.cartridge().barcode(), label);
            tape = made;
            held.clear();
            fine = true;
        } finally {
            Mounting.leave(loaded.bay(), fine);
        }
        return true;
    }
}
