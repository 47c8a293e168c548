package org.azekura.driver.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;

/** Where each cartridge is. Every change is durable at return, or did not happen. Its own monitor guards it. */
final class Shelf {

    private final LibraryFolder folder;
    private final Setup setup;
    private final Elements elements;
    private final Map<ElementAddress, Barcode> places = new HashMap<>();
    private State state;

    private Shelf(LibraryFolder folder, Setup setup, State state) {
        this.folder = folder;
        this.setup = setup;
        this.elements = Elements.of(setup);
        use(state);
    }

    /** What was there, or a new library with cartridges in its first slots, cleaning cartridges behind them. */
    static Shelf open(LibraryFolder folder, Setup setup) throws BackupException {
        byte[] before = folder.state();
        Shelf shelf = new Shelf(folder, setup, before != null ? State.decode(before, setup.folder().toString()) : fresh(setup));
        if (before == null) {
            shelf.save(shelf.state);
        }
        for (Lying one : shelf.state.cartridges().values()) {
            if (!one.at().equals(Elements.OUTSIDE) && !shelf.elements.has(one.at())) {
                throw Trouble.setting("slots", Integer.toString(setup.slots()), "cartridge " + one.barcode() + " lies at " + one.at()
                        + ", which the library would not have: keep slots, mailSlots and drives as they were, or move it first");
            }
        }
        return shelf;
    }

    private static State fresh(Setup setup) {
        SortedMap<Barcode, Lying> cartridges = new TreeMap<>();
        for (int i = 0; i < setup.cartridges() + setup.cleaning(); i++) {
            int cleaning = i - setup.cartridges();
            Barcode barcode = new Barcode(cleaning >= 0 ? String.format("CLN%03dCU", cleaning + 1)
                    : String.format("A%05d%s", i + 1, setup.generation().suffix()));
            cartridges.put(barcode, new Lying(barcode, Elements.slot(i), Elements.slot(i), 0, false));
        }
        return new State(String.format("%08x", setup.folder().hashCode() ^ (int) System.nanoTime()), cartridges, new TreeMap<>());
    }

    private void use(State next) {
        state = next;
        places.clear();
        for (Lying one : next.cartridges().values()) {
            if (!one.at().equals(Elements.OUTSIDE)) {
                places.put(one.at(), one.barcode());
            }
        }
    }

    private void save(State next) throws BackupException {
        folder.state(next.encode());
        use(next);
    }

    Elements elements() {
        return elements;
    }

    synchronized String serial() {
        return state.serial();
    }

    synchronized Optional<Lying> at(ElementAddress address) {
        return Optional.ofNullable(places.get(address)).map(state.cartridges()::get);
    }

    /** All that is in the library, as it is at one moment. */
    synchronized Map<ElementAddress, Lying> all() {
        Map<ElementAddress, Lying> all = new HashMap<>();
        places.forEach((address, barcode) -> all.put(address, state.cartridges().get(barcode)));
        return all;
    }

    synchronized Optional<Lying> find(Barcode barcode) {
        return Optional.ofNullable(state.cartridges().get(barcode));
    }

    synchronized SortedMap<String, Integer> fired() {
        return state.fired();
    }

    synchronized void fired(SortedMap<String, Integer> fired) throws BackupException {
        save(new State(state.serial(), state.cartridges(), fired));
    }

    /** Replaces what is noted of a cartridge, or adds it. */
    synchronized void put(Lying one) throws BackupException {
        SortedMap<Barcode, Lying> cartridges = new TreeMap<>(state.cartridges());
        cartridges.put(one.barcode(), one);
        save(new State(state.serial(), cartridges, state.fired()));
    }

    /** Exchanges two in one step, so that they are never both in one place. */
    synchronized void put(Lying one, Lying other) throws BackupException {
        SortedMap<Barcode, Lying> cartridges = new TreeMap<>(state.cartridges());
        cartridges.put(one.barcode(), one);
        cartridges.put(other.barcode(), other);
        save(new State(state.serial(), cartridges, state.fired()));
    }

    /** A free mail slot, or any free slot where there are no mail slots. */
    synchronized Optional<ElementAddress> entrance() {
        Kind kind = setup.mailSlots() > 0 ? Kind.MAIL_SLOT : Kind.SLOT;
        return elements.all().stream().filter(address -> Elements.kind(address) == kind && !places.containsKey(address)).findFirst();
    }
}
