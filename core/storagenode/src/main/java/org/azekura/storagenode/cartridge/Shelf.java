package org.azekura.storagenode.cartridge;

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
import org.azekura.storagenode.lease.MountRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the volumes of a library share. Thread-safe. */
final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Library library;
    private final Supply supply;
    private final MountRules rules;
    private final LongSupplier clock;
    private final Path notes;
    private final Spool spool;
    private final Path packs;
    private final Robot robot;
    private final Bays bays;
    private final Owners owners;
    private final Choosing choosing;
    private volatile DriveCare care = DriveCare.NONE;
    private final Map<PoolName, Sealing> sealings = new ConcurrentHashMap<>();
    private volatile SpoolNews news = SpoolNews.NONE;
    private volatile SpoolDisk disk = new SpoolDisk();
    private volatile boolean closed;

    Shelf(DeviceName name, Library library, Path notes, Path spool, Supply supply, MountRules rules, LongSupplier clock) {
        this.library = library;
        this.supply = supply;
        this.rules = rules;
        this.clock = clock;
        this.notes = notes.resolve(name.value());
        this.spool = new Spool(spool.resolve(name.value()), Spool.MOST);
        this.packs = spool.resolve(name.value());
        this.robot = new Robot(library);
        this.owners = new Owners(new CartridgeNotes(this.notes), new Labels(this.notes));
        this.bays = new Bays(library, robot, rules, clock, () -> care, barcode -> owners.owner(barcode).isPresent());
        this.choosing = new Choosing(library.location(), robot, bays, owners);
    }

    Library library() {
        return library;
    }

    Supply supply() {
        return supply;
    }

    /** In nanoseconds. */
    long now() {
        return clock.getAsLong();
    }

    String where() {
        return library.location();
    }

    Robot robot() {
        return robot;
    }

    Bays bays() {
        return bays;
    }

    Owners owners() {
        return owners;
    }

    Choosing choosing() {
        return choosing;
    }

    Spool spool() {
        return spool;
    }

    /** How drives seal the cartridges of a pool; null if that is not known. */
    Sealing sealing(PoolName pool) {
        return sealings.get(pool);
    }

    void seal(PoolName pool, Sealing how) {
        sealings.put(pool, how);
    }

    void tell(SpoolNews told) {
        news = told;
    }

    void mind(DriveCare other) {
        care = other;
    }

    /** Has files of packs that wait be written so. */
    void use(SpoolDisk other) {
        disk = other;
    }

    /** Deletes what waits for the tapes of a pool. */
    void forgetPacks(PoolName pool) throws BackupException {
        Path folder = packs.resolve(pool.value());
        if (Journal.isThere(folder)) {
            Journal.delete(folder);
        }
    }

    /** Null if no packs wait for the tapes of this pool, and none are to. */
    Drain drain(PoolName pool, MediaSet set, Turns turns, long bytes) {
        SpoolPlace place = new SpoolPlace(packs.resolve(pool.value()), bytes, disk);
        if (bytes == 0 && !Journal.isThere(place.folder())) {
            return null;
        }
        Drain drain = new Drain(pool, set, turns, place, rules, clock, news);
        bays.expect(pool, drain::isAwaiting);
        return drain;
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
    void requireOpen() throws BackupException {
        if (closed) {
            throw Trouble.closed(where());
        }
    }

    void close() {
        closed = true;
        bays.close();
    }
}
