package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.WriteResult;

/** A drive of the library. */
final class SimulatedDrive implements Drive {

    static final int MAX_BLOCK = 8 << 20;

    private static final Capabilities CAPABILITIES = new Capabilities(1, MAX_BLOCK, true, true, true, true, true, true, true, true, false, true);

    private final Simulator library;
    private final int number;
    private final String where;
    private final DriveClock clock;
    private final Complaints complaints = new Complaints();
    private final Loading loading;
    private final DriveBuffer buffer;
    private final TapeWriting writing;
    private final TapeReading reading;
    private final DriveCalls calls;

    SimulatedDrive(Simulator library, int number, Setup setup, Doors doors) {
        this.library = library;
        this.number = number;
        where = setup.folder() + " drive " + number;
        clock = new DriveClock(doors, setup);
        loading = new Loading(where, number, setup, clock, complaints);
        buffer = new DriveBuffer(where, clock, complaints);
        writing = new TapeWriting(where, setup, clock, buffer, complaints);
        reading = new TapeReading(where, clock, buffer, complaints);
        calls = new DriveCalls(library, number, where, clock, loading, buffer, complaints);
    }

    /** Whether the cartridge in it can't be taken now. Any thread. */
    boolean isHolding() {
        return loading.isHolding();
    }

    /** The robot has put something in. */
    void drawIn() {
        loading.drawIn();
    }

    /** The power goes and comes back, whoever is inside. Any thread. */
    void powerOff() {
        calls.powerOff();
    }

    /** The library is closed: a drive goes on writing what is in its buffer. Nobody is inside. */
    void shutDown() {
        calls.shutDown();
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
        return calls.call(null, effect -> new Identity("AZEKURA", "SIMULATED " + library.generation(), "0100", library.house().serial() + "-" + number));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public LoadResult load(Duration patience) throws BackupException {
        return calls.call(Call.LOAD, effect -> {
            if (loading.mount() != null) {
                buffer.sync(loading.mount());
            }
            return loading.load(patience, effect);
        });
    }

    @Override
    public void unload() throws BackupException {
        calls.call(Call.UNLOAD, effect -> {
            Mount mount = loading.toUnload();
            if (mount != null) {
                try {
                    buffer.unload(mount, effect);
                } finally {
                    loading.unloaded(effect instanceof Effect.KeepsKey);
                }
            }
            return null;
        });
    }

    @Override
    public WriteResult write(ByteBuffer block) throws BackupException {
        return calls.onTape(Call.WRITE, (mount, effect) -> {
            int length = block.remaining();
            WriteResult result = writing.write(mount, block, loading.settings(), effect);
            mount.wear(mount.wear().wrote(result.isWritten() ? length : 0));
            return result;
        });
    }

    @Override
    public WriteResult writeFilemarks(int count, boolean immediate) throws BackupException {
        return calls.onTape(Call.FILEMARKS, (mount, effect) -> writing.writeFilemarks(mount, count, immediate, loading.settings(), effect));
    }

    @Override
    public ReadResult read(ByteBuffer into) throws BackupException {
        return calls.onTape(Call.READ, (mount, effect) -> {
            ReadResult result = reading.read(mount, into, loading.settings(), effect);
            mount.wear(mount.wear().readMore(result instanceof ReadResult.Block block ? block.length() : 0));
            return result;
        });
    }

    @Override
    public void locate(Position place) throws BackupException {
        calls.onTape(Call.LOCATE, (mount, effect) -> {
            reading.locate(mount, place);
            return null;
        });
    }

    @Override
    public void rewind() throws BackupException {
        locate(Position.of(0));
    }

    @Override
    public void spaceToEnd() throws BackupException {
        calls.onTape(Call.SPACE, (mount, effect) -> {
            reading.spaceToEnd(mount);
            return null;
        });
    }

    @Override
    public SpaceResult spaceBlocks(long count) throws BackupException {
        return calls.onTape(Call.SPACE, (mount, effect) -> reading.space(mount, count, Entry.Kind.BLOCK));
    }

    @Override
    public SpaceResult spaceFilemarks(long count) throws BackupException {
        return calls.onTape(Call.SPACE, (mount, effect) -> reading.space(mount, count, Entry.Kind.FILEMARK));
    }

    @Override
    public Position position() throws BackupException {
        return calls.onTape(Call.POSITION, (mount, effect) -> {
            buffer.requireKnown(mount);
            return effect instanceof Effect.Says says ? Position.of(says.object()) : Position.of(mount.at());
        });
    }

    @Override
    public Position onTape() throws BackupException {
        return calls.onTape(null, (mount, effect) -> buffer.onTape(mount));
    }

    @Override
    public List<Position> order(List<Position> places) throws BackupException {
        return calls.onTape(null, (mount, effect) -> reading.order(mount, places));
    }

    @Override
    public Wraps wraps() throws BackupException {
        return calls.onTape(null, (mount, effect) -> reading.wraps(mount));
    }

    @Override
    public void erase(boolean whole) throws BackupException {
        calls.onTape(Call.ERASE, (mount, effect) -> {
            writing.erase(mount, whole);
            return null;
        });
    }

    @Override
    public List<Alert> alerts() throws BackupException {
        return calls.call(null, effect -> complaints.take());
    }

    @Override
    public Counters counters() throws BackupException {
        return calls.call(null, effect -> complaints.counters());
    }

    /** With what goes on. */
    @Override
    public Life life() throws BackupException {
        return calls.onTape(null, (mount, effect) -> {
            Wear wear = mount.wear().with(complaints.counters());
            return new Life(mount.lying().uses() + 1, wear.written(), wear.read(), wear.writeUncorrected(), wear.readUncorrected());
        });
    }

    @Override
    public void describe(Description description) throws BackupException {
        calls.onTape(null, (mount, effect) -> {
            requireWritable(mount);
            mount.reel().describe(description);
            return null;
        });
    }

    private void requireWritable(Mount mount) throws BackupException {
        if (mount.cartridge().writeProtected()) {
            throw Trouble.media("media.protected", where, "cartridge " + mount.lying().barcode() + " is write-protected in this drive");
        }
    }

    @Override
    public Optional<Description> description() throws BackupException {
        return calls.onTape(null, (mount, effect) -> mount.reel().description());
    }

    @Override
    public void signpost(Signpost signpost) throws BackupException {
        calls.onTape(null, (mount, effect) -> {
            requireWritable(mount);
            mount.reel().signpost(signpost);
            return null;
        });
    }

    @Override
    public Optional<Signpost> signpost() throws BackupException {
        return calls.onTape(null, (mount, effect) -> mount.reel().signpost(mount.isMemoryOld()));
    }

    @Override
    public void compression(boolean on) throws BackupException {
        set(settings -> settings.compressing(on));
    }

    @Override
    public void encryption(byte[] key) throws BackupException {
        Optional<Seal> seal = seal(key);
        set(settings -> settings.sealing(seal));
    }

    @Override
    public void decryption(byte[] key) throws BackupException {
        Optional<Seal> seal = seal(key);
        set(settings -> settings.opening(seal));
    }

    private Optional<Seal> seal(byte[] key) throws BackupException {
        if (key != null && key.length != Seal.KEY) {
            throw Trouble.operator("drive.key", where, "a key has " + Seal.KEY + " bytes, not " + key.length);
        }
        return Optional.ofNullable(key).map(Seal::new);
    }

    @Override
    public void programWarning(long bytes) throws BackupException {
        set(settings -> settings.warningBefore(Math.max(0, bytes)));
    }

    private void set(UnaryOperator<DriveSettings> change) throws BackupException {
        calls.onTape(null, (mount, effect) -> {
            loading.settings(change.apply(loading.settings()));
            return null;
        });
    }
}
