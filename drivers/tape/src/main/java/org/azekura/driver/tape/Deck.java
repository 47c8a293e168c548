package org.azekura.driver.tape;

import java.time.Duration;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a drive, and what is loaded in it. One thread at a time, but for what says else.
 *
 * <p>Settings are set and cleared at both ends of a mount: also those that a process before us has left.
 */
final class Deck {

    private static final Logger LOG = LoggerFactory.getLogger(Deck.class);

    private final SpcDevice device;
    private final Loading loading;
    private final Fence fence;
    private final Modes modes;
    private final Keys keys;
    private final Compression compression;
    private final Warnings warnings;
    private final Protection protection;
    private final Recommended recommended;
    private final EndsOfWraps endsOfWraps;
    private final Alerts alerts;
    private final Errors errors;
    private final History history;
    private final Memory memory;
    private final Labels labels;
    private final Places places;
    private final Spacing spacing;
    private final TapeReading reading;
    private final TapeWriting writing;
    private final Abilities abilities;
    private final boolean protects;
    private volatile Mount mount;
    private volatile Inquiry inquiry;
    private volatile Drive.Capabilities capabilities;
    private boolean attention;
    private boolean learnedLoaded;

    /** @param protects whether blocks go with a checksum, where the drive looks at it */
    Deck(ScsiPath path, Doors doors, Pauses pauses, long key, int mostBlock, boolean protects) {
        this.protects = protects;
        device = new SpcDevice(path, doors, pauses, Family.DRIVE, this::forget);
        loading = new Loading(device, pauses);
        fence = new Fence(device, key);
        modes = new Modes(device);
        keys = new Keys(device);
        compression = new Compression(device, modes);
        warnings = new Warnings(device, modes);
        protection = new Protection(device, modes);
        recommended = new Recommended(device);
        endsOfWraps = new EndsOfWraps(device);
        Logs logs = new Logs(device);
        alerts = new Alerts(device, logs);
        errors = new Errors(logs);
        history = new History(logs);
        memory = new Memory(device);
        labels = new Labels(device, modes, memory);
        Winding winding = new Winding(device);
        places = new Places(device, winding);
        spacing = new Spacing(device, places, winding);
        reading = new TapeReading(device, places, protection);
        writing = new TapeWriting(device, places, winding, protection);
        abilities = new Abilities(device, modes, logs, keys, recommended, places, protection, memory, mostBlock);
    }

    /** The drive was reset, or the way to it is a new one: what is loaded, and all that was set, must be looked at anew. */
    private void forget() {
        fence.forget();
        protection.forget();
        Mount now = mount;
        if (now != null) {
            attention = true;
            now.lost(true);
        }
    }

    Inquiry identify() throws BackupException {
        inquiry = device.inquiry();
        return inquiry;
    }

    /** Any thread. */
    Optional<Inquiry> identified() {
        return Optional.ofNullable(inquiry);
    }

    /** Any thread. */
    boolean isHolding() {
        return mount != null;
    }

    /** Any thread. */
    Optional<Drive.Capabilities> knownCapabilities() {
        return Optional.ofNullable(capabilities);
    }

    Drive.Capabilities capabilities() throws BackupException {
        if (capabilities == null) {
            capabilities = abilities.learn(false);
        }
        return capabilities;
    }

    /** @throws BackupException {@code drive.attention} once, {@code drive.busy}, {@code drive.unloaded} */
    Mount require() throws BackupException {
        device.connect();
        if (attention) {
            told();
            throw Trouble.attention(device.location());
        }
        if (loading.isBusy()) {
            loading.requireAtRest();
        }
        if (mount == null) {
            throw Trouble.unloaded(device.location());
        }
        return mount;
    }

    /** The caller knows that the drive was reset: it is met as it is. */
    void told() {
        attention = false;
        mount = null;
    }

    LoadResult load(Duration patience) throws BackupException {
        device.revive();
        Mount before = attention ? null : mount;
        if (before != null && !before.isLost()) {
            writing.writeFilemarks(before, 0, false);
        }
        mount = null;
        attention = false;
        LoadResult result = loading.await(patience);
        return result == null ? ready() : result;
    }

    private LoadResult ready() throws BackupException {
        fence.close();
        places.rewindAnew();
        Answer variable = modes.selectVariableBlocks();
        if (!variable.isDone() && modes.header().orElseThrow(() -> device.refused(variable, Doing.LOADING)).blockLength() != 0) {
            throw Trouble.unsupported(device.location(), "this drive takes only blocks of one length: " + variable.text());
        }
        clearSettings();
        protection.begin(protects && abilities.hasRoomFor(Protection.LENGTH));
        if (!learnedLoaded) {
            capabilities = abilities.learn(true);
            learnedLoaded = true;
        }
        errors.begin(capabilities.counters());
        Mount now = new Mount(labels.cartridge());
        attention = false;
        mount = now;
        return new LoadResult.Ready(now.cartridge());
    }

    private void clearSettings() throws BackupException {
        keys.clear();
        compression.restore();
        warnings.clear();
        if (protection.isOn()) {
            protection.clear();
        }
    }

    void unload() throws BackupException {
        device.revive();
        loading.requireAtRest();
        BackupException failure = null;
        Mount before = attention ? null : mount;
        attention = false;
        mount = null;
        if (before != null) {
            try {
                if (!before.isLost()) {
                    writing.writeFilemarks(before, 0, false);
                }
                errors.end();
                clearSettings();
            } catch (BackupException e) {
                if (Trouble.isLoss(e) && !device.isConnected()) {
                    throw e;
                }
                failure = e;
            }
        }
        fence.open();
        loading.unload();
        fence.release();
        if (failure != null) {
            throw failure;
        }
    }

    /** Lets others in, for good. The doors are closed. */
    void farewell() {
        try {
            device.farewell(() -> {
                fence.open();
                if (mount != null) {
                    keys.clear();
                }
                if (protection.isOn()) {
                    protection.clear();
                }
                fence.release();
            });
        } catch (BackupException e) {
            LOG.info("{}: {}", device.location(), e.getMessage());
        }
    }

    SpcDevice device() {
        return device;
    }

    Places places() {
        return places;
    }

    Spacing spacing() {
        return spacing;
    }

    TapeReading reading() {
        return reading;
    }

    TapeWriting writing() {
        return writing;
    }

    Recommended recommended() {
        return recommended;
    }

    EndsOfWraps endsOfWraps() {
        return endsOfWraps;
    }

    Alerts alerts() {
        return alerts;
    }

    Errors errors() {
        return errors;
    }

    History history() {
        return history;
    }

    Memory memory() {
        return memory;
    }

    Compression compression() {
        return compression;
    }

    Keys keys() {
        return keys;
    }

    Warnings warnings() {
        return warnings;
    }
}
