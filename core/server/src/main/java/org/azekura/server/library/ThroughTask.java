package org.azekura.server.library;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobResult.Cartridge;
import org.azekura.api.server.JobResult.Content;
import org.azekura.api.server.JobResult.Fate;
import org.azekura.server.job.errand.LibraryWork;

/** Has a cartridge read through, a stretch at a time, and compares the packs on it with those that the catalog has there. Used for one cartridge, by one thread. */
final class ThroughTask {

    private static final int MOST_LINES = 200;
    private static final int MOST_NAMED = 3;

    private final CartridgeBook book;
    private final LibraryWork.Story story;
    private final Set<PackId> whole = new HashSet<>();
    private final List<String> damage = new ArrayList<>();
    private long objects;
    private long bytes;
    private long unreadable;
    private long gaps;
    private long more;

    ThroughTask(CartridgeBook book, LibraryWork.Story story) {
        this.book = book;
        this.story = story;
    }

    /**
     * @param looked what it begins with: a label
     * @throws BackupException if it can't be read at all
     */
    Cartridge read(Floor floor, Barcode barcode, Cartridge looked) throws BackupException {
        LibraryAnswer.Reached from = null;
        do {
            story.phase("reading " + barcode + ": " + objects + " objects", 0);
            LibraryAnswer.PassedThrough passed = new Asking(story).ask(floor.node(), new LibraryOrder.ReadThrough(floor.device(), barcode, from), LibraryAnswer.PassedThrough.class,
                    Asking.LOOKED);
            passed.objects().stream().filter(one -> one.pack() != null && one.whole()).map(LibraryAnswer.OnTape::pack).forEach(whole::add);
            objects += passed.objects().size();
            bytes += passed.bytes();
            unreadable += passed.unreadable();
            gaps += passed.gaps();
            passed.damage().forEach(this::damaged);
            from = passed.next();
        } while (from != null);
        return told(barcode, looked, content(floor, barcode));
    }

    private void damaged(String what) {
        if (damage.size() < MOST_LINES) {
            damage.add(what);
            story.line(JobLine.Level.WARN, what);
        } else {
            more++;
        }
    }

    private Content content(Floor floor, Barcode barcode) throws BackupException {
        Set<PackId> expected = book.packs(floor, barcode);
        long known = whole.stream().filter(expected::contains).count();
        List<PackId> missing = expected.stream().filter(pack -> !whole.contains(pack)).toList();
        missing.forEach(pack -> damaged("pack " + pack + " is not there, or not as a whole; the catalog has it on this cartridge"));
        return new Content(objects, bytes, whole.size(), known, whole.size() - known, missing.size(), unreadable, gaps, damage);
    }

    private Cartridge told(Barcode barcode, Cartridge looked, Content content) {
        boolean clean = damage.isEmpty();
        String what = looked.what() + "; read through: " + content.objects() + " objects, " + content.packs() + " packs (" + content.known() + " known, "
                + content.unknown() + " unknown, " + content.missing() + " missing), " + (clean ? "all of it can be read" : content.unreadable()
                + " blocks that can't be read, " + content.gaps() + " gaps: " + String.join("; ", damage.subList(0, Math.min(MOST_NAMED, damage.size())))
                + (damage.size() + more > MOST_NAMED ? "; and " + (damage.size() + more - MOST_NAMED) + " more" : ""));
        return new Cartridge(barcode, looked.volume(), looked.pool(), looked.address(), clean ? looked.fate() : Fate.DAMAGED, what, content);
    }
}
