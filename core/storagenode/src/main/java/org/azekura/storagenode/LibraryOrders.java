package org.azekura.storagenode;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.message.Answer;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.Operator;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.health.Drives;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what people have done in libraries. */
final class LibraryOrders {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryOrders.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration ASKED = Duration.ofMinutes(5);
    /** Behind a call that has the drive for minutes; winding back takes some, too. */
    private static final Duration MOVED = Duration.ofMinutes(15);
    /** A large library looks into thousands of slots. */
    private static final Duration INITIALISED = Duration.ofHours(1);
    /** New media are calibrated for up to two hours. */
    private static final Duration LOOKED = Duration.ofMinutes(150);

    private final Devices devices;
    private final Drives drives;

    LibraryOrders(Devices devices, Drives drives) {
        this.devices = devices;
        this.drives = drives;
    }

    private interface Work<T> {
        T of(Operator operator) throws BackupException;
    }

    Answer carryOut(LibraryOrder order) throws BackupException {
        return switch (order) {
            case LibraryOrder.ListElements o -> call(o.device(), "tell where everything is", ASKED, Operator::elements);
            case LibraryOrder.Inventory o -> call(o.device(), "take the inventory", o.initialise() ? INITIALISED : ASKED, operator -> operator.inventory(o.initialise()));
            case LibraryOrder.MoveMedium o -> move(o);
            case LibraryOrder.LookAtLabel o -> call(o.device(), "look at cartridge " + o.barcode(), LOOKED, operator -> operator.look(o.barcode()));
            case LibraryOrder.ReadThrough o -> call(o.device(), "read cartridge " + o.barcode(), LOOKED, operator -> operator.readThrough(o.barcode(), o.from()));
            case LibraryOrder.LabelCartridge o -> label(o);
            case LibraryOrder.CleanDrive o -> clean(o);
            case LibraryOrder.AskSealing o -> call(o.device(), "ask which drives can seal", ASKED, Operator::sealing);
            case LibraryOrder.UseDrives o -> use(o);
        };
    }

    private Answer move(LibraryOrder.MoveMedium order) throws BackupException {
        call(order.device(), "move a cartridge from element " + order.from() + " to " + order.to(), MOVED, operator -> {
            operator.move(new ElementAddress(order.from()), new ElementAddress(order.to()));
            return null;
        });
        LOG.info("device={} a cartridge was moved from element {} to {}", order.device(), order.from(), order.to());
        return new Answer.Done();
    }

    private Answer label(LibraryOrder.LabelCartridge order) throws BackupException {
        LibraryAnswer.CartridgeFound found = call(order.device(), "label cartridge " + order.barcode(), LOOKED, operator -> operator.label(
                order.barcode(), order.label(), order.pool(), Optional.ofNullable(order.overwrites())));
        if (found.written()) {
            LOG.info("device={} cartridge {} has a label of pool {}", order.device(), order.barcode(), order.pool());
        }
        return found;
    }

    private Answer clean(LibraryOrder.CleanDrive order) throws BackupException {
        LibraryAnswer.DriveCleaned cleaned = call(order.device(), "clean drive " + order.drive(), MOVED, operator -> operator.clean(order.drive(), Optional.ofNullable(order.with())));
        LOG.info("device={} drive {} was cleaned with {}{}", order.device(), order.drive(), cleaned.with(), cleaned.problem().isEmpty() ? "" : ": " + cleaned.problem());
        return cleaned;
    }

    /** Also of a library that is not served at the moment. */
    private Answer use(LibraryOrder.UseDrives order) {
        drives.use(order.device(), Set.copyOf(order.out()), Set.copyOf(order.unclean()));
        return new Answer.Done();
    }

    private <T> T call(DeviceName name, String doing, Duration timeout, Work<T> work) throws BackupException {
        return devices.get(name, PATIENCE).call(doing, timeout, store -> {
            if (store instanceof LibraryStore library) {
                return work.of(library.operator());
            }
            throw BackupException.operator("library.none", name.value(), "device " + name + " is no library: it has no cartridges");
        });
    }
}
