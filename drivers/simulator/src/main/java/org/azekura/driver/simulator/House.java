package org.azekura.driver.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A library that is open: its folder, where its cartridges are, and what shall go wrong. Its monitor orders what moves cartridges and what holds them
 * fast; it is taken inside the locks of drives, never outside of them. Thread-safe.
 */
final class House {

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final LibraryFolder folder;
    private final Shelf shelf;
    private final Script script;
    private final List<SimulatedDrive> drives;
    private boolean disturbed;

    private House(LibraryFolder folder, Setup setup, List<SimulatedDrive> drives) throws BackupException {
        this.folder = folder;
        this.shelf = Shelf.open(folder, setup);
        this.script = new Script(setup.faults(), folder.faults(), shelf);
        this.drives = drives;
    }

    static House open(Setup setup, List<SimulatedDrive> drives) throws BackupException {
        LibraryFolder folder = LibraryFolder.open(setup.folder());
        try {
            return new House(folder, setup, drives);
        } catch (BackupException | RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static void close(LibraryFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warn("cannot close the folder of a library: {}", e.toString());
        }
    }

    void close() {
        close(folder);
    }

    String serial() {
        return shelf.serial();
    }

    Shelf shelf() {
        return shelf;
    }

    synchronized Optional<Barcode> at(ElementAddress address) {
        return shelf.at(address).map(Lying::barcode);
    }

    synchronized Optional<Effect> next(Call call, long object, Optional<Barcode> cartridge, int drive) throws BackupException {
        return script.next(call, object, cartridge, drive);
    }

    /** Lets hands do what the script wants them to have done by now. */
    synchronized void hands() throws BackupException {
        for (Act act : script.acts()) {
            LOG.info("{}: {}", folder.cartridges().getParent(), act);
            switch (act) {
                case Act.Insert insert -> insert(insert.cartridge());
                case Act.Take take -> take(take.cartridge());
                case Act.Protect protect -> change(protect.cartridge(), one -> one.writeProtect(protect.set()));
                case Act.PowerOff off -> {
                    if (off.drive() < drives.size()) {
                        drives.get(off.drive()).powerOff();
                    }
                }
            }
        }
    }

    private void insert(Barcode cartridge) throws BackupException {
        Lying one = shelf.find(cartridge).orElse(new Lying(cartridge, Elements.OUTSIDE, Elements.OUTSIDE, 0, false));
        Optional<ElementAddress> entrance = shelf.entrance();
        if (one.at().equals(Elements.OUTSIDE) && entrance.isPresent()) {
            shelf.put(one.movedTo(entrance.get()));
            disturbed = true;
        } else {
            LOG.warn("cartridge {} can't be put in: it is in the library, or no mail slot is free", cartridge);
        }
    }

    private void take(Barcode cartridge) throws BackupException {
        Optional<Lying> one = shelf.find(cartridge).filter(found -> !found.at().equals(Elements.OUTSIDE))
                .filter(found -> Elements.kind(found.at()) == Kind.SLOT || Elements.kind(found.at()) == Kind.MAIL_SLOT);
        if (one.isPresent()) {
            shelf.put(one.get().movedTo(Elements.OUTSIDE));
            disturbed = true;
        } else {
            LOG.warn("cartridge {} can't be taken out: it is in no slot", cartridge);
        }
    }

    private void change(Barcode cartridge, UnaryOperator<Lying> to) throws BackupException {
        Optional<Lying> one = shelf.find(cartridge);
        if (one.isPresent()) {
            shelf.put(to.apply(one.get()));
        }
    }

    /** Whether a hand has been in the library since it was asked last. */
    synchronized boolean takeDisturbance() {
        boolean now = disturbed;
        disturbed = false;
        return now;
    }

    /** What lies in a drive; if something does, {@code held} runs before any robot can take it. */
    synchronized Optional<Lying> hold(int drive, Runnable held) {
        Optional<Lying> there = shelf.at(Elements.drive(drive));
        if (there.isPresent()) {
            held.run();
        }
        return there;
    }

    synchronized void put(Lying one) throws BackupException {
        shelf.put(one);
    }

    /** Moves what lies there; whoever asks has the monitor, so that a drive holds it before or finds none. */
    void move(ElementAddress from, ElementAddress to) throws BackupException {
        shelf.put(shelf.at(from).orElseThrow().movedTo(to));
        drawIn(to);
    }

    /** Moves two in one step, as {@link #move}. */
    void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException {
        shelf.put(shelf.at(from).orElseThrow().movedTo(at), shelf.at(at).orElseThrow().movedTo(to));
        drawIn(at);
        drawIn(to);
    }

    private void drawIn(ElementAddress to) {
        if (Elements.kind(to) == Kind.DRIVE) {
            drives.get(Elements.drive(to)).drawIn();
        }
    }

    /** Whether a drive does not let go of what lies there. */
    boolean isHeld(ElementAddress address) {
        return Elements.kind(address) == Kind.DRIVE && drives.get(Elements.drive(address)).isHolding();
    }

    /** The tape of a cartridge, which is made if it was never written. */
    Reel reel(Barcode cartridge, long capacity) throws IOException, BackupException {
        Reel.create(folder.cartridges(), cartridge, capacity);
        return Reel.open(folder.cartridges(), cartridge);
    }
}
