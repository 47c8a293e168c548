package org.azekura.storagenode.cartridge.set;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.drive.MountedVolume;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.azekura.storagenode.cartridge.volume.Volume;

/** Finds the cartridge of a pool, by notes and by labels; and a blank one for a new volume. Thread-safe. */
final class Choosing {

    private static final int MOST_NAMED = 10;

    private final Robot robot;
    private final Bays bays;
    private final Owners owners;

    /** @param cartridge of the pool's volume, or a blank one */
    record Choice(Robot.Found cartridge, First first) {

        /** Of one that has a label. */
        private Label label() {
            return ((First.Labelled) first).label();
        }
    }

    Choosing(Robot robot, Bays bays, Owners owners) {
        this.robot = robot;
        this.bays = bays;
        this.owners = owners;
    }

    /**
     * Looks into cartridges until one of the pool's is found, the last of them if that is there. Without notes it looks into every one that is not known,
     * so that all of the pool's are.
     *
     * @param not  volumes that were found to be none: their labelling was cut off, or went no further
     * @param read whether it is known what lies on a volume. Where that is known of none, labels were only looked at, perhaps some of them: all are
     *             looked for
     * @return empty if there is neither that nor a blank one
     * @throws BackupException {@code volume.missing}, {@code volume.quarantined} if that of the pool can't be used
     */
    Optional<Choice> choose(PoolName pool, Optional<Barcode> wanted, Set<VolumeId> not, Predicate<VolumeId> read) throws BackupException {
        if (wanted.isPresent() && wanted.get().isCleaning()) {
            throw Trouble.missing(robot.where(), "cartridge " + wanted.get() + " is a cleaning cartridge; choose another one for pool " + pool);
        }
        List<Robot.Found> all = robot.cartridges();
        if (all.stream().noneMatch(found -> found.barcode().isPresent())) {
            return search(pool, all, true, not, wanted);
        }
        List<Barcode> noted = noted(pool, wanted, not);
        if (isUnread(noted, read)) {
            Optional<Choice> found = search(pool, all, true, not, wanted).filter(choice -> choice.first() instanceof First.Labelled);
            if (found.isPresent()) {
                return found;
            }
        }
        if (wanted.isPresent() && !noted.contains(wanted.get())) {
            Choice choice = certain(pool, wanted.get(), all);
            // one that was labelled beforehand is the one that is meant, and names no others
            boolean more = noted.isEmpty() && choice.first() instanceof First.Labelled labelled && labelled.label().pool().equals(pool)
                    && labelled.label().number() > 0;
            return more ? search(pool, all, true, not, wanted) : Optional.of(choice);
        }
        if (noted.isEmpty()) {
            return search(pool, all, true, not, wanted);
        }
        Optional<Choice> choice = noted(pool, noted, all);
        return choice.isPresent() ? choice : wanted.isPresent() ? Optional.of(certain(pool, wanted.get(), all)) : search(pool, all, false, not, wanted);
    }

    private List<Barcode> noted(PoolName pool, Optional<Barcode> wanted, Set<VolumeId> not) {
        Optional<VolumeId> meant = wanted.flatMap(owners::owner).flatMap(owner -> owners.setOf(owner.volume()));
        return owners.of(pool, not).stream().filter(barcode -> owners.isOf(meant, barcode)).toList();
    }

    private boolean isUnread(List<Barcode> noted, Predicate<VolumeId> read) {
        return !noted.isEmpty() && noted.stream().flatMap(barcode -> owners.owner(barcode).stream()).noneMatch(owner -> read.test(owner.volume()));
    }

    /** The last of the pool's cartridges whose labels were looked at, if nothing more is known of any: it may tell of others. */
    Optional<Barcode> unread(PoolName pool, Optional<Barcode> wanted, Predicate<VolumeId> read) {
        List<Barcode> noted = noted(pool, wanted, Set.of());
        return isUnread(noted, read) ? Optional.of(noted.getFirst()) : Optional.empty();
    }

    private Choice certain(PoolName pool, Barcode barcode, List<Robot.Found> all) throws BackupException {
        Robot.Found found = at(barcode, all).orElseThrow(() -> Trouble.missing(robot.where(), "the cartridge of pool " + pool + " can't be used: "
                + whereabouts(barcode)));
        First first = look(found);
        if (first instanceof First.Other other) {
            throw Trouble.quarantined(robot.where() + ", cartridge " + barcode, other.why());
        }
        return new Choice(found, first);
    }

    private String whereabouts(Barcode barcode) {
        try {
            return robot.whereabouts(barcode);
        } catch (BackupException e) {
            return "cartridge " + barcode + " can't be looked for: " + e.getMessage();
        }
    }

    static Optional<Robot.Found> at(Barcode barcode, List<Robot.Found> all) {
        return all.stream().filter(each -> each.barcode().equals(Optional.of(barcode))).findFirst();
    }

    /** Empty if notes knew better what was there: perhaps barcodes are on other cartridges. */
    private Optional<Choice> noted(PoolName pool, List<Barcode> noted, List<Robot.Found> all) throws BackupException {
        List<Robot.Found> there = noted.stream().flatMap(barcode -> at(barcode, all).stream()).toList();
        if (there.isEmpty()) {
            throw Trouble.missing(robot.where(), "the cartridge of pool " + pool + " can't be used: "
                    + noted.stream().limit(MOST_NAMED).map(this::whereabouts).collect(Collectors.joining("; ")));
        }
        BackupException problem = null;
        for (Robot.Found found : there) {
            First first = look(found);
            if (first instanceof First.Labelled labelled && labelled.label().pool().equals(pool)) {
                return Optional.of(new Choice(found, first));
            }
            if (first instanceof First.Other other) {
                problem = Trouble.quarantined(robot.where() + ", cartridge " + found.barcode().get(), other.why());
            }
        }
        if (problem != null) {
            throw problem;
        }
        return Optional.empty();
    }

    /** @param noted whether notes of other cartridges are believed; not if that of this pool was wrong */
    private Optional<Choice> search(PoolName pool, List<Robot.Found> all, boolean noted, Set<VolumeId> not, Optional<Barcode> wanted) throws BackupException {
        List<Choice> found = new ArrayList<>();
        Choice blank = null;
        for (Robot.Found each : all) {
            if (isOfOthers(each, pool, noted)) {
                continue;
            }
            First first = known(each);
            first = first == null ? look(each) : first;
            if (first instanceof First.Labelled labelled && labelled.label().pool().equals(pool) && labelled.label().number() > 0
                    && !not.contains(labelled.label().volume())) {
                // also one that only somebody else has looked at
                owners.remember(each.barcode(), first);
                found.add(new Choice(each, first));
            }
            if (first instanceof First.Blank && (blank == null || each.home() < blank.cartridge().home())) {
                blank = new Choice(each, first);
            }
        }
        return found.isEmpty() ? Optional.ofNullable(blank) : Optional.of(last(found, wanted));
    }

    /** Of the set that the wanted cartridge is of, else of that whose cartridge was found first. */
    private static Choice last(List<Choice> found, Optional<Barcode> wanted) {
        Choice meant = found.stream().filter(choice -> wanted.isPresent() && choice.cartridge().barcode().equals(wanted)).findFirst().orElse(found.getFirst());
        return found.stream().filter(choice -> choice.label().set().equals(meant.label().set()))
                .max(Comparator.comparingInt(choice -> choice.label().number())).orElseThrow();
    }

    /**
     * A blank cartridge that nobody has claimed; empty if there is none. Looks into every one that is not known, and where hands change them also into what
     * the pool has in drives: somebody may have put another one there. Not where one is in use just then.
     *
     * @param full that which is not written any more: what lies in its drive is let go of, whoever uses it
     */
    Optional<Choice> blank(PoolName pool, MountedVolume full) throws BackupException {
        Bay spent = bays.with(full);
        Choice blank = null;
        Robot.Found used = null;
        for (Robot.Found each : robot.cartridges()) {
            if (isOfOthers(each, pool, true) || each.barcode().flatMap(owners::owner).isPresent() || isKept(each, spent)) {
                continue;
            }
            First first = known(each);
            first = first == null ? look(each) : first;
            if (first instanceof First.Blank && (blank == null || each.home() < blank.cartridge().home())) {
                blank = new Choice(each, first);
            }
            used = used == null || first instanceof First.Labelled labelled && labelled.label().pool().equals(pool) ? each : used;
        }
        if (blank == null && used != null && robot.isByHand()) {
            if (isIn(used, spent)) {
                bays.letGo(used.drive().orElseThrow());
            } else if (!isPutIn(used)) {
                bays.letGoIfIdle(used.drive().orElseThrow());
            }
        }
        return Optional.ofNullable(blank);
    }

    /** Whether hands must leave it there, for it is read or written. */
    private boolean isKept(Robot.Found cartridge, Bay spent) {
        return robot.isByHand() && !isIn(cartridge, spent) && bays.isInUse(cartridge.drive().getAsInt());
    }

    private static boolean isIn(Robot.Found cartridge, Bay bay) {
        return bay != null && cartridge.drive().equals(OptionalInt.of(bay.number()));
    }

    /** Whether hands put it there just before: whoever asked for it may be the next to look. */
    private boolean isPutIn(Robot.Found cartridge) {
        return robot.isByHand() && bays.isPutIn(cartridge.drive().getAsInt());
    }

    /** A certain cartridge, as it was found or can be looked at. */
    Optional<Robot.Found> find(Barcode barcode) throws BackupException {
        return at(barcode, robot.cartridges());
    }

    private boolean isOfOthers(Robot.Found found, PoolName pool, boolean noted) {
        return bays.isOfOthers(found, pool) || found.barcode().isPresent() && owners.isOfOthers(found.barcode().get(), pool, noted);
    }

    private First known(Robot.Found found) {
        return found.barcode().map(owners::seen).orElse(null);
    }

    /** Has it loaded and looked at, and remembers that. */
    private First look(Robot.Found found) throws BackupException {
        Loaded loaded = bays.load(found);
        try {
            owners.remember(found.barcode(), loaded.first());
            return loaded.first();
        } finally {
            loaded.bay().unlock();
        }
    }

    /**
     * The cartridges that may be this one: it, or those in drives that cannot be named, or were not; first where no other volume is. Where hands change them,
     * not one that is in use just then: it can't have been taken out.
     */
    List<Robot.Found> candidates(Optional<Barcode> barcode) throws BackupException {
        List<Robot.Found> found = new ArrayList<>(robot.cartridges());
        found.removeIf(each -> !(barcode.isPresent() && each.barcode().equals(barcode))
                && (each.drive().isEmpty() || barcode.isPresent() && each.barcode().isPresent()));
        found.removeIf(each -> robot.isByHand() && bays.isInUse(each.drive().getAsInt()));
        found.sort(Comparator.<Robot.Found, Boolean>comparing(each -> !each.barcode().equals(barcode))
                .thenComparing(each -> each.drive().isPresent() && bays.isTaken(each.drive().getAsInt())));
        return found;
    }

    /** Has a drive that hands feed let go of what lies in it, for somebody has asked for what does not: not of what is in use just then, or was put in. */
    void makeWay() throws BackupException {
        for (Robot.Found each : robot.isByHand() ? robot.cartridges() : List.<Robot.Found>of()) {
            if (!bays.isInUse(each.drive().getAsInt()) && !isPutIn(each)) {
                bays.letGoIfIdle(each.drive().getAsInt());
                return;
            }
        }
    }

    /** Why there is none that is the volume. */
    BackupException missing(PoolName pool, Volume volume) throws BackupException {
        return Trouble.missing(robot.where(), volume.barcode().isPresent()
                ? "the cartridge of pool " + pool + " can't be used: " + robot.whereabouts(volume.barcode().get())
                : "the cartridge with volume \"" + volume.labelled().label().name() + "\" of pool " + pool + " is in no drive; put it into one");
    }
}
