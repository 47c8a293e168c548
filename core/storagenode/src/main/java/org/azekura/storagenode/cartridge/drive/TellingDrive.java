package org.azekura.storagenode.cartridge.drive;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.WriteResult;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A drive of which is told what it says: after each unload, with what it counted, after each error that it did not recover from, and when it is asked to. In
 * between it costs nothing. One thread at a time, as any drive.
 */
public final class TellingDrive implements Drive {

    /** What the drive, or the cartridge, is to blame for. No answer is none: that is the cable's, as likely as not. */
    private static final Set<String> ERRORS = Set.of("media.read", "media.write", "device.hardware");
    private static final Logger LOG = LoggerFactory.getLogger(TellingDrive.class);

    private final Drive drive;
    private final int number;
    private final Supplier<DriveCare> care;
    private final Predicate<Barcode> ours;
    private final LongSupplier clock;
    private volatile String serial = "";
    private volatile long told;
    private volatile boolean due = true;
    private Optional<Barcode> inside = Optional.empty();
    /** Whether anything was read or written since the cartridge was loaded. */
    private boolean works;
    private final MountTally tally = new MountTally();

    /**
     * @param ours  whether a cartridge is known for its label: of any other it says nothing that its beginning can't be read, nobody knows what is on it
     * @param clock in nanoseconds
     */
    public TellingDrive(Drive drive, int number, Supplier<DriveCare> care, Predicate<Barcode> ours, LongSupplier clock) {
        this.drive = drive;
        this.number = number;
        this.care = care;
        this.ours = ours;
        this.clock = clock;
    }

    private interface Work<T> {
        T run() throws BackupException;
    }

    private <T> T heard(Work<T> work) throws BackupException {
        try {
            return work.run();
        } catch (BackupException e) {
            boolean blank = Trouble.is(e, "media.read") && !works && inside.filter(ours).isEmpty();
            if (ERRORS.contains(e.failure().code()) && !blank) {
                tally.erred();
                say(e.getMessage(), alertsOrNone(), Optional.empty());
            }
            throw e;
        }
    }

    private void heard(Step step) throws BackupException {
        heard(() -> {
            step.run();
            return null;
        });
    }

    private interface Step {
        void run() throws BackupException;
    }

    /** This is in it. */
    public void carries(Optional<Barcode> barcode) {
        if (!barcode.equals(inside)) {
            tally.begin();
        }
        inside = barcode;
        works = false;
    }

    /** Whether it has not told anything for so long, or since {@link #ask}. Any thread. */
    public boolean isDue(long nanos) {
        return due || clock.getAsLong() - told >= nanos;
    }

    /** It is to tell that it is there, also if there is nothing to say. Any thread. */
    public void ask() {
        due = true;
    }

    /** Tells what it has to say; what can't be asked now is asked another time. */
    public void tell() {
        say(null, alertsOrNone(), tally.soFar(drive));
    }

    private void say(String error, List<Alert> alerts, Optional<Mounted> mounted) {
        boolean asked = due;
        if (serial.isEmpty() || asked) {
            serial = serialOrNone();
        }
        told = clock.getAsLong();
        DriveCare.Said said = new DriveCare.Said(number, serial, inside, alerts, error, mounted);
        if (asked || !said.isQuiet()) {
            due = false;
            care.get().said(said);
        }
    }

    private List<Alert> alertsOrNone() {
        try {
            return drive.alerts();
        } catch (BackupException e) {
            LOG.debug("{} has no alerts to tell: {}", location(), e.getMessage());
            return List.of();
        }
    }

    /** The unload was good, whatever it has to say; but one that does not answer any more may have lost its power, and have its cartridge again. */
    private List<Alert> alertsOfTheUnload() throws BackupException {
        try {
            return drive.alerts();
        } catch (BackupException e) {
            if (Trouble.is(e, "device.io")) {
                throw e;
            }
            LOG.debug("{} has no alerts to tell: {}", location(), e.getMessage());
            return List.of();
        }
    }

    private String serialOrNone() {
        try {
            return drive.identity().serial();
        } catch (BackupException e) {
            LOG.debug("{} does not tell its serial number: {}", location(), e.getMessage());
            return serial;
        }
    }

    @Override
    public LoadResult load(Duration patience) throws BackupException {
        // what is in it may be loaded already: the drive counts anew then
        Optional<Mounted> before = tally.all(drive);
        if (before.isPresent()) {
            say(null, List.of(), before);
        }
        LoadResult result = heard(() -> drive.load(patience));
        tally.begin();
        return result;
    }

    @Override
    public void unload() throws BackupException {
        // afterwards it knows nothing of the cartridge, or of another one already
        Optional<Mounted> mounted = tally.all(drive);
        List<Alert> alerts;
        try {
            heard(drive::unload);
            alerts = alertsOfTheUnload();
        } catch (BackupException e) {
            // nothing asks for it once more, and the drive may count anew by then
            if (mounted.isPresent()) {
                say(null, List.of(), mounted);
            }
            throw e;
        }
        say(null, alerts, mounted);
        carries(Optional.empty());
    }

    @Override
    public WriteResult write(ByteBuffer block) throws BackupException {
        int length = block.remaining();
        WriteResult result = heard(() -> drive.write(block));
        works = true;
        tally.wrote(result.isWritten() ? length : 0);
        return result;
    }

    @Override
    public WriteResult writeFilemarks(int count, boolean immediate) throws BackupException {
        return heard(() -> drive.writeFilemarks(count, immediate));
    }

    @Override
    public ReadResult read(ByteBuffer into) throws BackupException {
        ReadResult result = heard(() -> drive.read(into));
        works = true;
        if (result instanceof ReadResult.Block block) {
            tally.read(block.length());
        }
        return result;
    }

    @Override
    public void locate(Position place) throws BackupException {
        heard(() -> drive.locate(place));
    }

    @Override
    public void rewind() throws BackupException {
        heard(drive::rewind);
    }

    @Override
    public void spaceToEnd() throws BackupException {
        heard(drive::spaceToEnd);
    }

    @Override
    public SpaceResult spaceBlocks(long count) throws BackupException {
        return heard(() -> drive.spaceBlocks(count));
    }

    @Override
    public SpaceResult spaceFilemarks(long count) throws BackupException {
        return heard(() -> drive.spaceFilemarks(count));
    }

    @Override
    public void erase(boolean whole) throws BackupException {
        heard(() -> drive.erase(whole));
    }

    @Override
    public String location() {
        return drive.location();
    }

    @Override
    public Identity identity() throws BackupException {
        return drive.identity();
    }

    @Override
    public Capabilities capabilities() throws BackupException {
        return drive.capabilities();
    }

    @Override
    public Position position() throws BackupException {
        return drive.position();
    }

    @Override
    public Position onTape() throws BackupException {
        return drive.onTape();
    }

    @Override
    public List<Position> order(List<Position> places) throws BackupException {
        return drive.order(places);
    }

    @Override
    public Counters counters() throws BackupException {
        return drive.counters();
    }

    @Override
    public Life life() throws BackupException {
        return drive.life();
    }

    @Override
    public void describe(Description description) throws BackupException {
        drive.describe(description);
    }

    @Override
    public Optional<Description> description() throws BackupException {
        return drive.description();
    }

    @Override
    public void signpost(Signpost signpost) throws BackupException {
        drive.signpost(signpost);
    }

    @Override
    public Optional<Signpost> signpost() throws BackupException {
        return drive.signpost();
    }

    @Override
    public Wraps wraps() throws BackupException {
        return drive.wraps();
    }

    /** Who asks for them itself has them told as well. */
    @Override
    public List<Alert> alerts() throws BackupException {
        List<Alert> alerts = drive.alerts();
        if (!alerts.isEmpty()) {
            care.get().said(new DriveCare.Said(number, serial, inside, alerts, null, Optional.empty()));
        }
        return alerts;
    }

    @Override
    public void compression(boolean on) throws BackupException {
        drive.compression(on);
    }

    @Override
    public void encryption(byte[] key) throws BackupException {
        drive.encryption(key);
    }

    @Override
    public void decryption(byte[] key) throws BackupException {
        drive.decryption(key);
    }

    @Override
    public void programWarning(long bytes) throws BackupException {
        drive.programWarning(bytes);
    }

    @Override
    public void selfTest() throws BackupException {
        drive.selfTest();
    }
}
