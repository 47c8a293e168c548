package org.azekura.driver.tape;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets calls into a drive one by one, and knows after which failures it still stands where it stood. */
final class DriveCalls {

    private static final Logger LOG = LoggerFactory.getLogger(DriveCalls.class);
    /** After these nothing was done, and the drive stands where it stood; or it is known where. */
    private static final Set<String> STANDS = Set.of("drive.block", "drive.key", "drive.unloaded", "drive.busy", "drive.lost", "drive.attention",
            "media.protected", "media.key", "media.position", "device.reserved", "device.unsupported");

    private final Deck deck;
    private final Doors doors;
    private final ReentrantLock lock = new ReentrantLock();

    DriveCalls(Deck deck, Doors doors) {
        this.deck = deck;
        this.doors = doors;
    }

    /** What a call does. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws BackupException;
    }

    /** What a call does with the cartridge that is loaded. */
    @FunctionalInterface
    interface OnTape<T> {
        T on(Mount mount) throws BackupException;
    }

    /** Lets the call in when those before it are out. */
    <T> T call(Work<T> work) throws BackupException {
        doors.requireOpen(deck.device().location());
        lock.lock();
        try {
            doors.requireOpen(deck.device().location());
            return work.done();
        } finally {
            lock.unlock();
        }
    }

    /** The same for what needs a cartridge. */
    <T> T mounted(OnTape<T> work) throws BackupException {
        return call(() -> {
            Mount mount = deck.require();
            try {
                return work.on(mount);
            } catch (BackupException e) {
                if (Trouble.is(e, "drive.attention")) {
                    deck.told();
                } else if (!STANDS.contains(e.failure().code())) {
                    mount.lost(true);
                }
                throw e;
            }
        });
    }

    /** The same for what needs to know where the drive stands. */
    <T> T standing(OnTape<T> work) throws BackupException {
        return mounted(mount -> {
            if (mount.isLost()) {
                throw Trouble.lost(deck.device().location());
            }
            return work.on(mount);
        });
    }

    void require(boolean able, String otherwise) throws BackupException {
        if (!able) {
            throw Trouble.unsupported(deck.device().location(), otherwise);
        }
    }

    Optional<Drive.Capabilities> known() throws BackupException {
        doors.requireOpen(deck.device().location());
        return deck.knownCapabilities();
    }

    boolean isBusy() {
        return lock.isLocked();
    }

    /** What the drive says, unless somebody is in a call or it does not answer. */
    <T> Optional<T> ifIdle(Work<T> work) {
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.done());
        } catch (BackupException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Does this last, unless somebody is in a call. */
    void leave(Runnable last) {
        if (lock.tryLock()) {
            try {
                last.run();
            } finally {
                lock.unlock();
            }
        }
    }
}
