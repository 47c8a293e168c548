package org.azekura.server.library;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.LibraryAnswer.DriveCleaned;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult.Cartridge;
import org.azekura.api.server.JobResult.Fate;
import org.azekura.server.job.errand.LibraryWork;

/** Cleans a drive, with the next cleaning cartridge if the drive takes one for used up. */
final class CleanTask {

    private final CartridgeBook book;
    private final Floors floors;
    private final DriveUses drives;
    private final LibraryWork.Story story;

    CleanTask(CartridgeBook book, Floors floors, DriveUses drives, LibraryWork.Story story) {
        this.book = book;
        this.floors = floors;
        this.drives = drives;
        this.story = story;
    }

    void run(JobOrder.Clean order) throws BackupException {
        Floor floor = floors.get(order.library(), order.node());
        story.phase("cleaning drive " + order.drive(), 0);
        for (;;) {
            story.check();
            Barcode with = book.cleaners().next(floor, Integer.MAX_VALUE).orElseThrow(() -> none(floor));
            DriveCleaned cleaned = new Asking(story).ask(floor.node(), new LibraryOrder.CleanDrive(floor.device(), order.drive(), with), DriveCleaned.class, Asking.MOVED);
            int uses = book.cleaners().used(cleaned.with(), cleaned.problem());
            if (Cleaners.isUseless(cleaned.problem()) && book.cleaners().next(floor, Integer.MAX_VALUE).isPresent()) {
                story.line(JobLine.Level.WARN, cleaned.with() + ": " + cleaned.problem() + "; the next one is tried");
                continue;
            }
            Floor after = floors.get(order.library(), order.node());
            book.seen(after);
            if (cleaned.problem().isEmpty()) {
                drives.cleaned(floor.node(), floor.device(), order.drive());
            }
            story.fate(fate(order, after, cleaned, uses));
            return;
        }
    }

    private static BackupException none(Floor floor) {
        return BackupException.media("cleaning.none", floor.device().value(), "library " + floor.device() + " has no cleaning cartridge (barcode CLN…) in a slot, but for"
                + " those that are used up; put one in", null);
    }

    private static Cartridge fate(JobOrder.Clean order, Floor floor, DriveCleaned cleaned, int uses) {
        boolean fine = cleaned.problem().isEmpty();
        return new Cartridge(cleaned.with(), null, null, floor.of(cleaned.with()).map(ElementFound::address).orElse(-1), fine ? Fate.CLEANED : Fate.FAILED,
                fine ? "drive " + order.drive() + " of library " + floor.device() + " is clean; " + cleaned.with() + " was used for the " + uses + ". time"
                        : "drive " + order.drive() + " of library " + floor.device() + " was not cleaned with " + cleaned.with() + ": " + cleaned.problem());
    }
}
