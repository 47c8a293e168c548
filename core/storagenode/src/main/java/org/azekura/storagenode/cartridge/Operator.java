package org.azekura.storagenode.cartridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.LoadResult;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.MountedVolume;
import org.azekura.storagenode.cartridge.set.CartridgeNotes;
import org.azekura.storagenode.cartridge.set.PlainRings;
import org.azekura.storagenode.cartridge.set.Shelf;

/**
 * What people have done in a library. It takes turns with those who write and read there: a drive is taken for it only between two of their calls, when all
 * that was written is on the tape, and whoever had his volume in it fetches that again, and proves it, at the next call. Thread-safe.
 */
public final class Operator {

    private static final Duration CLEANING = Duration.ofMinutes(1);
    private static final int MOST_CLEANING = 15;
    /** The cleaning cartridge is used up; it is none that the drive can use (TapeAlert). */
    private static final List<Integer> NOT_CLEANED = List.of(22, 23);

    private final Shelf shelf;
    private final CartridgeLook look;
    private final CartridgeVisit visit;

    Operator(Shelf shelf) {
        this.shelf = shelf;
        this.look = new CartridgeLook(shelf.where());
        this.visit = new CartridgeVisit(shelf);
    }

    /** Where everything is, by address. Moves nothing. */
    public LibraryAnswer.Elements elements() throws BackupException {
        shelf.requireOpen();
        List<Element> all = shelf.robot().elements();
        shelf.strangers().there(all.stream().flatMap(element -> element.barcode().stream()).toList());
        if (all.size() > LibraryAnswer.Elements.MOST) {
            throw BackupException.operator("library.large", shelf.where(), shelf.where() + " has " + all.size() + " elements; at most "
                    + LibraryAnswer.Elements.MOST + " can be told");
        }
        return new LibraryAnswer.Elements(shelf.library().location(), shelf.library().changer().isPresent(), all.stream().map(element -> found(element, all)).toList());
    }

    private LibraryAnswer.ElementFound found(Element element, List<Element> all) {
        OptionalInt drive = shelf.robot().drive(element, all);
        Optional<CartridgeNotes.Owner> owner = element.barcode().isPresent() ? element.barcode().flatMap(shelf.owners()::owner) : found(drive);
        return new LibraryAnswer.ElementFound(element.address().value(), element.kind(), element.filling(), element.barcode().orElse(null),
                element.source().map(ElementAddress::value).orElse(-1), drive.orElse(-1), element.accessible(),
                drive.isPresent() && shelf.bays().at(drive.getAsInt()).isLocked(), owner.map(CartridgeNotes.Owner::pool).orElse(null),
                owner.map(CartridgeNotes.Owner::volume).orElse(null), problem(element, drive));
    }

    /** The volume that was found in a drive: without barcodes nobody else can tell. */
    private Optional<CartridgeNotes.Owner> found(OptionalInt drive) {
        MountedVolume tape = drive.isPresent() ? shelf.bays().at(drive.getAsInt()).tape() : null;
        return Optional.ofNullable(tape).map(there -> new CartridgeNotes.Owner(there.label().volume(), there.label().pool()));
    }

    /** New media may be calibrated for two hours, in which a drive does nothing else. */
    private String problem(Element element, OptionalInt drive) {
        String readying = element.problem().isEmpty() && drive.isPresent() ? shelf.bays().at(drive.getAsInt()).readying() : "";
        return readying.isEmpty() ? element.problem() : "not ready yet: " + readying;
    }

    /**
     * The same; cartridges whose label is not noted are looked at anew when somebody needs one, for a hand may have put others in their place.
     *
     * @param initialise has the robot look into every element
     */
    public LibraryAnswer.Elements inventory(boolean initialise) throws BackupException {
        shelf.requireOpen();
        if (initialise) {
            shelf.robot().initialise();
        }
        shelf.owners().forgetSeen();
        shelf.strangers().forgetAll();
        return elements();
    }

    /**
     * Moves a cartridge; one that lies in a drive is unloaded first.
     *
     * @throws BackupException {@code changer.*}; {@code device.busy} if a drive is not let go of, {@code device.unsupported} without a robot
     */
    public void move(ElementAddress from, ElementAddress to) throws BackupException {
        shelf.requireOpen();
        List<Element> all = shelf.robot().elements();
        OptionalInt source = drive(from, all);
        List<Bay> taken = new ArrayList<>();
        try {
            for (int drive : both(source, drive(to, all))) {
                taken.add(shelf.bays().locked(drive));
                shelf.bays().at(drive).forget();
            }
            if (source.isPresent()) {
                shelf.bays().at(source.getAsInt()).drive().unload();
            }
            shelf.robot().move(from, to);
        } finally {
            taken.forEach(Bay::unlock);
        }
    }

    private OptionalInt drive(ElementAddress address, List<Element> all) {
        return all.stream().filter(element -> element.address().equals(address)).findFirst().map(element -> shelf.robot().drive(element, all))
                .orElse(OptionalInt.empty());
    }

    /** By number: two that each want both drives must not wait for each other. */
    private static SortedSet<Integer> both(OptionalInt one, OptionalInt other) {
        SortedSet<Integer> both = new TreeSet<>();
        one.ifPresent(both::add);
        other.ifPresent(both::add);
        return both;
    }

    /**
     * What a cartridge begins with. Nothing is written.
     *
     * @throws BackupException {@code volume.missing} if it is in no slot and no drive
     */
    public LibraryAnswer.CartridgeFound look(Barcode barcode) throws BackupException {
        return visit.in(barcode, look::found);
    }

    /**
     * The key rings with which a labelled cartridge begins, oldest first, as far as they can be read by everybody. Nothing is written.
     *
     * @throws BackupException as {@link #look}
     */
    public List<byte[]> rings(Barcode barcode) throws BackupException {
        List<byte[]> rings = new ArrayList<>();
        visit.in(barcode, loaded -> {
            if (loaded.first() instanceof First.Labelled) {
                rings.addAll(PlainRings.read(loaded.bay(), shelf.where()));
            }
            return new LibraryAnswer.CartridgeFound(LibraryAnswer.Beginning.OTHER, false, null, true, "", -1);
        });
        return rings;
    }

    /**
     * Reads on, block by block, for some minutes. Nothing is written, and no note believed. The cartridge is put back when its end was met.
     *
     * @param from null: from the beginning
     * @throws BackupException as {@link #look}; {@code volume.quarantined} if it has no label
     */
    public LibraryAnswer.PassedThrough readThrough(Barcode barcode, LibraryAnswer.Reached from) throws BackupException {
        return visit.through(barcode, from);
    }

    /**
     * Writes a label on a cartridge that is blank, and nothing else.
     *
     * @param label whole
     * @return what it begins with now; nothing was written on one that was not blank
     * @throws BackupException as {@link #look}; {@code volume.label} if the label was not read back as it was written
     */
    public LibraryAnswer.CartridgeFound label(Barcode barcode, byte[] label) throws BackupException {
        return visit.in(barcode, loaded -> look.label(loaded, label, false));
    }

    /**
     * The same; also on a cartridge that begins with the label of a volume that is given up.
     *
     * @param pool       that the label names
     * @param overwrites that volume; empty: the cartridge must be blank
     */
    public LibraryAnswer.CartridgeFound label(Barcode barcode, byte[] label, PoolName pool, Optional<VolumeId> overwrites) throws BackupException {
        return visit.in(barcode, loaded -> {
            boolean isGivenUp = loaded.first() instanceof First.Labelled there && overwrites.equals(Optional.of(there.label().volume()));
            if (isGivenUp) {
                shelf.owners().giveUp(visit.find(barcode), overwrites.get(), pool);
            }
            return look.label(loaded, label, isGivenUp);
        });
    }

    /** Which drives can seal what they write. Asks each, also while it is used, and moves nothing. */
    public LibraryAnswer.SealingDrives sealing() throws BackupException {
        shelf.requireOpen();
        List<String> able = new ArrayList<>();
        List<String> unable = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Bay bay : shelf.bays().all()) {
            String drive = "drive " + bay.number() + " (" + bay.drive().location() + ")";
            try {
                (bay.drive().capabilities().encryption() ? able : unable).add(drive);
            } catch (BackupException e) {
                silent.add(drive + ": " + e.getMessage());
            }
        }
        return new LibraryAnswer.SealingDrives(able, unable, silent);
    }

    /** With the first cleaning cartridge that is in a slot. */
    LibraryAnswer.DriveCleaned clean(int drive) throws BackupException {
        return clean(drive, Optional.empty());
    }

    /**
     * Cleans a drive with a cleaning cartridge that is in a slot; what lies in the drive goes back to its slot.
     *
     * @param with the cleaning cartridge; empty: the first that is in a slot
     * @throws BackupException {@code cleaning.none}; {@code device.unknown} if there is no such drive
     */
    public LibraryAnswer.DriveCleaned clean(int drive, Optional<Barcode> with) throws BackupException {
        shelf.requireOpen();
        int drives = shelf.library().drives().size();
        if (drive < 0 || drive >= drives) {
            throw BackupException.operator("device.unknown", shelf.where(), shelf.where() + " has no drive " + drive + "; the first is 0, the last "
                    + (drives - 1));
        }
        Bay bay = shelf.bays().locked(drive);
        try {
            Element cleaner = cleaner(with);
            bay.forget();
            bay.drive().unload();
            shelf.robot().shelve(drive);
            shelf.robot().move(cleaner.address(), shelf.robot().address(drive));
            String problem = cleaned(bay);
            bay.drive().unload();
            shelf.robot().move(shelf.robot().address(drive), cleaner.address());
            return new LibraryAnswer.DriveCleaned(cleaner.barcode().orElseThrow(), problem);
        } finally {
            bay.unlock();
        }
    }

    private Element cleaner(Optional<Barcode> with) throws BackupException {
        return shelf.robot().elements().stream().filter(element -> element.kind() == Element.Kind.SLOT)
                .filter(element -> element.barcode().filter(barcode -> barcode.isCleaning() && with.map(barcode::equals).orElse(true)).isPresent()).findFirst()
                .orElseThrow(() -> BackupException.media("cleaning.none", shelf.where(), shelf.where() + " has no cleaning cartridge in a slot (barcode CLN…);"
                        + " put one in", null));
    }

    /** What is against it; empty if the drive is clean. */
    private static String cleaned(Bay bay) throws BackupException {
        for (int i = 0; i < MOST_CLEANING; i++) {
            switch (bay.drive().load(CLEANING)) {
                case LoadResult.Cleaned cleaned -> {
                    return bay.drive().alerts().stream().filter(alert -> NOT_CLEANED.contains(alert.flag())).map(Alert::toString)
                            .findFirst().orElse("");
                }
                case LoadResult.Ready ready -> {
                    return "the drive does not take it for a cleaning cartridge";
                }
                case LoadResult.Empty empty -> {
                    return "the drive has not drawn it in";
                }
                case LoadResult.Busy busy -> { }
            }
        }
        return "the drive was not through after " + MOST_CLEANING + " minutes";
    }
}
