package org.azekura.storagenode.cartridge.drive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.lease.DriveDesk;
import org.azekura.storagenode.lease.DriveView;
import org.azekura.storagenode.lease.Health;
import org.azekura.storagenode.lease.MountRequest.Purpose;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.storagenode.lease.Pass;
import org.azekura.storagenode.lease.Turn;

/** The drives of a library: brings cartridges into them, in turns. Thread-safe. */
public final class Bays {

    /** Others move cartridges, too, between the look where one is and the grip for it. */
    public static final int TRIES = 10;
    /** Who reads on takes no longer between two calls. */
    static final long IN_USE = TimeUnit.SECONDS.toNanos(5);

    private final Library library;
    private final Robot robot;
    private final LongSupplier clock;
    private final MountRules rules;
    private final List<Bay> bays = new ArrayList<>();
    private final DriveDesk desk;
    /** Whether packs wait for the cartridges of a pool. */
    private final Map<PoolName, BooleanSupplier> waiting = new ConcurrentHashMap<>();
    private volatile Set<Integer> out = Set.of();
    private volatile Set<Integer> unclean = Set.of();
    private volatile LastLook look = bay -> true;
    private boolean begun;

    /**
     * @param care looks after the drives
     * @param ours whether a cartridge is known for its label
     */
    public Bays(Library library, Robot robot, MountRules rules, LongSupplier clock, Supplier<DriveCare> care, Predicate<Barcode> ours) {
        this.library = library;
        this.robot = robot;
        this.clock = clock;
        this.rules = rules;
        for (Drive drive : library.drives()) {
            bays.add(new Bay(new TellingDrive(drive, bays.size(), care, ours, clock), bays.size(), clock));
        }
        this.desk = new DriveDesk(robot.where(), bays.size(), rules, clock, new View());
    }

    private final class View implements DriveView {

        @Override
        public Health health(int drive) {
            return out.contains(drive) ? Health.OUT : unclean.contains(drive) ? Health.UNCLEAN : bays.get(drive).isAnswering() ? Health.WELL : Health.SILENT;
        }

        @Override
        public boolean isSoonWanted(int drive) {
            MountedVolume tape = bays.get(drive).tape();
            return tape != null && (tape.isWritten() || tape.isExpected() || !tape.isClosed() && waiting.getOrDefault(tape.label().pool(), () -> false).getAsBoolean());
        }

        @Override
        public long steps() {
            return Bays.this.steps();
        }
    }

    /** What is known of drives: those get nothing, and these nothing before they were cleaned. */
    public void use(Set<Integer> outOfUse, Set<Integer> toBeCleaned) {
        out = Set.copyOf(outOfUse);
        unclean = Set.copyOf(toBeCleaned);
    }

    /** Whether what a pool has in a drive will be written soon, besides blobs in the making. */
    public void expect(PoolName pool, BooleanSupplier whether) {
        waiting.put(pool, whether);
    }

    /** For those who read one cartridge at the same time. */
    public Pass pass() {
        return new Pass(rules, clock);
    }

    /** All drives, whatever they are good for. */
    public List<Bay> all() {
        return bays;
    }

    /** Whether this one gets nothing. */
    public boolean isOut(Bay bay) {
        return out.contains(bay.number());
    }

    /** How many may be used. */
    public int usable() {
        return (int) bays.stream().filter(bay -> !isOut(bay)).count();
    }

    /** Has this look at what is about to go back to its slot. */
    public void look(LastLook last) {
        look = last;
    }

    LastLook look() {
        return look;
    }

    /** The drive in which this volume was found; null if it is in none. */
    public Bay with(MountedVolume tape) {
        return bays.stream().filter(bay -> bay.tape() == tape).findFirst().orElse(null);
    }

    /** The drive of this number. */
    public Bay at(int drive) {
        return bays.get(drive);
    }

    /** The same, locked, for something that is no reading or writing of a cartridge. */
    public Bay locked(int drive) throws BackupException {
        return locked(desk.visit(drive));
    }

    /** The drive of a turn, locked; both end with {@link Bay#unlock}. */
    public Bay locked(Turn turn) throws BackupException {
        Bay bay = at(turn.drive());
        bay.lock(turn);
        return bay;
    }

    /** A number that changes as long as some drive does something. Any thread. */
    public long steps() {
        return bays.stream().mapToLong(Bay::steps).sum();
    }

    /**
     * A number that changes as long as a drive does something that has one of these, or nobody knows what: bringing a cartridge there takes minutes, and so
     * does finding a place on it. What is done for others is nothing to who waits for these. Any thread.
     */
    public long steps(List<? extends MountedVolume> of) {
        return bays.stream().filter(bay -> bay.tape() == null || of.contains(bay.tape())).mapToLong(Bay::steps).sum();
    }

    /** Whether the volume of a pool was found in this drive. */
    public boolean isTaken(int drive) {
        return bays.get(drive).tape() != null;
    }

    /** Whether this cartridge was seen in a drive in which a volume of another pool was found on it: not if another cartridge has come there meanwhile. */
    public boolean isOfOthers(Robot.Found cartridge, PoolName pool) {
        if (cartridge.drive().isEmpty()) {
            return false;
        }
        Bay bay = at(cartridge.drive().getAsInt());
        MountedVolume tape = bay.tape();
        return tape != null && !tape.label().pool().equals(pool) && bay.holds().equals(name(cartridge));
    }

    /** Whether a volume is in this drive that is read, or to which blobs go that are in the making. */
    public boolean isInUse(int drive) {
        return bays.get(drive).isLocked() && isTaken(drive) || isJustUsed(bays.get(drive));
    }

    private boolean isJustUsed(Bay bay) {
        MountedVolume tape = bay.tape();
        return tape != null && (tape.isWritten() || clock.getAsLong() - bay.used() < IN_USE);
    }

    /** Whether what lies in this drive was found there only just before, where nothing lay. */
    public boolean isPutIn(int drive) {
        return clock.getAsLong() - bays.get(drive).putIn() < IN_USE;
    }

    /** A hand was at the drives: nobody reads on. */
    public void fed() {
        bays.forEach(Bay::rest);
    }

    /** Has a drive let go of what was found in it, unless that has come to be in use, or a hand has put it there, until the drive's turn came. */
    public void letGoIfIdle(int drive) throws BackupException {
        letGo(drive, bay -> !isJustUsed(bay) && !isPutIn(drive));
    }

    /** The same whoever uses it; not of what somebody puts there now. */
    public void letGo(int drive) throws BackupException {
        letGo(drive, bay -> true);
    }

    private void letGo(int drive, Predicate<Bay> fits) throws BackupException {
        Bay bay = locked(drive);
        try {
            if (!bay.isEmpty() && fits.test(bay)) {
                bay.forget();
                bay.drive().unload();
                bay.step();
                bay.empty(true);
            }
        } finally {
            bay.unlock();
        }
    }

    /** Waits for a turn with what is in this drive. */
    public Turn enter(Purpose purpose, Bay there) throws BackupException {
        return desk.enter(purpose, there.holds(), true);
    }

    /**
     * Waits for a turn with a cartridge. It need not be in that drive yet.
     *
     * @param lingers whether he who has it will want it again
     */
    public Turn enter(Purpose purpose, Robot.Found cartridge, boolean lingers) throws BackupException {
        if (cartridge.barcode().isEmpty() && isOut(at(cartridge.drive().orElseThrow()))) {
            throw BackupException.device("drive.away", robot.where(), at(cartridge.drive().getAsInt()).drive().location() + " is out of use; put the cartridge"
                    + " into another drive", null);
        }
        Map<Integer, String> mounted = new HashMap<>();
        for (Robot.Found found : robot.cartridges()) {
            found.drive().ifPresent(drive -> mounted.put(drive, name(found)));
        }
        desk.saw(mounted);
        putAwayWhatIsIdle();
        return desk.enter(purpose, name(cartridge), lingers);
    }

    /** As turns are asked for. */
    private static String name(Robot.Found cartridge) {
        return cartridge.barcode().map(Barcode::value).orElseGet(() -> "drive " + cartridge.drive().orElseThrow());
    }

    private synchronized void putAwayWhatIsIdle() {
        if (!begun && library.changer().isPresent()) {
            begun = true;
            Thread.ofPlatform().daemon().name("idle drives of " + robot.where()).start(new PuttingAway(desk, this, robot));
        }
    }

    /** Nothing is written any more on what is in this drive, by who has it: others need not wait whether more comes. */
    public void leave(MountedVolume tape) {
        Bay bay = with(tape);
        if (bay != null) {
            desk.leave(bay.number());
        }
    }

    /**
     * Has a cartridge in a drive, ready, and reads what it begins with, in a turn of its own. The caller unlocks the drive.
     *
     * @throws BackupException {@code volume.missing} if it is not there any more, {@code device.*}, {@code drive.*}, {@code changer.*}
     */
    public Loaded load(Robot.Found cartridge) throws BackupException {
        Robot.Found there = cartridge;
        for (int i = 0; i < TRIES && there != null; i++) {
            Bay bay = locked(enter(Purpose.READ, there, false));
            Loaded loaded = null;
            try {
                loaded = load(bay, there);
                if (loaded != null) {
                    return loaded;
                }
            } finally {
                if (loaded == null) {
                    bay.unlock();
                }
            }
            there = robot.again(cartridge);
        }
        throw moved(cartridge);
    }

    /** The same in a drive that the caller has, in a turn with this cartridge; null if it is not where it was. */
    public Loaded load(Bay bay, Robot.Found cartridge) throws BackupException {
        try {
            if (!isIn(bay, cartridge)) {
                return null;
            }
            bay.forget();
            bay.holds(name(cartridge));
            desk.lies(bay.number(), name(cartridge));
            bay.drive().carries(cartridge.barcode());
            Loaded loaded = Beginning.ready(bay, cartridge);
            bay.answers(true);
            return bay.isEmpty() && isGone(bay, cartridge) ? null : loaded;
        } catch (BackupException e) {
            bay.answers(!Trouble.is(e, "device.io"));
            throw Trouble.away("drive", e);
        }
    }

    /** Whether it was taken out again at once: in a library that was started anew all cartridges may be where they were at first. */
    private boolean isGone(Bay bay, Robot.Found cartridge) throws BackupException {
        Robot.Found there = robot.again(cartridge);
        return there == null || there.drive().isEmpty() || there.drive().getAsInt() != bay.number();
    }

    /** Others were quicker, again and again. */
    public BackupException moved(Robot.Found cartridge) {
        return Trouble.missing(robot.where(), "cartridge " + cartridge.barcode().map(Barcode::value).orElse("without a label")
                + " was moved by somebody else; it is looked for again at the next call");
    }

    /** Brings it into a drive that the caller has, or makes sure that it is there still. */
    private boolean isIn(Bay bay, Robot.Found cartridge) throws BackupException {
        if (cartridge.drive().isPresent() && cartridge.drive().getAsInt() == bay.number()) {
            return cartridge.equals(robot.again(cartridge));
        }
        Robot.Found there = cartridge;
        if (cartridge.drive().isPresent()) {
            if (!isOut(at(cartridge.drive().getAsInt()))) {
                return false;
            }
            putAway(locked(cartridge.drive().getAsInt()));
            there = robot.again(cartridge);
        }
        bay.forget();
        bay.drive().unload();
        bay.step();
        boolean brought = there != null && there.drive().isEmpty() && robot.bring(there, bay.number());
        bay.step();
        return brought;
    }

    /** Brings what lies in a drive that the caller has to its slot, and gives the drive back. */
    void putAway(Bay bay) throws BackupException {
        try {
            bay.forget();
            bay.drive().unload();
            bay.step();
            robot.shelve(bay.number());
            bay.step();
        } finally {
            // where it could not be taken out, that is seen at the next look
            desk.lies(bay.number(), null);
            bay.unlock();
        }
    }

    /** Whoever waits for a drive is told that he gets none. */
    public void close() {
        desk.close();
    }

    /** As {@link Beginning#isLabel}. */
    public static boolean isLabel(Bay bay, byte[] label) throws BackupException {
        return Beginning.isLabel(bay, label);
    }
}
