package org.azekura.storagenode.cartridge.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.storagenode.cartridge.blob.Trouble;

/** Finds cartridges and moves them; without a changer it finds what hands have put into drives. Thread-safe, one motion at a time. */
public final class Robot {

    private static final int TRIES = 3;
    private static final Duration WAIT = Duration.ofSeconds(240);

    private final String where;
    private final Library library;
    private final Runnable touched;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * A cartridge that can be used.
     *
     * @param barcode empty if nobody can tell
     * @param at      null without a changer
     * @param home    its slot, as far as the changer knows: tells which is the first
     * @param drive   the drive that it lies in
     */
    public record Found(Optional<Barcode> barcode, ElementAddress at, int home, OptionalInt drive) {}

    /** @param touched told when somebody may have been at the library */
    public Robot(String where, Library library, Runnable touched) {
        this.where = where;
        this.library = library;
        this.touched = touched;
    }

    /** The library as operators call it. */
    public String where() {
        return where;
    }

    /** Whether there is none, and hands change cartridges in its place. */
    public boolean isByHand() {
        return library.changer().isEmpty();
    }

    private interface Work<T> {
        T on(Changer changer) throws BackupException;
    }

    /** Somebody else was there: what was to be moved is not where it was seen just before, or there is something in its way. */
    private static boolean isOutOfDate(BackupException e) {
        return Trouble.is(e, "changer.attention") || Trouble.is(e, "changer.empty") || Trouble.is(e, "changer.taken");
    }

    /** Somebody else may have opened the library meanwhile, or moved something: then the inventory is taken, and it is tried again. */
    private <T> T call(Changer changer, Work<T> work) throws BackupException {
        return call(changer, WAIT, work);
    }

    private <T> T call(Changer changer, Duration patience, Work<T> work) throws BackupException {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Trouble.busy(changer.location(), "the changer has been busy for " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            throw Trouble.interrupted(changer.location(), e);
        }
        try {
            for (int i = 1;; i++) {
                try {
                    return work.on(changer);
                } catch (BackupException e) {
                    if (i == TRIES || !isOutOfDate(e)) {
                        throw Trouble.away("changer", e);
                    }
                    touched.run();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where the cartridges are that can be used: those in drives first, then by slots. Cleaning cartridges and mail slots are left alone. */
    public List<Found> cartridges() throws BackupException {
        return cartridges(WAIT);
    }

    /**
     * The same.
     *
     * @param patience with others that have it move something
     * @throws BackupException {@code device.busy} after that
     */
    public List<Found> cartridges(Duration patience) throws BackupException {
        List<Found> found = new ArrayList<>();
        Optional<Changer> changer = library.changer();
        if (changer.isEmpty()) {
            for (int i = 0; i < library.drives().size(); i++) {
                found.add(new Found(Optional.empty(), null, i, OptionalInt.of(i)));
            }
            return found;
        }
        List<Element> elements = call(changer.get(), patience, Changer::inventory);
        elements.stream().filter(element -> drive(element, elements).isPresent() && isThere(element))
                .forEach(element -> found.add(found(element, drive(element, elements))));
        // What nobody can name could not be found again: it is used where a hand has put it.
        elements.stream().filter(element -> element.kind() == Kind.SLOT && element.barcode().isPresent() && isThere(element))
                .sorted(Comparator.comparing(Element::address))
                .forEach(element -> found.add(found(element, OptionalInt.empty())));
        return found;
    }

    private static Found found(Element element, OptionalInt drive) {
        return new Found(element.barcode(), element.address(), element.source().filter(source -> drive.isPresent()).orElse(element.address()).value(), drive);
    }

    private static boolean isThere(Element element) {
        return switch (element.content()) {
            case Element.Named named -> !named.barcode().isCleaning();
            case Element.Unnamed unnamed -> true;
            case Element.Empty empty -> false;
            case Element.Unknown unknown -> element.kind() == Kind.DRIVE;
        };
    }

    /** Some changers do not tell which drive is where; with one drive there is no question. */
    public OptionalInt drive(Element element, List<Element> all) {
        if (element.kind() != Kind.DRIVE) {
            return OptionalInt.empty();
        }
        boolean only = library.drives().size() == 1 && all.stream().filter(other -> other.kind() == Kind.DRIVE).count() == 1;
        int number = element.drive().orElse(only ? 0 : -1);
        return number >= 0 && number < library.drives().size() ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** Where a cartridge lies that can't be used there; for messages. */
    public String whereabouts(Barcode barcode) throws BackupException {
        Optional<Changer> changer = library.changer();
        if (changer.isEmpty()) {
            return "the drives have no barcodes";
        }
        for (Element element : call(changer.get(), Changer::inventory)) {
            if (element.barcode().equals(Optional.of(barcode))) {
                return "cartridge " + barcode + " lies in " + word(element.kind()) + " " + element.address() + "; move it into a slot";
            }
        }
        return "cartridge " + barcode + " is not in the library; put it in";
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Numbers of the drives in which nothing lies. */
    List<Integer> emptyDrives() throws BackupException {
        Optional<Changer> changer = library.changer();
        if (changer.isEmpty()) {
            return List.of();
        }
        List<Element> elements = call(changer.get(), Changer::inventory);
        return elements.stream().filter(element -> element.content() instanceof Element.Empty && drive(element, elements).isPresent())
                .map(element -> drive(element, elements).getAsInt()).toList();
    }

    /** Where a cartridge is that was found before; null if it is not there any more. */
    public Found again(Found cartridge) throws BackupException {
        return cartridge.barcode().isEmpty() ? cartridge
                : cartridges().stream().filter(each -> each.barcode().equals(cartridge.barcode())).findFirst().orElse(null);
    }

    /**
     * Puts a cartridge from its slot into a drive; what lies there was unloaded, and goes back to where it came from.
     *
     * @return false if it is not in that slot any more: nothing was moved
     * @throws BackupException {@code changer.*}
     */
    boolean bring(Found cartridge, int drive) throws BackupException {
        Changer changer = library.changer().orElseThrow();
        return call(changer, robot -> {
            List<Element> elements = robot.inventory();
            Element from = at(elements, cartridge.at());
            if (from == null || !from.barcode().equals(cartridge.barcode())) {
                return false;
            }
            Element to = at(elements, drive, robot);
            if (!(to.content() instanceof Element.Empty)) {
                robot.move(to.address(), home(robot, to, elements));
            }
            robot.move(from.address(), to.address());
            return true;
        });
    }

    private static Element at(List<Element> elements, ElementAddress address) {
        return elements.stream().filter(element -> element.address().equals(address)).findFirst().orElse(null);
    }

    private static ElementAddress home(Changer robot, Element of, List<Element> elements) throws BackupException {
        return of.source().map(address -> at(elements, address)).filter(Robot::isFree)
                .or(() -> elements.stream().filter(Robot::isFree).min(Comparator.comparing(Element::address))).map(Element::address)
                .orElseThrow(() -> BackupException.device("changer.taken", robot.location(), robot.location() + " has no empty slot for the cartridge in element "
                        + of.address() + "; take one out", null));
    }

    private static boolean isFree(Element element) {
        return element != null && element.kind() == Kind.SLOT && element.content() instanceof Element.Empty;
    }

    /** Whether it answers, with a look at where everything is; without one whether the drives do. */
    public void ask() throws BackupException {
        Optional<Changer> changer = library.changer();
        if (changer.isPresent()) {
            call(changer.get(), Changer::inventory);
        } else {
            for (Drive drive : library.drives()) {
                drive.identity();
            }
        }
    }

    /** Every place for a cartridge, by address; without a changer the drives, of which nobody knows what lies in them. */
    public List<Element> elements() throws BackupException {
        Optional<Changer> changer = library.changer();
        if (changer.isPresent()) {
            return call(changer.get(), Changer::inventory).stream().sorted(Comparator.comparing(Element::address)).toList();
        }
        return IntStream.range(0, library.drives().size()).mapToObj(drive -> new Element(new ElementAddress(drive), Kind.DRIVE, new Element.Unknown(),
                Optional.empty(), OptionalInt.of(drive), true, "")).toList();
    }

    /** @throws BackupException {@code device.unsupported} */
    private Changer required() throws BackupException {
        return library.changer().orElseThrow(() -> BackupException.operator("device.unsupported", where(), where() + " has no robot; put cartridges into its"
                + " drives by hand"));
    }

    /** Has the robot look into every element. */
    public void initialise() throws BackupException {
        call(required(), changer -> {
            changer.initialise();
            return null;
        });
    }

    /** Moves a cartridge; what lies in a drive was unloaded. */
    public void move(ElementAddress from, ElementAddress to) throws BackupException {
        call(required(), changer -> {
            // a changer that noticed something moves nothing before it was asked for the inventory
            changer.inventory();
            changer.move(from, to);
            return null;
        });
    }

    /** Brings what lies in a drive, and was unloaded, to where it came from. */
    public void shelve(int drive) throws BackupException {
        call(required(), changer -> {
            List<Element> elements = changer.inventory();
            Element from = at(elements, drive, changer);
            if (!(from.content() instanceof Element.Empty)) {
                changer.move(from.address(), home(changer, from, elements));
            }
            return null;
        });
    }

    /** Where a drive is. */
    public ElementAddress address(int drive) throws BackupException {
        return call(required(), changer -> at(changer.inventory(), drive, changer).address());
    }

    private Element at(List<Element> elements, int drive, Changer changer) throws BackupException {
        return elements.stream().filter(element -> drive(element, elements).equals(OptionalInt.of(drive))).findFirst()
                .orElseThrow(() -> BackupException.device("changer.address", changer.location(), changer.location() + " does not tell where drive " + drive
                        + " is", null));
    }
}
