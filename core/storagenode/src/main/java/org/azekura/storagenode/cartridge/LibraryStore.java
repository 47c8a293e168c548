package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Library;
import org.azekura.api.device.Terms;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.drive.DriveCare;
import org.azekura.storagenode.cartridge.set.Leave;
import org.azekura.storagenode.cartridge.set.Left;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.storagenode.cartridge.set.Sampling;
import org.azekura.storagenode.cartridge.set.Shelf;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.set.Use;
import org.azekura.storagenode.cartridge.spool.Drains;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;
import org.azekura.storagenode.cartridge.spool.SpoolNews;
import org.azekura.storagenode.cartridge.volume.Sealing;
import org.azekura.storagenode.lease.MountRules;

/**
 * The cartridges of a library, as stores of blobs: one for each pool, which begins with the pool's label. Itself it keeps no blobs. Thread-safe; it touches
 * library and folders at the first call, not before. Nobody else uses the library meanwhile: two stores on one would move the tape under each other's writes.
 *
 * <p>Failures beside those of {@link BlobStore} are those of the library's drives and changer, and {@code volume.missing} (the cartridge is not there),
 * {@code volume.foreign}, {@code volume.quarantined} (there is something else on it), {@code volume.unlabelled} (it has no label yet, and what was
 * to be written is too large to wait for it), {@code volume.label} (a label was not read back as it was written), {@code volume.suspect} (it does not
 * end where it should, and is not written any more), {@code device.busy}, {@code drive.sealed} (what lies there was sealed by a drive, with a key that is not known), {@code drive.away} and {@code changer.away} (it does not answer). Who wrote when one of these came has lost nothing that was committed.
 */
public final class LibraryStore implements BlobStore, AutoCloseable {

    /** A drive that works says by itself what is wrong, at each unload; one that has its cartridge for long is asked. */
    private static final long SILENT = TimeUnit.HOURS.toNanos(1);

    private static final Terms TERMS = new Terms(Terms.Medium.TAPE, Duration.ofSeconds(90), -1, 0, 0);

    private final Shelf shelf;
    private final Drains drains;
    private final Map<PoolName, PoolStore> pools = new ConcurrentHashMap<>();

    /**
     * @param notes folder of this node where is kept what lies on which cartridge (a cache), in a folder of the library's name
     * @param spool folder for blobs in the making, likewise, and for packs that wait for tape, in a folder of the pool's name
     */
    public LibraryStore(DeviceName name, Library library, Path notes, Path spool) {
        this(name, library, notes, spool, Supply.NONE);
    }

    /** @param supply says which cartridge follows one that is full */
    public LibraryStore(DeviceName name, Library library, Path notes, Path spool, Supply supply) {
        this(name, library, notes, spool, supply, MountRules.USUAL);
    }

    /** @param rules for how long a drive is whose */
    public LibraryStore(DeviceName name, Library library, Path notes, Path spool, Supply supply, MountRules rules) {
        this(name, library, notes, spool, supply, rules, System::nanoTime);
    }

    LibraryStore(DeviceName name, Library library, Path notes, Path spool, Supply supply, MountRules rules, LongSupplier clock) {
        this.shelf = new Shelf(name, library, notes, spool, supply, rules, clock);
        this.drains = new Drains(spool.resolve(name.value()), shelf.bays(), rules, clock);
        shelf.bays().look(new Sampling(drains::damaged));
    }

    /**
     * The cartridges of a pool, the same object at every call that does not name another cartridge. What is committed before its blob {@code azekura-label} (a
     * whole label) waits for that in memory, up to 1 MiB: a cartridge begins with its label. Then it is durable together with it.
     *
     * @param barcode the cartridge that the first volume takes, or that it is on; empty: the one whose label names the pool, else the first blank one.
     *                Once it was found, empty means that
     */
    public BlobStore pool(PoolName pool, Optional<Barcode> barcode) {
        return pool(pool, barcode, 0);
    }

    /**
     * The same with packs that wait for tape: they are durable in the spool, and get to the cartridges many at once, before any blob that is no pack and
     * comes behind them. Such a store is {@link org.azekura.storagenode.cartridge.spool.Buffered}.
     *
     * @param spool bytes that may wait; 0: none, but what waits already does; less: as many as are sensible on that disk
     */
    public BlobStore pool(PoolName pool, Optional<Barcode> barcode, long spool) {
        return store(pool, barcode, spool);
    }

    private PoolStore store(PoolName pool, Optional<Barcode> barcode, long spool) {
        return pools.compute(pool, (name, there) -> {
            if (there != null && there.set().isAlsoFor(barcode)) {
                return there;
            }
            if (there != null) {
                there.close();
            }
            MediaSet set = new MediaSet(shelf, name, barcode);
            Turns turns = new Turns(shelf.bays()::steps);
            return new PoolStore(shelf, set, turns, drains.of(name, set, turns, spool));
        });
    }

    /**
     * Has the cartridge that a pool is written on say what lies on it up to here, and its memory where that stands: who finds the cartridge without the notes of this
     * node need not read it through. That it can't is told, and costs no more than that.
     */
    public void sumUp(PoolName pool) throws BackupException {
        PoolStore there = pools.get(pool);
        if (there != null) {
            there.set().sumUp();
        }
    }

    /**
     * It is no pool any more: what waits for its cartridges is deleted. Those stay as they are.
     *
     * @throws BackupException {@code device.io}: some of it could not be deleted
     */
    public void forget(PoolName pool) throws BackupException {
        PoolStore gone = pools.remove(pool);
        if (gone != null) {
            gone.close();
        }
        drains.forget(pool);
    }

    /** Has drives open, and if it says so seal, the cartridges of this pool with keys of their own; as of the next time that one is loaded. */
    public LibraryStore sealing(PoolName pool, Sealing how) {
        shelf.seal(pool, how);
        return this;
    }

    /** Has these told of what becomes of packs that wait; before a pool is asked for. */
    public LibraryStore telling(SpoolNews told) {
        drains.tell(told);
        return this;
    }

    /** Has these look after its drives; before a pool is asked for. */
    public LibraryStore minding(DriveCare care) {
        shelf.mind(care);
        return this;
    }

    /** A hand has put something into a drive: what was in use there is not any more, and is looked at anew. Any thread; never blocks. */
    public void fed() {
        shelf.bays().fed();
    }

    /** Each drive is to tell that it is there, at the next {@link #hearDrives}. Any thread; never blocks. */
    public void askDrives() {
        shelf.bays().all().forEach(bay -> bay.drive().ask());
    }

    /** Has drives tell what they have to say that have not for an hour; those that are in use another time. */
    public void hearDrives() {
        shelf.bays().all().forEach(bay -> bay.hear(SILENT));
    }

    Bays bays() {
        return shelf.bays();
    }

    /** Has the files of packs that wait be written so; before a pool is asked for. */
    void use(SpoolDisk disk) {
        drains.use(disk);
    }

    /** Of the cartridge that a pool's first volume is on; empty if it has none, or that has not been looked for yet. Never blocks. */
    public Optional<Barcode> barcode(PoolName pool) {
        PoolStore there = pools.get(pool);
        return there == null ? Optional.empty() : there.set().barcode();
    }

    /**
     * Which of the drives may be used; until this is called, all. Who has a drive goes on.
     *
     * @param out     numbers of those that get nothing
     * @param unclean numbers of those that get nothing before they were cleaned
     */
    public void use(Set<Integer> out, Set<Integer> unclean) {
        shelf.bays().use(out, unclean);
    }

    /** Where a pool lies; what is asked for as in {@link #pool}. */
    public Recall recall(PoolName pool, Optional<Barcode> barcode, long spool) {
        return new Recall(shelf, store(pool, barcode, spool));
    }

    /**
     * Where a blob lies on tape; empty if it does not, or not yet.
     *
     * @throws BackupException what {@link #pool} does when it looks for the pool's cartridges
     */
    public Optional<BlobPlace> place(PoolName pool, String key) throws BackupException {
        PoolStore there = pools.get(pool);
        return there == null ? Optional.empty() : there.place(key);
    }

    /** The cartridges of a pool, in order; none if it has none yet, or they were not looked for. Asks the changer which of them are there. */
    public List<Member> members(PoolName pool) throws BackupException {
        PoolStore there = pools.get(pool);
        return there == null ? List.of() : there.set().members();
    }

    /** How much of each of a pool's cartridges counts, in order; none as in {@link #members}. */
    public List<Use> uses(PoolName pool) throws BackupException {
        PoolStore there = pools.get(pool);
        return there == null ? List.of() : there.set().uses();
    }

    /** The volumes that were a pool's, and are not any more: nothing on them is needed. */
    public List<Left> left(PoolName pool) throws BackupException {
        PoolStore there = pools.get(pool);
        return there == null ? List.of() : there.set().left();
    }

    /**
     * Does one step of having a cartridge leave its pool: what counts there is copied to the cartridge that is written, and read back; then the cartridge is no
     * member any more. Called again until it is, or nothing more was done. Cut off anywhere, the pool has everything.
     *
     * @param by   for whom: what could not be read for somebody else is tried again
     * @param most bytes that are copied at once, but for one blob that is longer
     * @throws BackupException {@code volume.unknown}; {@code volume.written} if it is the one that is written, {@code volume.missing} if it is not known what lies on
     *                         all of the pool's, {@code media.write} if copies are not read as they were written, {@code device.busy} if another one is
     *                         leaving, {@code device.unsupported} if something must be copied, and there is one drive, which hands feed; and what reading and
     *                         writing throw
     */
    public Leave leave(PoolName pool, VolumeId volume, Object by, long most) throws BackupException {
        return required(pool).set().leave(volume, by, most);
    }

    private PoolStore required(PoolName pool) throws BackupException {
        PoolStore there = pools.get(pool);
        if (there == null) {
            throw BackupException.operator("pool.unknown", pool.value(), "pool " + pool + " is not open in library " + shelf.where());
        }
        return there;
    }

    /**
     * A cartridge is a pool's no more, whatever lies there: what is on no other is lost. Deletions and the like that are known of it are written again.
     *
     * @param volume all zeros: whichever has that number, for nobody has seen it
     * @throws BackupException {@code volume.unknown} if the pool has no such, {@code media.none} if it is written and no other can follow it, {@code volume.stuck}
     *                         if only there stands the label of the pool, and what writing throws
     */
    public void giveUp(PoolName pool, VolumeId volume, int number) throws BackupException {
        required(pool).set().giveUp(volume, number);
    }

    /**
     * Has nothing more written on a volume of a pool, whatever room there is: another one follows it. Waits for the batch that is being written.
     *
     * @throws BackupException {@code volume.unknown}
     */
    public void shut(PoolName pool, VolumeId volume) throws BackupException {
        PoolStore there = pools.get(pool);
        if (there == null) {
            throw BackupException.operator("volume.unknown", volume.toString(), "pool " + pool + " is not open in " + shelf.where());
        }
        there.set().shut(volume);
    }

    /**
     * Nothing more is to come on the cartridge that a pool is written on, if it is still this one and something is on it: another follows it.
     *
     * @throws BackupException {@code media.none} if there is no other: then it is written as before
     */
    public void cut(PoolName pool, VolumeId volume) throws BackupException {
        PoolStore there = pools.get(pool);
        if (there != null) {
            there.set().cut(volume);
        }
    }

    /** What people have done there; takes turns with the pools. */
    public Operator operator() {
        return new Operator(shelf);
    }

    /** What the library itself does not say: a robot brings a cartridge, and the drive finds a place on it. */
    @Override
    public Terms terms() {
        return TERMS;
    }

    public Library library() {
        return shelf.library();
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        BlobKeys.check(key);
        shelf.requireOpen();
        throw BackupException.operator("blob.key", key, "library " + shelf.where() + " keeps no blobs itself, its cartridges do; name a pool for \"" + key + "\"");
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        BlobKeys.check(key);
        shelf.requireOpen();
        throw BackupException.media("blob.missing", key, "library " + shelf.where() + " keeps no blobs itself, its cartridges do; name a pool for \"" + key + "\"", null);
    }

    @Override
    public long size(String key) throws BackupException {
        BlobKeys.check(key);
        shelf.requireOpen();
        return -1;
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        BlobKeys.checkPrefix(prefix);
        shelf.requireOpen();
    }

    @Override
    public void delete(String key) throws BackupException {
        BlobKeys.check(key);
        shelf.requireOpen();
    }

    /** Asks the changer where everything is, without one who the drives are. */
    @Override
    public Space space() throws BackupException {
        shelf.requireOpen();
        shelf.robot().ask();
        return new Space(-1, -1);
    }

    @Override
    public String location() {
        return shelf.library().location();
    }

    @Override
    public void selfTest() throws BackupException {
        shelf.requireOpen();
        shelf.library().selfTest();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }

    /** Does not wait for calls, and unloads nothing: cartridges stay for who serves the library next. */
    @Override
    public void close() {
        shelf.close();
        pools.values().forEach(PoolStore::close);
    }
}
