package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.WriteResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A drive of the library: lets calls in one by one, has the script spoil them, and keeps what outlives a cartridge. */
final class SimulatedDrive implements Drive {

    static final int MAX_BLOCK = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDrive.class);
    private static final Capabilities CAPABILITIES = new Capabilities(1, MAX_BLOCK, true, true, true, true, true, true, true);
    /** After these nothing was done, and the drive stands where it stood; or it is known where. */
    private static final Set<String> STANDS = Set.of("drive.block", "drive.key", "drive.unloaded", "drive.busy", "drive.lost", "drive.attention",
            "media.protected", "media.key", "media.position", "device.reserved", "device.unsupported");

    private final Simulator library;
    private final int number;
    private final String where;
    private final DriveClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Integer> alerts = new TreeSet<>();
    private final Loading loading;
    private final TapeWork tape;
    private volatile boolean powerGoes;

    SimulatedDrive(Simulator library, int number, Setup setup, Doors doors) {
        this.library = library;
        this.number = number;
        this.where = setup.folder() + " drive " + number;
        this.clock = new DriveClock(doors, setup);
        this.tape = new TapeWork(where, setup, clock, alerts);
        this.loading = new Loading(where, number, setup, clock, alerts);
    }

    /** What a call does; the effect is that of the script, or null. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Effect effect) throws BackupException, IOException;
    }

    private <T> T call(Call call, Work<T> work) throws BackupException {
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

    /** @param call null for what no script spoils */
    private <T> T begun(Call call, Work<T> work) throws BackupException, IOException {
        House house = library.house();
        clock.begin();
        house.hands();
        settlePower();
        loading.use(house);
        Mount mount = loading.mount();
        try {
            Effect effect = call == null ? null : house.next(call, mount == null ? -1 : mount.at(), house.at(element()), number).orElse(null);
            Effect left = spoil(effect);
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
    private Effect spoil(Effect effect) throws BackupException, IOException {
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
            case Effect.Raise raise -> alerts.add(raise.flag());
            case Effect.MovedTo moved when loading.mount() != null -> tape.movedBehindOurBack(loading.mount(), moved.object());
            default -> {
                return effect;
            }
        }
        return null;
    }

    private <T> T onTape(Call call, OnTape<T> work) throws BackupException {
        return call(call, effect -> work.on(loading.require(), effect));
    }

    /** What a call does with the cartridge that is loaded. */
    @FunctionalInterface
    private interface OnTape<T> {
        T on(Mount mount, Effect effect) throws BackupException, IOException;
    }

    ElementAddress element() {
        return Elements.drive(number);
    }

    /** Whether the cartridge in it can't be taken now. Any thread. */
    boolean isHolding() {
        return loading.isHolding();
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

    DriveClock clock() {
        return clock;
    }

    @Override
    public String location() {
        return where;
    }

    @Override
    public Identity identity() throws BackupException {
        return call(null, effect -> new Identity("AZEKURA", "SIMULATED " + library.generation(), "0100", library.house().serial() + "-" + number));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public LoadResult load(Duration patience) throws BackupException {
        return call(Call.LOAD, effect -> {
            if (loading.mount() != null) {
                tape.sync(loading.mount());
            }
            return loading.load(patience, effect);
        });
    }

    @Override
    public void unload() throws BackupException {
        call(Call.UNLOAD, effect -> {
            Mount mount = loading.toUnload();
            if (mount != null) {
                try {
                    tape.unload(mount, effect);
                } finally {
                    loading.unloaded(effect instanceof Effect.KeepsKey);
                }
            }
            return null;
        });
    }

    @Override
    public WriteResult write(ByteBuffer block) throws BackupException {
        return onTape(Call.WRITE, (mount, effect) -> tape.write(mount, block, loading.settings(), effect));
    }

    @Override
    public WriteResult writeFilemarks(int count, boolean immediate) throws BackupException {
        return onTape(Call.FILEMARKS, (mount, effect) -> tape.writeFilemarks(mount, count, immediate, loading.settings(), effect));
    }

    @Override
    public ReadResult read(ByteBuffer into) throws BackupException {
        return onTape(Call.READ, (mount, effect) -> tape.read(mount, into, loading.settings(), effect));
    }

    @Override
    public void locate(Position place) throws BackupException {
        onTape(Call.LOCATE, (mount, effect) -> {
            tape.locate(mount, place);
            return null;
        });
    }

    @Override
    public void rewind() throws BackupException {
        locate(Position.of(0));
    }

    @Override
    public void spaceToEnd() throws BackupException {
        onTape(Call.SPACE, (mount, effect) -> {
            tape.spaceToEnd(mount);
            return null;
        });
    }

    @Override
    public SpaceResult spaceBlocks(long count) throws BackupException {
        return onTape(Call.SPACE, (mount, effect) -> tape.space(mount, count, Entry.Kind.BLOCK));
    }

    @Override
    public SpaceResult spaceFilemarks(long count) throws BackupException {
        return onTape(Call.SPACE, (mount, effect) -> tape.space(mount, count, Entry.Kind.FILEMARK));
    }

    @Override
    public Position position() throws BackupException {
        return onTape(Call.POSITION, (mount, effect) -> {
            tape.requireKnown(mount);
            return effect instanceof Effect.Says says ? Position.of(says.object()) : Position.of(mount.at());
        });
    }

    @Override
    public Position onTape() throws BackupException {
        return onTape(null, (mount, effect) -> tape.onTape(mount));
    }

    @Override
    public List<Position> order(List<Position> places) throws BackupException {
        return onTape(null, (mount, effect) -> tape.order(mount, places));
    }

    @Override
    public void erase(boolean whole) throws BackupException {
        onTape(Call.ERASE, (mount, effect) -> {
            tape.erase(mount, whole);
            return null;
        });
    }

    @Override
    public List<Alert> alerts() throws BackupException {
        return call(null, effect -> {
            List<Alert> raised = new ArrayList<>();
            alerts.forEach(flag -> raised.add(new Alert(flag)));
            alerts.clear();
            return List.copyOf(raised);
        });
    }

    @Override
    public void compression(boolean on) throws BackupException {
        set(settings -> settings.compressing(on));
    }

    @Override
    public void encryption(byte[] key) throws BackupException {
        if (key != null && key.length != Seal.KEY) {
            throw Trouble.operator("drive.key", where, "a key has " + Seal.KEY + " bytes, not " + key.length);
        }
        Optional<Seal> seal = Optional.ofNullable(key).map(Seal::new);
        set(settings -> settings.sealing(seal));
    }

    @Override
    public void programWarning(long bytes) throws BackupException {
        set(settings -> settings.warningBefore(Math.max(0, bytes)));
    }

    private void set(UnaryOperator<DriveSettings> change) throws BackupException {
        onTape(null, (mount, effect) -> {
            loading.settings(change.apply(loading.settings()));
            return null;
        });
    }
}
