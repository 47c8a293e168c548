package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.WriteResult;
import org.azekura.driver.tape.scsi.ScsiPath;

/** A tape drive that is spoken to in SCSI (SSC-3). Thread-safe: calls come in one by one. */
final class SscDrive implements Drive {

    private final Deck deck;
    private final Parts parts;
    private final DriveCalls calls;

    /** @param key of reservations, see {@link Fence} */
    SscDrive(ScsiPath path, Doors doors, Pauses pauses, long key, int mostBlock, boolean protects) {
        deck = new Deck(path, doors, pauses, key, mostBlock, protects);
        parts = deck.parts();
        calls = new DriveCalls(deck, doors);
    }

    @Override
    public String location() {
        return deck.device().location();
    }

    @Override
    public Identity identity() throws BackupException {
        return inquiry().identity();
    }

    Inquiry inquiry() throws BackupException {
        return calls.call(() -> {
            deck.device().revive();
            return deck.identify();
        });
    }

    /** Who it is, unless that is not known and the drive is in use. */
    Optional<Inquiry> inquiryIfIdle() {
        return deck.identified().or(() -> calls.ifIdle(deck::identify));
    }

    /** Whether it holds a cartridge that was loaded through it. Any thread. */
    boolean isHolding() {
        return deck.isHolding();
    }

    /** Whether somebody is in a call, or has a cartridge loaded. Any thread. */
    boolean isInUse() {
        return deck.isHolding() || calls.isBusy();
    }

    /** Sends one command that moves and changes nothing. */
    <T> T engineer(DriveCalls.Work<T> work) throws BackupException {
        return calls.call(work);
    }

    SpcDevice device() {
        return deck.device();
    }

    @Override
    public Capabilities capabilities() throws BackupException {
        Optional<Capabilities> known = calls.known();
        return known.isPresent() ? known.get() : calls.call(deck::capabilities);
    }

    @Override
    public LoadResult load(Duration patience) throws BackupException {
        return calls.call(() -> deck.load(patience));
    }

    @Override
    public void unload() throws BackupException {
        calls.call(() -> {
            deck.unload();
            return null;
        });
    }

    @Override
    public WriteResult write(ByteBuffer block) throws BackupException {
        return calls.standing(mount -> parts.writing().write(mount, block, deck.capabilities().minBlock(), deck.capabilities().maxBlock()));
    }

    @Override
    public WriteResult writeFilemarks(int count, boolean immediate) throws BackupException {
        return calls.standing(mount -> parts.writing().writeFilemarks(mount, count, immediate));
    }

    @Override
    public ReadResult read(ByteBuffer into) throws BackupException {
        return calls.standing(mount -> parts.reading().read(mount, into, deck.capabilities().maxBlock()));
    }

    @Override
    public void locate(Position place) throws BackupException {
        calls.mounted(mount -> {
            mount.moved();
            parts.places().locate(mount, place);
            return null;
        });
    }

    @Override
    public void rewind() throws BackupException {
        calls.mounted(mount -> {
            mount.moved();
            parts.places().rewind(mount);
            return null;
        });
    }

    @Override
    public void spaceToEnd() throws BackupException {
        calls.mounted(mount -> {
            mount.moved();
            parts.spacing().toEnd(mount);
            return null;
        });
    }

    @Override
    public SpaceResult spaceBlocks(long count) throws BackupException {
        return calls.standing(mount -> parts.spacing().blocks(mount, count));
    }

    @Override
    public SpaceResult spaceFilemarks(long count) throws BackupException {
        return calls.standing(mount -> parts.spacing().filemarks(mount, count));
    }

    @Override
    public Position position() throws BackupException {
        return calls.standing(parts.places()::position);
    }

    @Override
    public Position onTape() throws BackupException {
        return calls.mounted(mount -> {
            calls.require(deck.capabilities().onTape(), "this drive does not tell what is on the tape");
            return Position.of(parts.places().onTape().orElseThrow(() -> Trouble.lost(location())));
        });
    }

    @Override
    public List<Position> order(List<Position> places) throws BackupException {
        return calls.mounted(mount -> parts.recommended().order(places));
    }

    /** Only of drives that number objects as we do: places are compared with the ends. */
    @Override
    public Wraps wraps() throws BackupException {
        return calls.mounted(mount -> mount.form() == Mount.Form.NUMBERS ? parts.endsOfWraps().of(mount.cartridge().kind()) : Wraps.NONE);
    }

    @Override
    public void erase(boolean whole) throws BackupException {
        calls.standing(mount -> {
            calls.require(deck.capabilities().erase(), "this drive does not erase");
            parts.writing().erase(mount, whole);
            return null;
        });
    }

    @Override
    public List<Alert> alerts() throws BackupException {
        return calls.call(() -> parts.alerts().take(deck.capabilities().alerts()));
    }

    @Override
    public Counters counters() throws BackupException {
        return calls.call(() -> parts.errors().take());
    }

    @Override
    public Life life() throws BackupException {
        return calls.mounted(mount -> parts.history().life());
    }

    @Override
    public void compression(boolean on) throws BackupException {
        calls.mounted(mount -> {
            calls.require(deck.capabilities().compression(), "this drive does not compress");
            parts.compression().set(on);
            return null;
        });
    }

    @Override
    public void encryption(byte[] key) throws BackupException {
        key(key, true);
    }

    @Override
    public void decryption(byte[] key) throws BackupException {
        key(key, false);
    }

    private void key(byte[] key, boolean seals) throws BackupException {
        calls.mounted(mount -> {
            calls.require(deck.capabilities().encryption(), "this drive does not encrypt");
            if (key != null && key.length != Keys.LENGTH) {
                throw Trouble.operator("drive.key", location(), "a key has " + Keys.LENGTH + " bytes, not " + key.length);
            }
            parts.keys().set(key, seals);
            return null;
        });
    }

    @Override
    public void programWarning(long bytes) throws BackupException {
        calls.mounted(mount -> {
            calls.require(deck.capabilities().programWarning(), "this drive has no programmable early warning");
            parts.warnings().program(bytes);
            if (mount.warned() == WriteResult.PROGRAMMED_WARNING) {
                mount.warned(WriteResult.WRITTEN, 0);
            }
            return null;
        });
    }

    @Override
    public void describe(Description description) throws BackupException {
        remember(() -> Memory.list(description));
    }

    private interface Attributes {
        byte[] list() throws BackupException;
    }

    private void remember(Attributes attributes) throws BackupException {
        calls.mounted(mount -> {
            calls.require(deck.capabilities().describe(), "this drive writes nothing into the memory of cartridges");
            if (mount.cartridge().writeProtected()) {
                throw Trouble.media("media.protected", location(), "the cartridge is write-protected in this drive");
            }
            parts.memory().write(attributes.list());
            return null;
        });
    }

    @Override
    public Optional<Description> description() throws BackupException {
        return calls.mounted(mount -> Memory.description(parts.memory().read()));
    }

    @Override
    public void signpost(Signpost signpost) throws BackupException {
        remember(() -> Coherency.list(signpost, parts.memory().read()));
    }

    @Override
    public Optional<Signpost> signpost() throws BackupException {
        return calls.mounted(mount -> Coherency.signpost(parts.memory().read()));
    }

    /** Lets others in, if nobody is in a call, and ends the way to the drive. The doors are closed. Any thread. */
    void close() {
        calls.leave(deck::farewell);
        deck.device().close();
    }
}
