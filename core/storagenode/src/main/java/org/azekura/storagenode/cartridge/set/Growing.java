package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a cartridge to the set of a pool. The node notes the label before it writes it, and the set has the cartridge only after it was read back: what is cut
 * off in between begins anew. One thread at a time.
 */
final class Growing {

    /** More than so many that can't be used are no accident. */
    private static final int MOST_REFUSED = 8;
    private static final Logger LOG = LoggerFactory.getLogger(Growing.class);

    private final Shelf shelf;
    private final PoolName pool;
    private final Finding finding;

    Growing(Shelf shelf, PoolName pool, Finding finding) {
        this.shelf = shelf;
        this.pool = pool;
        this.finding = finding;
    }

    /**
     * Has the cartridge that follows, with its label and what belongs to that.
     *
     * @param why   the last one is not written any more
     * @param frees what is to be written frees others
     * @return null if the set never grows
     * @throws BackupException {@code media.none}, and failures of drives and changers: then the set is as it was
     */
    Tape next(Tape full, BackupException why, Held rings, boolean frees) throws BackupException {
        List<Barcode> refused = new ArrayList<>();
        boolean failed = isByDrive(why);
        if (Trouble.is(why, "volume.missing") && shelf.robot().isByHand()) {
            // Nothing is said of it yet: whoever took it out may put it in again.
            blank(full, "put in that with volume \"" + full.label().name() + "\", or a blank one");
        }
        for (;;) {
            Supply.Next next = chosen(full, why, List.copyOf(refused), frees).orElse(null);
            if (next == null) {
                return null;
            }
            First.Labelled label = new First.Labelled(Label.parse(next.label()), next.label());
            require(label.label(), full.label());
            try {
                Tape made = on(cartridge(full, next.barcode()), label, next.overwrites(), rings);
                finding.add(made);
                LOG.info("volume={} follows volume={}: {}", made.label().name(), full.label().name(), made.where());
                return made;
            } catch (BackupException e) {
                boolean another = (Trouble.isOfCartridge(e) || Trouble.is(e, "device.full")) && !(failed && isByDrive(e));
                if (!another || next.barcode().isEmpty() || refused.size() == MOST_REFUSED) {
                    throw e;
                }
                failed |= isByDrive(e);
                LOG.warn("cartridge {} can't be used for pool {}: {}", next.barcode().get(), pool, e.getMessage());
                tell(next, e);
                refused.add(next.barcode().get());
            }
        }
    }

    /** One that is only away is no full one, and would do as well when it is back. */
    private Optional<Supply.Next> chosen(Tape full, BackupException why, List<Barcode> refused, boolean frees) throws BackupException {
        boolean isElsewhere = Trouble.isElsewhere(why);
        VolumeId last = isElsewhere ? null : full.volume().id();
        int number = full.label().number() + 1;
        try {
            return frees ? shelf.supply().nextToFree(pool, last, number, refused) : shelf.supply().next(pool, last, number, refused);
        } catch (BackupException e) {
            throw isElsewhere && Trouble.is(e, "media.none") ? BackupException.media("media.none", pool.value(), e.getMessage() + "; or have the one back that was"
                    + " written: " + why.getMessage(), e) : e;
        }
    }

    /** One that was labelled for the pool beforehand has lost that label. */
    private void tell(Supply.Next refused, BackupException why) {
        if (refused.overwrites().isPresent() && (Trouble.is(why, "volume.quarantined") || Trouble.is(why, "volume.foreign"))) {
            shelf.supply().state(pool, refused.overwrites().get(), Supply.State.QUARANTINED, why.getMessage(), -1);
        }
    }

    /** A second cartridge that can't be written says that the drive is to blame: a dirty head would use up all of them. */
    private static boolean isByDrive(BackupException e) {
        return Trouble.is(e, "media.write") || Trouble.is(e, "volume.label");
    }

    private void require(Label label, Label before) throws BackupException {
        if (!label.pool().equals(before.pool()) || !label.set().equals(before.set()) || label.number() <= before.number()) {
            throw BackupException.bug("pool " + pool + ": volume \"" + label.name() + "\", number " + label.number() + " of set " + label.set()
                    + ", can't follow number " + before.number() + " of set " + before.set(), null);
        }
    }

    private Robot.Found cartridge(Tape full, Optional<Barcode> barcode) throws BackupException {
        if (barcode.isEmpty()) {
            return blank(full, shelf.robot().isByHand() ? "take out what lies in the drive, and put a blank one in" : "put a blank one in");
        }
        return shelf.choosing().find(barcode.get()).orElseThrow(() -> Trouble.missing(shelf.where(), "cartridge " + barcode.get() + " for pool " + pool
                + " can't be used: it is in no slot and in no drive"));
    }

    /** Another pool may take the one that was found; then it is no choice any more. */
    private Robot.Found blank(Tape full, String what) throws BackupException {
        for (;;) {
            Robot.Found found = shelf.choosing().blank(pool, full).map(Choosing.Choice::cartridge)
                    .orElseThrow(() -> BackupException.media("media.none", pool.value(), "pool " + pool + " needs another cartridge; " + what, null));
            if (shelf.owners().claim(found, pool)) {
                return found;
            }
        }
    }

    private Tape on(Robot.Found cartridge, First.Labelled label, Optional<VolumeId> overwrites, Held rings) throws BackupException {
        if (overwrites.isEmpty() && !shelf.owners().claim(cartridge, pool)) {
            throw Trouble.quarantined(shelf.where() + ", cartridge " + name(cartridge), "another pool has it");
        }
        Loaded loaded = shelf.bays().load(cartridge);
        boolean fine = false;
        Tape adopted = null;
        try {
            boolean isGivenUp = loaded.first() instanceof First.Labelled there && overwrites.equals(Optional.of(there.label().volume()));
            if (!isGivenUp && loaded.first() instanceof First.Labelled there && isOfSet(there.label(), label.label())) {
                adopted = finding.tape(cartridge.barcode(), there);
            } else {
                free(loaded, cartridge, overwrites);
                Tape made = made(loaded, cartridge, label, rings);
                fine = true;
                return made;
            }
        } finally {
            Mounting.leave(loaded.bay(), fine);
        }
        shelf.owners().remember(cartridge.barcode(), adopted.volume().labelled());
        return adopted.open() ? known(adopted, label.label()) : anew(cartridge, adopted, label, rings);
    }

    /** Makes sure that nobody needs what is there. */
    private void free(Loaded loaded, Robot.Found cartridge, Optional<VolumeId> overwrites) throws BackupException {
        if (loaded.first() instanceof First.Labelled there && overwrites.equals(Optional.of(there.label().volume()))) {
            requireNoMember(there, cartridge);
            LOG.info("{}, cartridge {}: {} is given up", shelf.where(), name(cartridge), there);
            shelf.owners().giveUp(cartridge, there.label().volume(), pool);
        } else if (!(loaded.first() instanceof First.Blank)) {
            shelf.owners().remember(cartridge.barcode(), loaded.first());
            throw Trouble.quarantined(shelf.where() + ", cartridge " + name(cartridge), "it begins with " + loaded.first() + ", expected nothing");
        }
    }

    /** Whoever says so is wrong, or knows of a mark that is not seen here. */
    private void requireNoMember(First.Labelled there, Robot.Found cartridge) throws BackupException {
        if (finding.tapes().stream().anyMatch(tape -> tape.volume().id().equals(there.label().volume()))) {
            throw Trouble.quarantined(shelf.where() + ", cartridge " + name(cartridge), "it begins with " + there + ", which this pool lies on, expected one"
                    + " that nobody needs");
        }
    }

    private static String name(Robot.Found cartridge) {
        return cartridge.barcode().map(Barcode::value).orElse("?");
    }

    private static boolean isOfSet(Label there, Label label) {
        return there.set().equals(label.set()) && there.number() > 1;
    }

    /** A cartridge of the set that this node knew nothing of: a home that was restored, say. It is not written if others follow it. */
    private Tape known(Tape adopted, Label label) throws BackupException {
        boolean there = finding.tapes().stream().anyMatch(tape -> tape.volume().id().equals(adopted.volume().id()));
        if (there || adopted.label().number() < label.number()) {
            throw Trouble.quarantined(adopted.where(), "it is volume number " + adopted.label().number() + " of the pool already, expected nothing");
        }
        LOG.warn("{} is volume number {} of pool {}, of which this node knew nothing", adopted.where(), adopted.label().number(), pool);
        return adopted;
    }

    /** On what an attempt left that was cut off. */
    private Tape anew(Robot.Found cartridge, Tape before, First.Labelled label, Held rings) throws BackupException {
        Loaded loaded = shelf.bays().load(cartridge);
        boolean fine = false;
        try {
            if (!before.volume().isOn(loaded.first())) {
                throw Trouble.quarantined(shelf.where() + ", cartridge " + name(cartridge), "it begins with " + loaded.first() + ", expected "
                        + before.volume().labelled());
            }
            shelf.owners().forget(before.volume().id());
            Tape made = made(loaded, cartridge, label, rings);
            fine = true;
            return made;
        } finally {
            Mounting.leave(loaded.bay(), fine);
        }
    }

    private Tape made(Loaded loaded, Robot.Found cartridge, First.Labelled label, Held rings) throws BackupException {
        shelf.owners().pend(cartridge.barcode(), pool, label);
        Tape made = finding.tape(cartridge.barcode(), label);
        made.label(loaded, rings);
        shelf.owners().remember(cartridge.barcode(), label);
        cartridge.barcode().ifPresent(shelf.strangers()::forget);
        return made;
    }
}
