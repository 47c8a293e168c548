package org.azekura.server.library;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.message.Answer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult.Cartridge;
import org.azekura.api.server.JobResult.Fate;
import org.azekura.server.job.errand.LibraryWork;

/** Moves a cartridge, takes the inventory; the catalog learns where everything is then. */
final class MoveTask {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,5}");
    private static final Pattern DRIVE = Pattern.compile("drive:\\d{1,4}");

    private final CartridgeBook book;
    private final Floors floors;
    private final LibraryWork.Story story;

    MoveTask(CartridgeBook book, Floors floors, LibraryWork.Story story) {
        this.book = book;
        this.floors = floors;
        this.story = story;
    }

    void run(JobOrder.Move order) throws BackupException {
        Floor floor = floors.get(order.library(), order.node());
        ElementFound from = from(floor, order.from());
        ElementFound to = to(floor, order.to());
        story.phase("moving", 0);
        new Asking(story).ask(floor.node(), new LibraryOrder.MoveMedium(floor.device(), from.address(), to.address()), Answer.Done.class, Asking.MOVED);
        book.seen(floors.get(order.library(), order.node()));
        Optional<Volume> volume = Optional.ofNullable(from.barcode() == null ? null : book.byBarcode(floor).get(from.barcode()));
        story.fate(new Cartridge(from.barcode(), volume.map(Volume::label).orElse(null), volume.map(Volume::pool).orElse(null), to.address(), Fate.MOVED,
                (from.barcode() == null ? "the cartridge" : from.barcode().value()) + " was moved from " + Floor.word(from) + " to " + Floor.word(to)));
    }

    private ElementFound from(Floor floor, String from) throws BackupException {
        Optional<ElementFound> named = element(floor, from);
        if (named.isPresent()) {
            return named.get();
        }
        Barcode barcode;
        try {
            barcode = book.barcode(from);
        } catch (IllegalArgumentException e) {
            throw unknown(floor, from);
        }
        return floor.of(barcode).orElseThrow(() -> unknown(floor, from));
    }

    private static Optional<ElementFound> element(Floor floor, String name) {
        if (ADDRESS.matcher(name).matches()) {
            return floor.at(Integer.parseInt(name));
        }
        return DRIVE.matcher(name).matches() ? floor.drive(Integer.parseInt(name.substring(name.indexOf(':') + 1))) : Optional.empty();
    }

    private static ElementFound to(Floor floor, String to) throws BackupException {
        return switch (to) {
            case "slot" -> free(floor, Element.Kind.SLOT, "slot");
            case "mail" -> floor.free(Element.Kind.MAIL_SLOT).stream().findFirst().orElseThrow(() -> MailTask.full(floor));
            default -> element(floor, to).orElseThrow(() -> unknown(floor, to));
        };
    }

    private static ElementFound free(Floor floor, Element.Kind kind, String word) throws BackupException {
        return floor.free(kind).stream().findFirst().orElseThrow(() -> BackupException.operator("changer.taken", floor.device().value(), "no " + word + " of library "
                + floor.device() + " is free"));
    }

    private static BackupException unknown(Floor floor, String name) {
        return BackupException.operator("changer.address", name, "library " + floor.device() + " has no \"" + name + "\": name an element by its address, or a"
                + " cartridge by its barcode or volume; \"azekura library show " + floor.device() + "\" shows them all");
    }

    void run(JobOrder.Inventory order) throws BackupException {
        Floor before = floors.get(order.library(), order.node());
        story.phase(order.initialise() ? "the robot looks into every element" : "taking the inventory", 0);
        LibraryAnswer.Elements elements = new Asking(story).ask(before.node(), new LibraryOrder.Inventory(before.device(), order.initialise()), LibraryAnswer.Elements.class,
                order.initialise() ? Asking.INITIALISED : Asking.MOVED);
        Floor floor = new Floor(before.node(), before.device(), before.driver(), elements);
        CartridgeBook.Found found = book.seen(floor);
        for (Volume lost : found.lost()) {
            story.fate(new Cartridge(new Barcode(lost.barcode()), lost.label(), lost.pool(), -1, Fate.MISSING, "cartridge " + lost.barcode() + ", volume " + lost.label()
                    + " of pool " + lost.pool() + ", is not in library " + floor.device() + " any more; it was in " + lost.location()));
        }
        List<String> back = found.returned().stream().map(Volume::label).toList();
        if (!back.isEmpty()) {
            story.line(JobLine.Level.INFO, "there again: " + String.join(", ", back));
        }
        Map<Barcode, Volume> volumes = book.byBarcode(floor);
        for (ElementFound element : floor.elements()) {
            if (element.barcode() != null) {
                story.fate(here(floor, element, volumes.get(element.barcode())));
            }
        }
    }

    private static Cartridge here(Floor floor, ElementFound element, Volume volume) {
        boolean cleaning = element.barcode().isCleaning();
        return new Cartridge(element.barcode(), volume == null ? null : volume.label(), volume == null ? null : volume.pool(), element.address(),
                cleaning ? Fate.CLEANING : Fate.FOUND, element.barcode() + (cleaning ? ", a cleaning cartridge," : volume == null ? ", which the catalog does not know,"
                        : ", volume " + volume.label() + " of pool " + volume.pool() + ",") + " is in " + floor.place(element));
    }
}
