package org.azekura.server.library;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult.Cartridge;
import org.azekura.api.server.JobResult.Fate;
import org.azekura.engine.volume.Label;
import org.azekura.server.job.errand.LibraryWork;

/** Looks what cartridges begin with, and compares that with what the catalog knows. */
final class LookTask {

    private final CartridgeBook book;
    private final Floors floors;
    private final CartridgeLabels labels;
    private final LibraryWork.Story story;

    LookTask(CartridgeBook book, Floors floors, CartridgeLabels labels, LibraryWork.Story story) {
        this.book = book;
        this.floors = floors;
        this.labels = labels;
        this.story = story;
    }

    void run(JobOrder.Scan order) throws BackupException {
        int done = 0;
        for (String name : order.volumes()) {
            story.check();
            story.phase("looking at " + name, done++);
            Barcode barcode = book.barcode(name);
            try {
                Floor floor = floors.with(barcode, book.home(name));
                Cartridge looked = look(floor, barcode);
                story.fate(order.deep() && looked.volume() != null ? new ThroughTask(book, story).read(floor, barcode, looked) : looked);
            } catch (BackupException e) {
                story.check();
                story.fate(new Cartridge(barcode, null, null, -1, Fate.FAILED, name + " can't be looked at: " + e.getMessage()));
            }
        }
    }

    /** @throws BackupException if it can't be looked at */
    Cartridge look(Floor floor, Barcode barcode) throws BackupException {
        int address = floor.of(barcode).map(ElementFound::address).orElse(-1);
        if (barcode.isCleaning()) {
            return new Cartridge(barcode, null, null, address, Fate.CLEANING, barcode + " is a cleaning cartridge, used " + book.cleaners().uses(barcode) + " times here");
        }
        LibraryAnswer.CartridgeFound found = new Asking(story).ask(floor.node(), new LibraryOrder.LookAtLabel(floor.device(), barcode), LibraryAnswer.CartridgeFound.class,
                Asking.LOOKED);
        return fate(barcode, address, found, Optional.ofNullable(book.byBarcode(floor).get(barcode)));
    }

    private Cartridge fate(Barcode barcode, int address, LibraryAnswer.CartridgeFound found, Optional<Volume> expected) throws BackupException {
        String but = expected.map(volume -> ", expected volume " + volume.label() + " of pool " + volume.pool()).orElse("");
        return switch (found.beginning()) {
            case BLANK -> new Cartridge(barcode, null, null, address, expected.isPresent() ? Fate.FOREIGN : Fate.BLANK, barcode + " is blank" + but);
            case OTHER -> new Cartridge(barcode, null, null, address, Fate.QUARANTINED, barcode + " has no label that can be read: " + found.what() + but);
            case LABELLED -> labelled(barcode, address, found, expected, but);
        };
    }

    private Cartridge labelled(Barcode barcode, int address, LibraryAnswer.CartridgeFound found, Optional<Volume> expected, String but) throws BackupException {
        Label label = Label.parse(found.label());
        String what = barcode + " is volume " + label.name() + " of pool " + label.pool() + (found.more() ? "" : ", with nothing on it yet");
        Volume known = book.volume(label.volume()).orElse(null);
        boolean fits = expected.map(volume -> volume.id().equals(label.volume())).orElse(known == null || known.barcode() == null);
        if (known != null && fits) {
            return new Cartridge(barcode, label.name(), label.pool(), address, Fate.FOUND, what + ", made " + label.made());
        }
        if (!fits) {
            return new Cartridge(barcode, label.name(), label.pool(), address, Fate.FOREIGN, what + (expected.isPresent() ? but
                    : "; the catalog has that volume on cartridge " + known.barcode()));
        }
        return new Cartridge(barcode, label.name(), label.pool(), address, Fate.FOREIGN, what + " of " + (labels.isOwn(label)
                ? "this appliance, which its catalog does not know" : "appliance " + label.appliance()));
    }
}
