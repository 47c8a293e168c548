package org.azekura.storagenode.cartridge.spool;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.azekura.storagenode.lease.MountRules;

/** The packs that wait for the tapes of a library, a folder of them for each pool. Thread-safe. */
public final class Drains {

    private final Path folder;
    private final Bays bays;
    private final MountRules rules;
    private final LongSupplier clock;
    private volatile SpoolNews news = SpoolNews.NONE;
    private volatile SpoolDisk disk = new SpoolDisk();

    public Drains(Path folder, Bays bays, MountRules rules, LongSupplier clock) {
        this.folder = folder;
        this.bays = bays;
        this.rules = rules;
        this.clock = clock;
    }

    public void tell(SpoolNews told) {
        news = told;
    }

    /** A pack on tape is not what it was. */
    public void damaged(PoolName pool, String key, String what) {
        news.damaged(pool, key, what);
    }

    /** Has files of packs that wait be written so. */
    public void use(SpoolDisk other) {
        disk = other;
    }

    /** @param bytes that may wait; 0: none, but for what waits already, and what is to take the place of a blob */
    public Drain of(PoolName pool, MediaSet set, Turns turns, long bytes) {
        Drain drain = new Drain(pool, set, turns, place(pool, bytes), rules, clock, news);
        bays.expect(pool, drain::isAwaiting);
        return drain;
    }

    /** Deletes what waits for the tapes of a pool. */
    public void forget(PoolName pool) throws BackupException {
        place(pool, 0).delete();
    }

    private SpoolPlace place(PoolName pool, long bytes) {
        return new SpoolPlace(folder.resolve(pool.value()), bytes, disk);
    }
}
