package org.azekura.driver.tape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.Verdict;

/** The robot of a library that is spoken to in SCSI (SMC-3). Thread-safe: calls come in one by one. */
final class SmcChanger implements Changer {

    private static final int INITIALIZE = 0x07;
    private static final int MOVE = 0xa5;
    private static final int EXCHANGE = 0xa6;
    private static final int CAPABILITIES_PAGE = 0x1f;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration READY = Duration.ofMinutes(10);
    private static final Duration ACCESS = Duration.ofSeconds(20);

    /** What the library knows of its drives. */
    interface Bays {

        /** The numbers of the drives at these elements, as far as they are known. */
        Map<ElementAddress, Integer> drives(List<ElementStatus> elements);

        /** Whether a drive holds what was loaded in it. */
        boolean isHolding(int drive);
    }

    private final SpcDevice device;
    private final Doors doors;
    private final Pauses pauses;
    private final Bays bays;
    private final Modes modes;
    private final Elements elements;
    private final ReentrantLock lock = new ReentrantLock();
    private ElementMap map;
    private List<Element> last = List.of();
    private boolean disturbed;
    private volatile Capabilities capabilities;

    SmcChanger(ScsiPath path, Doors doors, Pauses pauses, Bays bays) {
        this.doors = doors;
        this.pauses = pauses;
        this.bays = bays;
        device = new SpcDevice(path, doors, pauses, Family.CHANGER, this::forget);
        modes = new Modes(device);
        elements = new Elements(device);
    }

    /** Somebody opened or reset the library, or the way to it is a new one. */
    private void forget() {
        disturbed = !last.isEmpty();
        map = null;
        last = List.of();
    }

    private <T> T call(DriveCalls.Work<T> work) throws BackupException {
        doors.requireOpen(location());
        lock.lock();
        try {
            device.revive();
            return work.done();
        } finally {
            lock.unlock();
        }
    }

    SpcDevice device() {
        return device;
    }

    /** For whoever speaks to the device itself. */
    <T> T engineer(DriveCalls.Work<T> work) throws BackupException {
        return call(work);
    }

    @Override
    public String location() {
        return device.location();
    }

    @Override
    public Drive.Identity identity() throws BackupException {
        return call(() -> device.inquiry().identity());
    }

    @Override
    public Capabilities capabilities() throws BackupException {
        doors.requireOpen(location());
        Capabilities known = capabilities;
        if (known != null) {
            return known;
        }
        return call(() -> {
            boolean exchanges = device.operations().has(EXCHANGE, modes.page(CAPABILITIES_PAGE, 0).map(SmcChanger::exchanges).orElse(false));
            elements.all(Kind.PICKER, map().range(Kind.PICKER));
            capabilities = new Capabilities(exchanges, elements.hasTags());
            return capabilities;
        });
    }

    /** By the second half of the page, which says what can be exchanged between which elements. */
    private static boolean exchanges(byte[] page) {
        return page.length >= 16 && (page[12] | page[13] | page[14] | page[15]) != 0;
    }

    private ElementMap map() throws BackupException {
        if (map == null) {
            map = modes.page(ElementMap.PAGE, 0).flatMap(ElementMap::parse).orElseThrow(() -> Trouble.device("device.io", location(),
                    "the changer does not say which elements it has (mode page 1Dh)"));
        }
        return map;
    }

    @Override
    public List<Element> inventory() throws BackupException {
        return call(() -> {
            disturbed = false;
            List<Element> all = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                List<ElementStatus> found = elements.all(kind, map().range(kind));
                Map<ElementAddress, Integer> drives = kind == Kind.DRIVE ? bays.drives(found) : Map.of();
                found.forEach(status -> all.add(element(kind, status, drives)));
            }
            all.sort(Comparator.comparing(Element::address));
            last = List.copyOf(all);
            return last;
        });
    }

    private static Element element(Kind kind, ElementStatus status, Map<ElementAddress, Integer> drives) {
        ElementAddress address = new ElementAddress(status.address());
        Integer drive = drives.get(address);
        return new Element(address, kind, status.content(), status.source(), drive == null ? OptionalInt.empty() : OptionalInt.of(drive), status.accessible(),
                status.problem());
    }

    @Override
    public void move(ElementAddress from, ElementAddress to) throws BackupException {
        call(() -> {
            begin(from, to);
            command(Cdb.of(12, MOVE, Direction.NONE).with16(2, map().picker()).with16(4, from.value()).with16(6, to.value()));
            return null;
        });
    }

    /** What every motion begins with. */
    private void begin(ElementAddress from, ElementAddress to) throws BackupException {
        if (disturbed) {
            disturbed = false;
            throw Trouble.device("changer.attention", location(), "somebody reset or opened the library, or the way to it was lost; take the inventory");
        }
        if (from.equals(to)) {
            throw Trouble.operator("changer.address", location(), "both addresses are " + from);
        }
        for (ElementAddress address : List.of(from, to)) {
            requireElement(address);
        }
        requireReleased(from);
        awaitAccess(from);
        awaitAccess(to);
    }

    private void requireElement(ElementAddress address) throws BackupException {
        if (map().kind(address).isEmpty()) {
            throw Trouble.operator("changer.address", location(), "there is no element " + address);
        }
    }

    /** Some changers take a cartridge out of a drive that has it loaded. */
    private void requireReleased(ElementAddress from) throws BackupException {
        for (Element element : last) {
            if (element.address().equals(from) && element.drive().isPresent() && bays.isHolding(element.drive().getAsInt())) {
                throw Trouble.device("changer.held", location(), "drive " + element.drive().getAsInt() + " has the cartridge loaded; unload it first");
            }
        }
    }

    /** Where a changer says at all which elements can be got at, one that can't is waited for, and then tried all the same. */
    private void awaitAccess(ElementAddress address) throws BackupException {
        boolean says = last.stream().anyMatch(Element::accessible);
        Kind kind = map().kind(address).orElseThrow();
        for (Duration waited = Duration.ZERO; says && waited.compareTo(ACCESS) < 0; waited = waited.plus(FIRST_WAIT)) {
            List<ElementStatus> now = elements.all(kind, new ElementMap.Range(address.value(), 1));
            if (now.isEmpty() || now.getFirst().accessible()) {
                return;
            }
            pauses.pause(FIRST_WAIT, location());
        }
    }

    /** Sends what moves something: again only if the changer says that it was not ready, so that nothing was moved. */
    private void command(Cdb cdb) throws BackupException {
        for (Duration waited = Duration.ZERO;; waited = waited.plus(FIRST_WAIT)) {
            Answer answer = device.once(cdb, null);
            if (answer.isDone()) {
                return;
            }
            if (answer.verdict() != Verdict.RETRY || waited.compareTo(READY) >= 0) {
                disturbed = false;
                throw device.refused(answer, Doing.MOVING);
            }
            pauses.pause(FIRST_WAIT, location());
        }
    }

    @Override
    public void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException {
        if (!capabilities().exchange()) {
            throw Trouble.unsupported(location(), "this changer does not exchange cartridges");
        }
        call(() -> {
            begin(from, at);
            requireElement(to);
            if (at.equals(to)) {
                throw Trouble.operator("changer.address", location(), "there is no way from " + from + " over " + at + " to " + to);
            }
            requireReleased(at);
            command(Cdb.of(12, EXCHANGE, Direction.NONE).with16(2, map().picker()).with16(4, from.value()).with16(6, at.value()).with16(8, to.value()));
            return null;
        });
    }

    @Override
    public void initialise() throws BackupException {
        call(() -> {
            disturbed = false;
            command(Cdb.six(INITIALIZE, Direction.NONE, 0, 0));
            return null;
        });
    }

    /** The doors are closed. Any thread. */
    void close() {
        device.close();
    }
}
