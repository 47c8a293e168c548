package org.azekura.driver.simulator;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets calls into a drive one by one, and has the script spoil them. */
final class DriveCalls {

    private static final Logger LOG = LoggerFactory.getLogger(DriveCalls.class);
    /** After these nothing was done, and the drive stands where it stood; or it is known where. */
    private static final Set<String> STANDS = Set.of("drive.block", "drive.key", "drive.unloaded", "drive.busy", "drive.lost", "drive.attention",
            "media.protected", "media.key", "media.position", "device.reserved", "device.unsupported");

    private final Simulator library;
    private final int number;
    private final String where;
    private final DriveClock clock;
    private final Loading loading;
    private final DriveBuffer buffer;
    private final Complaints complaints;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean powerGoes;

    DriveCalls(Simulator library, int number, String where, DriveClock clock, Loading loading, DriveBuffer buffer, Complaints complaints) {
        this.library = library;
        this.number = number;
        this.where = where;
        this.clock = clock;
        this.loading = loading;
        this.buffer = buffer;
        this.complaints = complaints;
    }

    /** What a call does; the effect is that of the script, or null. */
    @FunctionalInterface
    interface Work<T> {
        T on(Effect effect) throws BackupException, IOException;
    }

    /**
     * Lets the call in when those before it are out.
     *
     * @param call null for what no script spoils
     */
    <T> T call(Call call, Work<T> work) throws BackupException {
        library.doors().enter();
        lock.lock();
        try {
            return begun(call, work);
        } catch (IOException e) {
            // An interrupted thread has closed the files: what waited is lost, as with a drive that somebody resets.
            loading.powerOff(clock);
            throw Trouble.files(e, where, "work on the cartridge");
        } finally {
            clock.end();
            settlePower();
            lock.unlock();
            library.doors().leave();
        }
    }

    private <T> T begun(Call call, Work<T> work) throws BackupException, IOException {
        House house = library.house();
        clock.begin();
        house.hands();
        settlePower();
        loading.use(house);
        Mount mount = loading.mount();
        try {
            Effect effect = call == null ? null : house.next(call, mount == null ? -1 : mount.at(), house.at(Elements.drive(number)), number).orElse(null);
            Effect left = spoil(effect, call);
            T result = work.on(left);
            if (left instanceof Effect.NoAnswerAfter) {
                throw Trouble.device("device.io", where, "the drive did not answer");
            }
            return result;
        } catch (BackupException e) {
            if (mount != null && call != null && call != Call.POSITION && !STANDS.contains(e.failure().code())) {
                mount.lost(true);
            }
            throw e;
        }
    }

    /** Does what goes wrong before the call itself; returns what it has to see to. */
    private Effect spoil(Effect effect, Call call) throws BackupException, IOException {
        switch (effect) {
            case null -> { }
            case Effect.HardwareError error -> throw Trouble.device("device.hardware", where, "the drive says that it is broken");
            case Effect.Conflict conflict -> throw Trouble.device("device.reserved", where, "somebody else has reserved the drive");
            case Effect.NoAnswer no -> throw Trouble.device("device.io", where, "the drive does not answer");
            case Effect.Takes takes -> clock.pass(takes.seconds());
            case Effect.Hang hang -> {
                library.doors().awaitForever(() -> powerGoes);
                throw Trouble.device("device.io", where, "the drive did not answer, and lost its power");
            }
            case Effect.PowerOff off -> {
                loading.powerOff(clock);
                throw Trouble.device("device.io", where, "the drive lost its power");
            }
            case Effect.Reset reset -> {
                loading.powerOff(clock);
                loading.takeAttention();
                throw Trouble.attention(where);
            }
            case Effect.Raise raise -> complaints.raise(raise.flag());
            case Effect.Corrects corrects -> complaints.corrected(call, corrects.errors());
            case Effect.MovedTo moved when loading.mount() != null -> buffer.movedBehindOurBack(loading.mount(), moved.object());
            default -> {
                return effect;
            }
        }
        return null;
    }

    /** The same for what needs a cartridge. */
    <T> T onTape(Call call, OnTape<T> work) throws BackupException {
        return call(call, effect -> work.on(loading.require(), effect));
    }

    /** What a call does with the cartridge that is loaded. */
    @FunctionalInterface
    interface OnTape<T> {
        T on(Mount mount, Effect effect) throws BackupException, IOException;
    }

    /** The power goes and comes back, whoever is inside. Any thread. */
    void powerOff() {
        powerGoes = true;
        library.doors().signal();
        if (lock.tryLock()) {
            try {
                settlePower();
            } finally {
                lock.unlock();
            }
        }
    }

    private void settlePower() {
        if (powerGoes) {
            powerGoes = false;
            loading.powerOff(clock);
        }
    }

    /** The library is closed: a drive goes on writing what is in its buffer. Nobody is inside. */
    void shutDown() {
        try {
            loading.shutDown();
        } catch (IOException e) {
            LOG.warn("{}: what waited to be written is lost: {}", where, e.toString());
        }
    }
}
