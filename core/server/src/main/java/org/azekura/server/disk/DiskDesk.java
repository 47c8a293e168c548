package org.azekura.server.disk;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.server.ApplianceDisks;
import org.azekura.server.disk.DiskLines.Listed;
import org.azekura.server.image.SystemDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the system list disks and make sets of them: what may be taken it judges itself, where nobody can have it do otherwise. Thread-safe. */
final class DiskDesk implements ApplianceDisks {

    private static final Logger log = LoggerFactory.getLogger(DiskDesk.class);
    /** Nothing that could be two words of a request. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final String REFUSED = "refused ";
    private static final String REFUSAL = "disk.refused";
    /** Before the reason where something was begun. */
    private static final String FAILED = "failed: ";

    private final DiskPlaces places;
    private final SystemDoor door;
    /** The door answers some few at a time, and is there for others as well: who comes while it is asked for the disks shares the next answer. */
    private final ReentrantLock asking = new ReentrantLock();
    /** Null before the first answer; guarded by the lock. */
    private Listed told;
    /** When that was asked for. */
    private long asked_ns;

    DiskDesk(DiskPlaces places) {
        this.places = places;
        this.door = new SystemDoor(places.door());
    }

    @Override
    public State state() throws BackupException {
        return Checkups.read(places.health()).of(listed());
    }

    /** As they are at some time after this was called. */
    private Listed listed() throws BackupException {
        long came_ns = System.nanoTime();
        asking.lock();
        try {
            if (told == null || asked_ns - came_ns < 0) {
                long begun_ns = System.nanoTime();
                told = ask();
                asked_ns = begun_ns;
            }
            return told;
        } finally {
            asking.unlock();
        }
    }

    private Listed ask() throws BackupException {
        List<String> lines = shown();
        try {
            return DiskLines.listed(lines);
        } catch (IllegalArgumentException e) {
            throw failed("", "the system tells something else than disks: " + e.getMessage(), e);
        }
    }

    /** Who asks may see them: if they are not told, that is no refusal. */
    private List<String> shown() throws BackupException {
        try {
            return ask("", "disks-show");
        } catch (BackupException e) {
            throw e.failure().code().equals(REFUSAL) ? failed("", e.failure().message(), e) : e;
        }
    }

    @Override
    public DiskSet make(Order order) throws BackupException {
        requireImage();
        word(order.name(), "name");
        word(order.level(), "level");
        for (String disk : order.disks()) {
            word(disk, "disks");
        }
        Set<String> erase = Set.copyOf(order.erase());
        if (order.disks().isEmpty() || !order.disks().containsAll(erase)) {
            throw BackupException.operator("disk.invalid", order.name(), "disks are named, and those to be erased are among them, in the same words");
        }
        String words = order.disks().stream().map(disk -> erase.contains(disk) ? disk + "!" : disk).collect(Collectors.joining(" "));
        log.info("disk set={} level={} is made of {}", order.name(), order.level(), words);
        ask(order.name(), "disks-make " + order.name() + " " + order.level() + " " + words);
        return set(order.name());
    }

    @Override
    public DiskSet attach(String name) throws BackupException {
        requireImage();
        word(name, "name");
        log.info("disk set={} is attached", name);
        ask(name, "disks-attach " + name);
        return set(name);
    }

    private DiskSet set(String name) throws BackupException {
        return listed().sets().stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow(() -> failed(name, "the disk set " + name + " is not there", null));
    }

    private static void word(String said, String field) throws BackupException {
        if (said == null || !WORD.matcher(said).matches()) {
            throw BackupException.operator("disk.invalid", String.valueOf(said), "\"" + said + "\" can't be in \"" + field + "\": one word of letters, digits, dots and dashes, like pool1, mirror or sdb");
        }
    }

    private void requireImage() throws BackupException {
        if (!Files.isRegularFile(places.slot())) {
            throw BackupException.operator("disk.unsupported", "", "this appliance does not run from an image; the system of this machine makes and mounts file systems, and a pool is made in a folder of one");
        }
    }

    /** @return its answer without the last line */
    private List<String> ask(String set, String request) throws BackupException {
        requireImage();
        List<String> lines;
        try {
            lines = door.lines(request);
        } catch (BackupException e) {
            throw failed(set, e.failure().message(), e);
        }
        String last = lines.getLast();
        if (last.equals("ok")) {
            return lines.subList(0, lines.size() - 1);
        }
        String why = last.startsWith(REFUSED) ? last.substring(REFUSED.length()) : "it is not told";
        if (why.startsWith(FAILED) || !last.startsWith(REFUSED)) {
            throw failed(set, why.replaceFirst("^" + FAILED, ""), null);
        }
        throw BackupException.operator(REFUSAL, set, why);
    }

    private static BackupException failed(String set, String why, Throwable cause) {
        return BackupException.device("disk.system", set, why, cause);
    }
}
