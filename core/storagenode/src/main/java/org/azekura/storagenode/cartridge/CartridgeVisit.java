package org.azekura.storagenode.cartridge;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.azekura.storagenode.cartridge.set.Shelf;
import org.azekura.storagenode.cartridge.volume.ReadThrough;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a cartridge in a drive for what people want of it, and puts it back. Thread-safe. */
record CartridgeVisit(Shelf shelf) {

    /** Others want the drive, too, and wait no longer than 4 min. */
    private static final Duration STRETCH = Duration.ofMinutes(2);
    private static final Logger LOG = LoggerFactory.getLogger(CartridgeVisit.class);

    /** What is done with a cartridge in a drive. */
    interface Work {
        LibraryAnswer.CartridgeFound on(Loaded loaded) throws BackupException;
    }

    LibraryAnswer.CartridgeFound in(Barcode barcode, Work work) throws BackupException {
        shelf.requireOpen();
        Robot.Found found = find(barcode);
        Loaded loaded = shelf.bays().load(found);
        try {
            LibraryAnswer.CartridgeFound answer = work.on(loaded);
            shelf.owners().saw(barcode, answer.written() ? null : loaded.first());
            shelf.strangers().forget(barcode);
            return answer;
        } finally {
            Bay bay = loaded.bay();
            bay.forget();
            if (found.drive().isEmpty()) {
                putBack(barcode, bay);
            }
            bay.unlock();
        }
    }

    /** As {@link Operator#readThrough}. */
    LibraryAnswer.PassedThrough through(Barcode barcode, LibraryAnswer.Reached from) throws BackupException {
        shelf.requireOpen();
        Loaded loaded = shelf.bays().load(find(barcode));
        Bay bay = loaded.bay();
        boolean more = false;
        try {
            if (!(loaded.first() instanceof First.Labelled labelled)) {
                throw Trouble.quarantined(shelf.where() + ", cartridge " + barcode, "it begins with " + loaded.first() + ", expected a label");
            }
            LibraryAnswer.PassedThrough passed = new ReadThrough(bay, labelled.label().volume(), shelf.where() + ", cartridge " + barcode, bay::now).run(from, STRETCH);
            more = passed.next() != null;
            return passed;
        } finally {
            bay.forget();
            if (!more && shelf.library().changer().isPresent()) {
                putBack(barcode, bay);
            }
            bay.unlock();
        }
    }

    Robot.Found find(Barcode barcode) throws BackupException {
        if (barcode.isCleaning()) {
            throw Trouble.missing(shelf.where(), barcode + " is a cleaning cartridge, which has no label");
        }
        List<Robot.Found> all = shelf.robot().cartridges();
        Optional<Robot.Found> found = all.stream().filter(each -> each.barcode().equals(Optional.of(barcode))).findFirst();
        if (found.isEmpty() && shelf.library().changer().isEmpty() && all.size() == 1) {
            return all.getFirst(); // a hand has put it there, and says which it is
        }
        if (found.isEmpty()) {
            throw Trouble.missing(shelf.where(), shelf.robot().whereabouts(barcode));
        }
        return found.get();
    }

    /** It was done with it what was to be done; a drive that does not let go of it says so again to whoever comes next. */
    private void putBack(Barcode barcode, Bay bay) {
        try {
            bay.drive().unload();
            shelf.robot().shelve(bay.number());
        } catch (BackupException e) {
            LOG.warn("{}: cartridge {} stays in drive {}: {}", shelf.where(), barcode, bay.number(), e.getMessage());
        }
    }
}
