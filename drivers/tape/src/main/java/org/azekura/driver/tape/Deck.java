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

    private final Parts parts;
    private final SpcDevice device;
    private final Loading loading;
    private final Fence fence;
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
        parts = Parts.of(device, mostBlock);
    }

    /** The drive was reset, or the way to it is a new one: what is loaded, and all that was set, must be looked at anew. */
    private void forget() {
        fence.forget();
        parts.protection().forget();
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
            capabilities = parts.abilities().learn(false);
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
            parts.writing().writeFilemarks(before, 0, false);
        }
        mount = null;
        attention = false;
        enter();
        LoadResult result = loading.await(patience);
        return switch (result) {
            case null -> ready();
            case LoadResult.Busy busy -> busy;
            case LoadResult.Empty empty -> left(empty);
            case LoadResult.Cleaned cleaned -> left(cleaned);
            case LoadResult.Ready ready -> ready;
        };
    }

    /** Before anything that a device refuses while a crashed run of ours has it reserved. */
    private void enter() throws BackupException {
        fence.reserve();
        device.learn();
    }

    private LoadResult left(LoadResult nothing) throws BackupException {
        fence.release();
        return nothing;
    }

    private LoadResult ready() throws BackupException {
        fence.close();
        parts.places().rewindAnew();
        Answer variable = parts.modes().selectVariableBlocks();
        if (!variable.isDone() && parts.modes().header().orElseThrow(() -> device.refused(variable, Doing.LOADING)).blockLength() != 0) {
            throw Trouble.unsupported(device.location(), "this drive takes only blocks of one length: " + variable.text());
        }
        clearSettings();
        parts.protection().begin(protects && parts.abilities().hasRoomFor(Protection.LENGTH));
        if (!learnedLoaded) {
            capabilities = parts.abilities().learn(true);
            learnedLoaded = true;
        }
        parts.errors().begin(capabilities.counters());
        Mount now = new Mount(parts.labels().cartridge());
        attention = false;
        mount = now;
        return new LoadResult.Ready(now.cartridge());
    }

    private void clearSettings() throws BackupException {
        parts.keys().clear();
        parts.compression().restore();
        parts.warnings().clear();
        if (parts.protection().isOn()) {
            parts.protection().clear();
        }
    }

    void unload() throws BackupException {
        device.revive();
        enter();
        loading.requireAtRest();
        BackupException failure = null;
        Mount before = attention ? null : mount;
        attention = false;
        mount = null;
        if (before != null) {
            try {
                if (!before.isLost()) {
                    parts.writing().writeFilemarks(before, 0, false);
                }
                parts.errors().end();
                clearSettings();
            } catch (BackupException e) {
                if (Trouble.isLoss(e) && !device.isConnected()) {
                    throw e;
                }
                failure = e;
            }
        }
        fence.open();
        try {
            loading.unload();
        } finally {
            fence.release();
        }
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
                    parts.keys().clear();
                }
                if (parts.protection().isOn()) {
                    parts.protection().clear();
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

    Parts parts() {
        return parts;
    }
}
