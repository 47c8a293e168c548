package org.azekura.storagenode.cartridge.set;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Library;
import org.azekura.storagenode.cartridge.blob.Spool;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.drive.DriveCare;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.azekura.storagenode.cartridge.note.Note;
import org.azekura.storagenode.cartridge.volume.Sealing;
import org.azekura.storagenode.lease.MountRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the volumes of a library share. Thread-safe. */
public final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Library library;
    private final Supply supply;
    private final LongSupplier clock;
    private final Path notes;
    private final Spool spool;
    private final Strangers strangers;
    private final Robot robot;
    private final Bays bays;
    private final Owners owners;
    private final Choosing choosing;
    private volatile DriveCare care = DriveCare.NONE;
    private final Map<PoolName, Sealing> sealings = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Shelf(DeviceName name, Library library, Path notes, Path spool, Supply supply, MountRules rules, LongSupplier clock) {
        this.library = library;
        this.supply = supply;
        this.clock = clock;
        this.notes = notes.resolve(name.value());
        this.spool = new Spool(spool.resolve(name.value()), Spool.MOST);
        this.strangers = new Strangers(clock);
        this.robot = new Robot(name.value(), library, strangers::forgetAll);
        this.owners = new Owners(new CartridgeNotes(this.notes), new Labels(this.notes));
        this.bays = new Bays(library, robot, rules, clock, () -> care, barcode -> owners.owner(barcode).isPresent());
        this.choosing = new Choosing(robot, bays, owners);
    }

    public Library library() {
        return library;
    }

    Supply supply() {
        return supply;
    }

    /** In nanoseconds. */
    long now() {
        return clock.getAsLong();
    }

    public String where() {
        return robot.where();
    }

    public Robot robot() {
        return robot;
    }

    public Bays bays() {
        return bays;
    }

    public Owners owners() {
        return owners;
    }

    public Strangers strangers() {
        return strangers;
    }

    Choosing choosing() {
        return choosing;
    }

    public Spool spool() {
        return spool;
    }

    /** How drives seal the cartridges of a pool; null if that is not known. */
    Sealing sealing(PoolName pool) {
        return sealings.get(pool);
    }

    public void seal(PoolName pool, Sealing how) {
        sealings.put(pool, how);
    }

    public void mind(DriveCare other) {
        care = other;
    }

    CarriedNotes carried() {
        return new CarriedNotes(notes, owners);
    }

    Note note(VolumeId volume) {
        return Note.of(notes, volume);
    }

    /** There is no such volume any more, for this node. */
    void forget(VolumeId volume) {
        owners.forget(volume);
        try {
            note(volume).delete();
        } catch (IOException e) {
            LOG.warn("the note of volume {} can't be removed: {}", volume, e.toString());
        }
    }

    /** @throws BackupException {@code device.closed} */
    public void requireOpen() throws BackupException {
        if (closed) {
            throw Trouble.closed(where());
        }
    }

    public void close() {
        closed = true;
        bays.close();
    }
}
