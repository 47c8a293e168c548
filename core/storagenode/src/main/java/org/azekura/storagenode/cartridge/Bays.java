package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.engine.volume.Label;

/** The drives of a library: brings cartridges into them. Thread-safe. */
final class Bays {

    private static final long WAIT = 240;
    /** Others move cartridges, too, between the look where one is and the grip for it. */
    private static final int TRIES = 5;
    /** Who reads on takes no longer between two calls. */
    private static final long IN_USE = Duration.ofSeconds(5).toNanos();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** New media are calibrated for up to two hours. */
    private static final int MOST_PATIENCE = 130;

    private final Robot robot;
    private final LongSupplier clock;
    private final List<Bay> bays = new ArrayList<>();

    Bays(Library library, Robot robot, LongSupplier clock) {
        this.robot = robot;
        this.clock = clock;
        for (Drive drive : library.drives()) {
            bays.add(new Bay(drive, bays.size(), clock));
        }
    }

    /** The drive in which this volume is, locked; null if it is in none. */
    Bay of(Tape tape) throws BackupException {
        for (Bay bay : bays) {
            if (bay.tape() == tape) {
                bay.lock(WAIT);
                if (bay.tape() == tape) {
                    return bay;
                }
                bay.unlock();
            }
        }
        return null;
    }

    /** The drive of this number. */
    Bay at(int drive) {
        return bays.get(drive);
    }

    /** The same, locked. */
    Bay locked(int drive) throws BackupException {
        return locked(at(drive));
    }

    /** A number that changes as long as some drive does something: bringing a cartridge there takes minutes, and so does finding a place on it. Any thread. */
    long steps() {
        return bays.stream().mapToLong(Bay::steps).sum();
    }

    /** Whether the volume of a pool was found in this drive. */
    boolean isTaken(int drive) {
        return bays.get(drive).tape() != null;
    }

    /** Whether that of another pool was. */
    boolean isTakenByOthers(int drive, PoolName pool) {
        Tape tape = bays.get(drive).tape();
        return tape != null && !tape.label().pool().equals(pool);
    }

    /** Whether a volume is in this drive that is read, or to which blobs go that are in the making. */
    boolean isInUse(int drive) {
        Bay bay = bays.get(drive);
        Tape tape = bay.tape();
        return tape != null && (tape.isWritten() || bay.isLocked() || clock.getAsLong() - bay.used() < IN_USE);
    }

    /** Has a drive let go of what was found in it; not of what somebody puts there now. */
    void letGo(int drive) throws BackupException {
        Bay bay = locked(drive);
        try {
            if (!bay.isEmpty()) {
                bay.forget();
                bay.drive().unload();
                bay.empty(true);
            }
        } finally {
            bay.unlock();
        }
    }

    /**
     * Has a cartridge in a drive, ready, and reads what it begins with. The caller unlocks the drive.
     *
     * @throws BackupException {@code volume.missing} if it is not there any more, {@code device.*}, {@code drive.*}, {@code changer.*}
     */
    Loaded load(Robot.Found cartridge) throws BackupException {
        Robot.Found there = cartridge;
        for (int i = 0; i < TRIES && there != null; i++) {
            Bay bay = there.drive().isPresent() ? locked(bays.get(there.drive().getAsInt())) : free();
            boolean fine = false;
            try {
                if (isIn(bay, there)) {
                    bay.forget();
                    Loaded loaded = ready(bay, there);
                    bay.answers(true);
                    fine = true;
                    return loaded;
                }
            } catch (BackupException e) {
                bay.answers(!Trouble.is(e, "device.io"));
                throw Trouble.away("drive", e);
            } finally {
                if (!fine) {
                    bay.unlock();
                }
            }
            there = robot.again(cartridge);
        }
        throw Trouble.missing(robot.where(), "cartridge " + cartridge.barcode().map(Barcode::value).orElse("without a label")
                + " was moved by somebody else; it is looked for again at the next call");
    }

    /** Brings it into a drive that the caller has, or makes sure that it is there still. */
    private boolean isIn(Bay bay, Robot.Found cartridge) throws BackupException {
        if (cartridge.drive().isPresent()) {
            return cartridge.equals(robot.again(cartridge));
        }
        bay.forget();
        bay.drive().unload();
        bay.step();
        boolean brought = robot.bring(cartridge, bay.number());
        bay.step();
        return brought;
    }

    private static Bay locked(Bay bay) throws BackupException {
        bay.lock(WAIT);
        return bay;
    }

    /** A drive that answers in which nothing lies; else the one that was used longest ago, without open blobs if there is such a one. Locked. */
    private Bay free() throws BackupException {
        for (int empty : robot.emptyDrives()) {
            if (bays.get(empty).isAnswering() && bays.get(empty).tryLock()) {
                return bays.get(empty);
            }
        }
        List<Bay> byUse = bays.stream().sorted(Comparator.<Bay, Boolean>comparing(bay -> !bay.isAnswering())
                .thenComparing(bay -> bay.tape() != null && bay.tape().isWritten()).thenComparing(Bay::used)).toList();
        for (Bay bay : byUse) {
            if (bay.tryLock()) {
                return bay;
            }
        }
        return locked(byUse.getFirst());
    }

    private Loaded ready(Bay bay, Robot.Found cartridge) throws BackupException {
        String what = cartridge.barcode().map(barcode -> "cartridge " + barcode).orElse("the cartridge") + " in " + bay.drive().location();
        for (int i = 0; i < MOST_PATIENCE; i++) {
            LoadResult result;
            try {
                result = bay.drive().load(PATIENCE);
            } catch (BackupException e) {
                if (Trouble.is(e, "media.unfit") || Trouble.is(e, "media.read")) {
                    return new Loaded(bay, null, new First.Other(e.getMessage()));
                }
                throw e;
            }
            bay.step();
            bay.empty(result instanceof LoadResult.Empty);
            switch (result) {
                case LoadResult.Ready ready -> {
                    First first = first(bay, ready.cartridge());
                    if (first instanceof First.Other) {
                        // What stands at the beginning is said by a second look only: somebody may have moved the tape.
                        bay.drive().rewind();
                        first = first(bay, ready.cartridge());
                    }
                    return new Loaded(bay, ready.cartridge(), first);
                }
                case LoadResult.Busy busy -> { }
                case LoadResult.Empty empty -> {
                    return new Loaded(bay, null, new First.Other("there is no cartridge in the drive"));
                }
                case LoadResult.Cleaned cleaned -> {
                    return new Loaded(bay, null, new First.Other("it is a cleaning cartridge"));
                }
            }
        }
        throw Trouble.busy(what, "it has not become ready for " + MOST_PATIENCE + " minutes");
    }

    /** At the beginning. */
    private static First first(Bay bay, Drive.Cartridge cartridge) throws BackupException {
        ReadResult result;
        try {
            result = bay.read();
        } catch (BackupException e) {
            if (Trouble.is(e, "media.read") || Trouble.is(e, "media.key")) {
                return new First.Other(e.getMessage());
            }
            throw e;
        }
        return switch (result) {
            case ReadResult.EndOfData end -> cartridge.writeProtected() ? new First.Other("it is blank, and write-protected") : new First.Blank();
            case ReadResult.Filemark mark -> new First.Other("it begins with a filemark, expected a label");
            case ReadResult.TooLong tooLong -> new First.Other("it begins with a block of more than " + TapeBlock.MAX + " bytes, expected a label");
            case ReadResult.Block block -> label(bay.block());
        };
    }

    private static First label(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.get(bytes);
        try {
            return new First.Labelled(Label.parse(bytes), bytes);
        } catch (BackupException e) {
            return new First.Other(e.getMessage());
        }
    }

    /** Reads a label again, at the beginning, and the filemark behind it. Whether it is this one. */
    static boolean isLabel(Bay bay, byte[] label) throws BackupException {
        bay.moved();
        bay.drive().rewind();
        if (!(bay.read() instanceof ReadResult.Block)) {
            return false;
        }
        byte[] there = new byte[bay.block().remaining()];
        bay.block().get(there);
        return Arrays.equals(there, label) && bay.read() instanceof ReadResult.Filemark;
    }
}
