package org.azekura.server.library;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult.Cartridge;
import org.azekura.api.server.JobResult.Fate;
import org.azekura.engine.volume.Label;
import org.azekura.server.job.errand.LibraryWork;

/** Labels blank cartridges of a pool's library, one after the other. */
final class LabelTask {

    private final CartridgeBook book;
    private final Floors floors;
    private final CartridgeLabels labels;
    private final LibraryWork.Story story;

    LabelTask(CartridgeBook book, Floors floors, CartridgeLabels labels, LibraryWork.Story story) {
        this.book = book;
        this.floors = floors;
        this.labels = labels;
        this.story = story;
    }

    void run(JobOrder.Label order) throws BackupException {
        Pool pool = book.open(order.pool());
        Floor floor = floors.of(pool);
        List<Barcode> barcodes = order.barcodes().isEmpty() ? all(floor) : order.barcodes();
        story.line(JobLine.Level.INFO, "labels for pool " + pool.name() + " in library " + floor.device() + ": " + barcodes.size() + " cartridges");
        int done = 0;
        for (Barcode barcode : barcodes) {
            story.check();
            story.phase("labelling " + barcode, done++);
            story.fate(fate(pool, floor, barcode, !order.barcodes().isEmpty()));
        }
    }

    /** Those in mail slots are on their way; those without a barcode can't be told apart. */
    private static List<Barcode> all(Floor floor) {
        return floor.elements().stream().filter(element -> element.kind() == Element.Kind.SLOT || element.kind() == Element.Kind.DRIVE)
                .map(ElementFound::barcode).filter(barcode -> barcode != null).sorted().toList();
    }

    /** @param named whether somebody means this one: then what is given up on it is overwritten */
    private Cartridge fate(Pool pool, Floor floor, Barcode barcode, boolean named) throws BackupException {
        int address = floor.of(barcode).map(ElementFound::address).orElse(-1);
        if (barcode.isCleaning()) {
            return new Cartridge(barcode, null, null, address, Fate.CLEANING, barcode + " is a cleaning cartridge: left alone");
        }
        Volume known = Optional.ofNullable(book.byBarcode(floor).get(barcode)).orElse(null);
        if (known != null && known.state() != Volume.State.QUARANTINED) {
            return known(pool, known, barcode, address, named);
        }
        VolumeId overwrites = known == null ? book.scratch(barcode).orElse(null) : null;
        if (overwrites != null && !named) {
            return new Cartridge(barcode, null, null, address, Fate.SCRATCH, barcode + " is scratch: a pool has it labelled anew when it needs one; --barcode "
                    + barcode + " does so now");
        }
        try {
            byte[] label = labels.label(pool, barcode);
            LibraryAnswer.CartridgeFound found = new Asking(story).ask(floor.node(), new LibraryOrder.LabelCartridge(floor.device(), pool.name(), barcode, label, overwrites),
                    LibraryAnswer.CartridgeFound.class, Asking.LOOKED);
            return labelled(pool, floor, barcode, address, found, overwrites);
        } catch (BackupException e) {
            story.check();
            return new Cartridge(barcode, null, null, address, Fate.FAILED, barcode + " was not labelled: " + e.getMessage());
        }
    }

    /** One that nobody has named is rightly another pool's. */
    private static Cartridge known(Pool pool, Volume known, Barcode barcode, int address, boolean named) {
        boolean same = known.pool().equals(pool.name());
        return new Cartridge(barcode, known.label(), known.pool(), address, same ? Fate.ALREADY : named ? Fate.FOREIGN : Fate.OTHERS, barcode + " is already labelled: volume "
                + known.label() + (same ? "" : " of pool " + known.pool() + "; left as it is"));
    }

    private Cartridge labelled(Pool pool, Floor floor, Barcode barcode, int address, LibraryAnswer.CartridgeFound found, VolumeId overwritten) throws BackupException {
        return switch (found.beginning()) {
            case BLANK -> throw BackupException.bug("cartridge " + barcode + " is blank after it was labelled", null);
            case OTHER -> new Cartridge(barcode, null, null, address, Fate.QUARANTINED, barcode + " is not blank and has no label: left as it is ("
                    + found.what() + ")");
            case LABELLED -> {
                Label label = Label.parse(found.label());
                boolean own = labels.isOwn(label);
                if (own && label.pool().equals(pool.name()) && !found.more()) {
                    // also one whose label was written just before somebody stopped
                    book.labelled(label, barcode, floor.at(address).map(floor::place).orElse(floor.device().value()), found.capacity(), found.written() ? overwritten : null);
                    yield new Cartridge(barcode, label.name(), pool.name(), address, found.written() ? Fate.LABELLED : Fate.ALREADY,
                            barcode + (found.written() ? " is labelled: volume " : " is already labelled: volume ") + label.name());
                }
                yield new Cartridge(barcode, label.name(), label.pool(), address, own && label.pool().equals(pool.name()) ? Fate.ALREADY : Fate.FOREIGN,
                        barcode + " has the label of volume " + label.name() + " of pool " + label.pool() + (own ? "" : " of appliance " + label.appliance())
                                + ": left as it is");
            }
        };
    }
}
