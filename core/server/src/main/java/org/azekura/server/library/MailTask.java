package org.azekura.server.library;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.message.Answer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult.Cartridge;
import org.azekura.api.server.JobResult.Fate;
import org.azekura.server.job.errand.LibraryWork;

/** Brings cartridges to mail slots, and takes in what lies there. */
final class MailTask {

    private final CartridgeBook book;
    private final Floors floors;
    private final LookTask looking;
    private final LibraryWork.Story story;

    MailTask(CartridgeBook book, Floors floors, LookTask looking, LibraryWork.Story story) {
        this.book = book;
        this.floors = floors;
        this.looking = looking;
        this.story = story;
    }

    void run(JobOrder.Export order) throws BackupException {
        Map<String, Set<Integer>> taken = new HashMap<>();
        int done = 0;
        for (String name : order.volumes()) {
            story.check();
            story.phase("bringing " + name + " to a mail slot", done++);
            Barcode barcode = book.barcode(name);
            try {
                Floor floor = floors.with(barcode, book.home(name));
                story.fate(export(floor, barcode, order.to(), taken.computeIfAbsent(floor.node().name() + " " + floor.device(), key -> new HashSet<>())));
            } catch (BackupException e) {
                story.check();
                story.fate(new Cartridge(barcode, null, null, -1, Fate.FAILED, name + " was not brought to a mail slot: " + e.getMessage()));
            }
        }
    }

    /** @param taken mail slots that this job has filled; a changer may be slow to say so */
    private Cartridge export(Floor floor, Barcode barcode, String to, Set<Integer> taken) throws BackupException {
        ElementFound from = floor.of(barcode).orElseThrow();
        Volume volume = book.byBarcode(floor).get(barcode);
        String label = volume == null ? null : volume.label();
        ElementFound slot = from;
        if (from.kind() != Element.Kind.MAIL_SLOT) {
            slot = floor.free(Element.Kind.MAIL_SLOT).stream().filter(free -> !taken.contains(free.address())).findFirst().orElseThrow(() -> full(floor));
            new Asking(story).ask(floor.node(), new LibraryOrder.MoveMedium(floor.device(), from.address(), slot.address()), Answer.Done.class, Asking.MOVED);
            taken.add(slot.address());
        }
        if (volume != null) {
            book.exported(volume.id(), to == null ? "taken out of library " + floor.device() : to);
        }
        return new Cartridge(barcode, label, volume == null ? null : volume.pool(), slot.address(), Fate.EXPORTED, barcode
                + (label == null ? "" : ", volume " + label + ",") + " is in " + Floor.word(slot) + " of library " + floor.device() + "; take it out"
                + (to == null ? "" : ", it goes to: " + to));
    }

    static BackupException full(Floor floor) {
        List<ElementFound> mail = floor.of(Element.Kind.MAIL_SLOT);
        return BackupException.operator("mailslot.full", floor.device().value(), mail.isEmpty() ? "library " + floor.device() + " has no mail slot; take it out by hand"
                : "no mail slot of library " + floor.device() + " is free: " + floor.mail() + "; take out what lies there, or \"azekura volume import "
                        + floor.device() + "\"");
    }

    void run(JobOrder.Import order) throws BackupException {
        Floor floor = floors.get(order.library(), order.node());
        List<ElementFound> mail = floor.of(Element.Kind.MAIL_SLOT).stream().filter(element -> element.filling() == Element.Filling.CARTRIDGE).toList();
        Iterator<ElementFound> free = floor.free(Element.Kind.SLOT).iterator();
        Set<Barcode> moved = new HashSet<>();
        for (ElementFound from : mail) {
            story.check();
            story.phase("taking in what lies in mail slot " + from.address(), moved.size());
            if (!free.hasNext()) {
                story.fate(failed(from, "no slot of library " + floor.device() + " is free"));
                continue;
            }
            ElementFound to = free.next();
            try {
                new Asking(story).ask(floor.node(), new LibraryOrder.MoveMedium(floor.device(), from.address(), to.address()), Answer.Done.class, Asking.MOVED);
                if (from.barcode() == null) {
                    story.fate(new Cartridge(null, null, null, to.address(), Fate.IMPORTED, "a cartridge without a barcode that can be read is in "
                            + Floor.word(to)));
                } else {
                    moved.add(from.barcode());
                }
            } catch (BackupException e) {
                story.check();
                story.fate(failed(from, e.getMessage()));
            }
        }
        Floor now = floors.get(order.library(), order.node());
        book.seen(now);
        for (Barcode barcode : moved) {
            story.check();
            story.fate(taken(now, barcode));
        }
        if (mail.isEmpty()) {
            story.line(JobLine.Level.INFO, "nothing lies in a mail slot of library " + floor.device());
        }
    }

    private static Cartridge failed(ElementFound from, String why) {
        return new Cartridge(from.barcode(), null, null, from.address(), Fate.FAILED, (from.barcode() == null ? "the cartridge" : from.barcode().value())
                + " stays in mail slot " + from.address() + ": " + why);
    }

    /** One that the catalog knows is believed to be that; of any other the label is read. */
    private Cartridge taken(Floor floor, Barcode barcode) throws BackupException {
        ElementFound at = floor.of(barcode).orElse(null);
        Volume volume = book.byBarcode(floor).get(barcode);
        String where = at == null ? "" : " is in " + Floor.word(at);
        int address = at == null ? -1 : at.address();
        if (volume != null || barcode.isCleaning()) {
            return new Cartridge(barcode, volume == null ? null : volume.label(), volume == null ? null : volume.pool(), address, Fate.IMPORTED, barcode
                    + (volume == null ? ", a cleaning cartridge," : ", volume " + volume.label() + " of pool " + volume.pool() + ",") + where);
        }
        story.phase("looking at " + barcode, 0);
        try {
            Cartridge seen = looking.look(floor, barcode);
            return new Cartridge(barcode, seen.volume(), seen.pool(), address, seen.fate() == Fate.BLANK ? Fate.IMPORTED : seen.fate(), seen.what() + ";" + where.replaceFirst("^ is", " it is"));
        } catch (BackupException e) {
            story.check();
            return new Cartridge(barcode, null, null, address, Fate.FAILED, barcode + where + ", and its label could not be looked at: " + e.getMessage());
        }
    }
}
