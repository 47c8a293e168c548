package org.azekura.driver.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a cartridge gets into a drive and out of it, and what is forgotten then. One thread at a time, but for {@link #isHolding}. */
final class Loading {

    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
    private static final double LOAD_s = 15;
    private static final double CLEAN_s = 120;
    private static final int CLEANINGS = 50;

    private final String where;
    private final int number;
    private final Setup setup;
    private final DriveClock clock;
    private final Complaints complaints;
    private House house;
    private Mount mount;
    private DriveSettings settings = DriveSettings.NONE;
    private boolean keyStuck;
    private boolean attention;
    private double secondsLeft = -1;
    private String busyWith = "";
    private boolean failing;
    private boolean memoryOld;
    /** Only what was unloaded, or given up, can be taken out: a drive draws in what it gets, and what it finds when its power comes. */
    private volatile boolean released;

    Loading(String where, int number, Setup setup, DriveClock clock, Complaints complaints) {
        this.where = where;
        this.number = number;
        this.setup = setup;
        this.clock = clock;
        this.complaints = complaints;
    }

    void use(House now) {
        house = now;
    }

    /** Null if no cartridge is loaded. */
    Mount mount() {
        return mount;
    }

    DriveSettings settings() {
        return settings;
    }

    void settings(DriveSettings now) {
        settings = now;
    }

    boolean isHolding() {
        return !released;
    }

    /** Something was put into the drive. */
    void drawIn() {
        released = false;
    }

    Mount require() throws BackupException {
        if (takeAttention()) {
            throw Trouble.attention(where);
        }
        requireAtRest();
        if (mount == null) {
            throw Trouble.unloaded(where);
        }
        return mount;
    }

    private void requireAtRest() throws BackupException {
        if (secondsLeft >= 0) {
            throw Trouble.device("drive.busy", where, "a cartridge is being loaded still: " + busyWith + "; load again to wait for it");
        }
    }

    boolean takeAttention() {
        boolean now = attention;
        attention = false;
        return now;
    }

    LoadResult load(Duration patience, Effect effect) throws BackupException, IOException {
        attention = false;
        if (mount != null) {
            clock.wind(mount.geometry().seconds(mount.used(), 0));
            mount.at(0);
            mount.lost(false);
            forget();
            mount.wear(mount.wear().with(complaints.counters()));
            complaints.loaded();
            return new LoadResult.Ready(mount.cartridge());
        }
        Optional<Lying> there = house.hold(number, this::drawIn);
        if (there.isEmpty()) {
            secondsLeft = -1;
            return new LoadResult.Empty();
        }
        if (secondsLeft < 0) {
            secondsLeft = LOAD_s + (effect instanceof Effect.Calibrating calibrating ? calibrating.seconds() : 0);
            busyWith = effect instanceof Effect.Calibrating ? "calibrating" : "loading";
            failing = effect instanceof Effect.MediumError;
            memoryOld = effect instanceof Effect.OldMemory;
        }
        double wait = Math.min(patience.toMillis() / 1000.0, secondsLeft);
        clock.wind(wait);
        secondsLeft -= wait;
        if (secondsLeft > 0) {
            return new LoadResult.Busy(busyWith);
        }
        secondsLeft = -1;
        return finished(there.get());
    }

    private LoadResult finished(Lying there) throws BackupException, IOException {
        boolean loaded = false;
        try {
            if (failing) {
                complaints.raise(55);
                throw Trouble.media("media.read", where, "cartridge " + there.barcode() + " can't be made ready");
            }
            if (there.barcode().isCleaning()) {
                return cleaned(there);
            }
            mount = mounted(there);
            if (memoryOld) {
                mount.memoryIsOld();
            }
            house.put(there.used());
            forget();
            complaints.loaded();
            loaded = true;
            return new LoadResult.Ready(mount.cartridge());
        } finally {
            released = !loaded;
        }
    }

    private LoadResult cleaned(Lying there) throws BackupException {
        clock.pass(CLEAN_s);
        house.put(there.used());
        if (there.uses() >= CLEANINGS) {
            complaints.raise(22);
        } else {
            complaints.settled(20);
            complaints.settled(21);
        }
        return new LoadResult.Cleaned();
    }

    private Mount mounted(Lying there) throws BackupException, IOException {
        Generation kind = Generation.of(there.barcode()).orElse(null);
        if (kind == null || !setup.generation().reads(kind)) {
            complaints.raise(12);
            throw Trouble.media("media.unfit", where, "cartridge " + there.barcode() + " is of another kind than an " + setup.generation() + " drive reads");
        }
        boolean writeProtected = there.writeProtect() || !setup.generation().writes(kind);
        Reel reel = house.reel(there.barcode(), setup.capacity());
        return new Mount(there, reel, new Drive.Cartridge(kind.toString(), Optional.of(house.serial() + there.barcode()), reel.capacity(), writeProtected,
                Generation.isWriteOnce(there.barcode())), kind.wraps());
    }

    private void forget() {
        settings = keyStuck ? DriveSettings.NONE.sealing(settings.seal()) : DriveSettings.NONE;
        keyStuck = false;
    }

    /** What must be unloaded; null if nothing is loaded, and what lies in the drive can be taken. */
    Mount toUnload() throws BackupException {
        attention = false;
        requireAtRest();
        released = mount == null;
        return mount;
    }

    void unloaded(boolean keepsKey) {
        keyStuck = keepsKey;
        if (!keepsKey) {
            settings = DriveSettings.NONE;
        }
        drop();
        released = true;
    }

    /** What waits in the buffer is lost, and nobody knows more than that something happened. */
    void powerOff(DriveClock stopped) {
        stopped.drop();
        attention = true;
        secondsLeft = -1;
        settings = DriveSettings.NONE;
        drop();
        released = false;
    }

    private void drop() {
        try {
            if (mount != null) {
                mount.wear(mount.wear().with(complaints.counters()));
                mount.close();
            }
        } catch (IOException e) {
            LOG.warn("{}: cannot close the files of cartridge {}: {}", where, mount.lying().barcode(), e.toString());
        } finally {
            mount = null;
        }
    }

    void shutDown() throws IOException {
        try {
            if (mount != null) {
                mount.drain(0);
                mount.reel().sync();
            }
        } finally {
            drop();
        }
    }
}
