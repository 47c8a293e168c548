package org.azekura.driver.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;

/** The robot of the library. */
final class SimulatedChanger implements Changer {

    private static final double MOVE_s = 10;
    private static final double LOOK_s = 2;
    private static final Capabilities CAPABILITIES = new Capabilities(true, true);

    private final Simulator library;
    private final String where;
    private final DriveClock clock;
    private final ReentrantLock lock = new ReentrantLock();

    SimulatedChanger(Simulator library, Setup setup, Doors doors) {
        this.library = library;
        this.where = setup.folder().toString();
        this.clock = new DriveClock(doors, setup);
    }

    /** What a call does in a library that is open. */
    @FunctionalInterface
    private interface Work<T> {
        T on(House house) throws BackupException;
    }

    private <T> T call(Work<T> work) throws BackupException {
        library.doors().enter();
        lock.lock();
        try {
            House house = library.house();
            clock.begin();
            house.hands();
            return work.on(house);
        } finally {
            clock.end();
            lock.unlock();
            library.doors().leave();
        }
    }

    /** Does what goes wrong before the call itself; returns what it has to see to, or null. */
    private Effect spoil(House house, Effect effect) throws BackupException {
        switch (effect) {
            case null -> { }
            case Effect.HardwareError error -> throw Trouble.device("device.hardware", where, "the changer says that it is broken");
            case Effect.Conflict conflict -> throw Trouble.device("device.reserved", where, "somebody else has reserved the changer");
            case Effect.NoAnswer no -> throw Trouble.device("device.io", where, "the changer does not answer");
            case Effect.Takes takes -> clock.pass(takes.seconds());
            case Effect.Hang hang -> library.doors().awaitForever(() -> false);
            case Effect.Reset reset -> {
                house.takeDisturbance();
                throw attention();
            }
            default -> {
                return effect;
            }
        }
        return null;
    }

    private Effect spoil(House house, Call call, Optional<Barcode> cartridge) throws BackupException {
        return spoil(house, house.next(call, -1, cartridge, -1).orElse(null));
    }

    private BackupException attention() {
        return Trouble.device("changer.attention", where, "somebody reset or opened the library; take the inventory");
    }

    private void answer(Effect effect) throws BackupException {
        if (effect instanceof Effect.NoAnswerAfter) {
            throw Trouble.device("device.io", where, "the changer did not answer");
        }
    }

    DriveClock clock() {
        return clock;
    }

    @Override
    public String location() {
        return where;
    }

    @Override
    public Drive.Identity identity() throws BackupException {
        return call(house -> new Drive.Identity("AZEKURA", "SIMULATED LIBRARY", "0100", house.serial()));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<Element> inventory() throws BackupException {
        return call(house -> {
            Effect whole = spoil(house, Call.INVENTORY, Optional.empty());
            house.takeDisturbance();
            List<Element> elements = new ArrayList<>();
            Map<ElementAddress, Lying> lying = house.shelf().all();
            for (ElementAddress address : house.shelf().elements().all()) {
                Optional<Lying> there = Optional.ofNullable(lying.get(address));
                Effect effect = there.isEmpty() ? null : spoil(house, Call.INVENTORY, there.map(Lying::barcode));
                elements.add(element(address, there, effect == null ? whole : effect));
            }
            answer(whole);
            return List.copyOf(elements);
        });
    }

    private static Element element(ElementAddress address, Optional<Lying> there, Effect effect) {
        Kind kind = Elements.kind(address);
        Element.Content content = there.isEmpty() ? new Element.Empty()
                : effect instanceof Effect.NoBarcode ? new Element.Unnamed() : new Element.Named(there.get().barcode());
        return new Element(address, kind, content, there.map(Lying::source).filter(source -> !source.equals(Elements.OUTSIDE)),
                kind == Kind.DRIVE ? OptionalInt.of(Elements.drive(address)) : OptionalInt.empty(), !(effect instanceof Effect.NoAccess),
                kind == Kind.PICKER && there.isPresent() ? "a cartridge is stuck in the picker" : "");
    }

    @Override
    public void move(ElementAddress from, ElementAddress to) throws BackupException {
        call(house -> {
            if (from.equals(to)) {
                throw Trouble.operator("changer.address", where, "both addresses are " + from);
            }
            Effect effect = begin(house, from, to);
            // At once: hands, too, take and put while drives are called.
            synchronized (house) {
                require(house, from, true);
                require(house, to, false);
                release(house, from);
                jam(house, from, effect);
                house.move(from, to);
            }
            clock.pass(MOVE_s);
            answer(effect);
            return null;
        });
    }

    /** What every motion begins with. */
    private Effect begin(House house, ElementAddress from, ElementAddress to) throws BackupException {
        for (ElementAddress address : List.of(from, to)) {
            if (!house.shelf().elements().has(address)) {
                throw Trouble.operator("changer.address", where, "there is no element " + address);
            }
        }
        if (house.takeDisturbance()) {
            throw attention();
        }
        if (house.at(Elements.PICKER).isPresent() && !from.equals(Elements.PICKER) && !to.equals(Elements.PICKER)) {
            throw Trouble.device("changer.jam", where, "a cartridge is stuck in the picker; move it on from " + Elements.PICKER);
        }
        return spoil(house, Call.MOVE, house.at(from));
    }

    private void require(House house, ElementAddress address, boolean full) throws BackupException {
        Optional<Barcode> there = house.at(address);
        if (full && there.isEmpty()) {
            throw Trouble.operator("changer.empty", where, "there is no cartridge at " + address);
        }
        if (!full && there.isPresent()) {
            throw Trouble.operator("changer.taken", where, "cartridge " + there.get() + " lies at " + address);
        }
    }

    /** Inside the monitor of the house: a drive that holds its cartridge does so before, or finds none. */
    private void release(House house, ElementAddress from) throws BackupException {
        if (house.isHeld(from)) {
            throw Trouble.device("changer.held", where, "drive " + Elements.drive(from) + " does not let go of the cartridge; unload it first");
        }
    }

    private void jam(House house, ElementAddress from, Effect effect) throws BackupException {
        if (effect instanceof Effect.Jam && !from.equals(Elements.PICKER)) {
            house.move(from, Elements.PICKER);
            throw Trouble.device("changer.jam", where, "the cartridge from " + from + " is stuck in the picker; move it on from " + Elements.PICKER);
        }
    }

    @Override
    public void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException {
        call(house -> {
            Effect effect = begin(house, from, at);
            if (from.equals(at) || at.equals(to) || !house.shelf().elements().has(to)) {
                throw Trouble.operator("changer.address", where, "there is no way from " + from + " over " + at + " to " + to);
            }
            synchronized (house) {
                require(house, from, true);
                require(house, at, true);
                if (!from.equals(to)) {
                    require(house, to, false);
                }
                release(house, from);
                release(house, at);
                jam(house, from, effect);
                house.exchange(from, at, to);
            }
            clock.pass(2 * MOVE_s);
            answer(effect);
            return null;
        });
    }

    @Override
    public void initialise() throws BackupException {
        call(house -> {
            Effect effect = spoil(house, Call.INITIALISE, Optional.empty());
            house.takeDisturbance();
            clock.pass(LOOK_s * house.shelf().elements().all().size());
            answer(effect);
            return null;
        });
    }
}
