package org.azekura.server.firmware;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.DriverInstaller.Unserved;
import org.azekura.api.server.Firmware;
import org.azekura.server.home.OwnerOnly;
import org.azekura.server.image.SystemDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes updates in and has them installed, one at a time. Thread-safe: what is known of the update is guarded by this. */
final class FirmwareDesk implements Firmware, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FirmwareDesk.class);
    private static final String FILE = "update.raucb";

    private final Places places;
    private final Supplier<DriverInstaller> installer;
    private final Rauc rauc;
    private Update update;
    /** What the update says of itself: drivers come and go while it waits, and those that it does not serve are looked for anew each time. */
    private Content content;
    /** As the slots were when the installing began. */
    private List<Slot> before = List.of();
    /** Waits for the updater's service; null while nothing is installed. */
    private Process waiting;

    /** @param installer gives null while there is none */
    FirmwareDesk(Places places, Supplier<DriverInstaller> installer) {
        this.places = places;
        this.installer = installer;
        this.rauc = new Rauc(places.updater(), places.bus());
    }

    /** What an earlier run has left is nobody's: what was installed is in its slot. */
    void begin() throws BackupException {
        if (!Files.exists(places.folder())) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(places.folder())) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw OwnerOnly.failed(places.folder(), e);
        }
    }

    @Override
    public void requireReady() throws BackupException {
        Running.of(places);
        requireIdle();
    }

    @Override
    public State state() throws BackupException {
        Running running = Running.of(places);
        List<Slot> slots = slots(running);
        synchronized (this) {
            return new State(running.version(), running.slot(), slots, update == null ? null : now());
        }
    }

    /** The updater's service does not tell while it writes. */
    private List<Slot> slots(Running running) throws BackupException {
        List<Slot> then = whileWriting();
        if (then != null) {
            return then;
        }
        try {
            return Slots.of(rauc.status(), running);
        } catch (BackupException e) {
            then = whileWriting();
            if (then == null) {
                throw e;
            }
            return then;
        }
    }

    /** Null while nothing is written. */
    private synchronized List<Slot> whileWriting() {
        return update != null && update.stage() == Stage.INSTALLING ? before : null;
    }

    @Override
    public Update take(Path file) throws BackupException {
        Running running = Running.of(places);
        requireIdle();
        Content sent = rauc.look(file);
        String wanted = rauc.status().get("SYSTEM_COMPATIBLE");
        if (!sent.compatible().equals(wanted)) {
            throw Rauc.refused("it is for machines of the kind " + sent.compatible() + ", and this is one of the kind " + wanted);
        }
        running.requireNoOlder(places, sent.version());
        return keep(file, sent);
    }

    private synchronized Update keep(Path file, Content sent) throws BackupException {
        requireIdle();
        OwnerOnly.directory(places.folder());
        try {
            Update kept = new Update(UUID.randomUUID().toString().substring(0, 8), sent.version(), Files.size(file), unserved(sent), Stage.CHECKED, 0, "", "");
            // in the place of the one before
            Files.move(file, place(), StandardCopyOption.ATOMIC_MOVE);
            update = kept;
            content = sent;
            log.info("update={} version={} of {} bytes was let in", update.id(), update.version(), update.bytes());
            return update;
        } catch (IOException e) {
            throw BackupException.device("firmware.io", places.folder().toString(), "the update can't be kept in " + places.folder() + ": " + e, e);
        }
    }

    private Path place() {
        return places.folder().resolve(FILE);
    }

    private List<Unserved> unserved(Content sent) {
        DriverInstaller now = installer.get();
        return now == null ? List.of() : now.unserved(sent.offered());
    }

    /** As it is now: while it waits, with the drivers that are here now. */
    private Update now() {
        if (update.stage() == Stage.CHECKED || update.stage() == Stage.FAILED) {
            update = Installing.with(update, unserved(content));
        }
        return update;
    }

    @Override
    public synchronized Update update(String id) throws BackupException {
        Running.of(places);
        if (update == null || !update.id().equals(id)) {
            throw BackupException.operator("update.unknown", id, "there is no update " + id + " here; send it again");
        }
        return now();
    }

    @Override
    public synchronized Update install(String id, boolean driversAnyway) throws BackupException {
        Update wanted = update(id);
        requireIdle();
        if (wanted.stage() == Stage.INSTALLED) {
            return wanted;
        }
        if (!wanted.drivers().isEmpty() && !driversAnyway) {
            throw BackupException.operator("drivers.refused", wanted.version(), "drivers that are installed here would not run with version " + wanted.version() + ": "
                    + wanted.drivers().stream().map(one -> one.name() + " " + one.version() + " needs " + one.lacks()).collect(Collectors.joining("; "))
                    + "; update them first, or install it all the same and have their jobs wait");
        }
        before = slots(Running.of(places));
        update = Installing.begun(wanted);
        log.info("update={} version={} is written into the slot that does not run", id, wanted.version());
        Thread.ofPlatform().daemon().name("firmware-install").start(this::write);
        return update;
    }

    private void write() {
        String problem;
        try {
            problem = rauc.install(place(), this::waits, this::told);
        } catch (BackupException | RuntimeException e) {
            problem = String.valueOf(e.getMessage());
        }
        ended(problem);
    }

    private synchronized void waits(Process process) {
        waiting = process;
    }

    private synchronized void told(String line) {
        update = Installing.told(update, line);
    }

    private synchronized void ended(String problem) {
        waiting = null;
        update = Installing.ended(update, problem);
        if (problem.isEmpty()) {
            log.info("update={} version={} is installed; it runs from the next restart on", update.id(), update.version());
            delete();
        } else {
            log.warn("update={} version={} could not be installed: {}", update.id(), update.version(), problem);
        }
    }

    @Override
    public synchronized void drop(String id) throws BackupException {
        update(id);
        requireIdle();
        delete();
        update = null;
    }

    private void delete() {
        try {
            Files.deleteIfExists(place());
        } catch (IOException e) {
            log.warn("{} can't be deleted; it is when this appliance starts again: {}", place(), e.toString());
        }
    }

    private synchronized void requireIdle() throws BackupException {
        if (update != null && update.stage() == Stage.INSTALLING) {
            throw BackupException.operator("firmware.busy", update.version(), "version " + update.version() + " is being installed; wait for its end");
        }
    }

    @Override
    public void restart() throws BackupException {
        Running.of(places);
        requireIdle();
        if (rauc.writes()) {
            throw BackupException.operator("firmware.busy", "", "a version is being written into the slot that does not run, since before this appliance was started last; wait for its end");
        }
        log.info("the machine is told to start again");
        new SystemDoor(places.door()).ask("reboot");
    }

    /** The service goes on with what it has begun. */
    @Override
    public synchronized void close() {
        if (waiting != null) {
            waiting.destroy();
        }
    }
}
