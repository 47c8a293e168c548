package org.azekura.storagenode.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.storagenode.cartridge.volume.Sealing;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.DeviceGate;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.index.JobPins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool that is served: its volume, and what is on it. Safe for any number of threads. */
public final class Pool {

    public static final Duration READ = Duration.ofMinutes(2);
    /** Cartridges of which nothing is known are read from end to end. */
    private static final Duration SCAN = Duration.ofDays(1);
    private static final Duration DEVICE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    /** Which cartridge is its first may change. */
    private volatile PoolOrder.OpenPool order;
    private final Devices devices;
    private final Label label;
    private final ChunkIndex index;
    private final DamageMarks marks;
    private final PackSurvey survey;
    private final VolumeRecords records = new VolumeRecords(this);
    private final PoolSpool spool = new PoolSpool(this);
    private final LostPackNames lost = new LostPackNames();
    private final AtHand hand;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null while nobody prunes. */
    private final AtomicReference<Pruning> prune = new AtomicReference<>();
    /** As it is served. */
    private Device served;
    /** The part of it that this volume is; its label was checked. */
    private volatile Device checked;

    /** As it was ordered last: it counts from the next cartridge on that is loaded. */
    private final AtomicReference<Optional<Sealing>> sealing;

    private Pool(PoolOrder.OpenPool order, AtomicReference<Optional<Sealing>> sealing, Devices devices, Device served, Device checked, Label label, ChunkIndex index) {
        this.order = order;
        this.sealing = sealing;
        this.devices = devices;
        this.served = served;
        this.checked = checked;
        this.label = label;
        this.index = index;
        this.marks = new DamageMarks(index);
        this.survey = new PackSurvey(order.pool(), label, index, marks);
        this.hand = new AtHand(index.folder(), key -> {
            Optional<Recall> lies = recall();
            return lies.isEmpty() ? Optional.empty() : lies.get().place(folder() + key);
        });
    }

    /**
     * Checks or writes the label and learns what is on the volume and not in the index yet.
     *
     * @param indexes folder of the indexes of all pools; that of one pool is used by one pool at a time
     */
    static Pool open(PoolOrder.OpenPool order, Devices devices, Path indexes) throws BackupException {
        Device served = devices.get(order.device(), DEVICE);
        AtomicReference<Optional<Sealing>> sealing = new AtomicReference<>(sealing(order));
        Device device = volume(order, served, sealing::get);
        Duration patience = device.whole() instanceof LibraryStore ? SCAN : READ;
        Label label = device.call("open the volume of pool " + order.pool(), patience, store -> VolumeLabel.open(store, order));
        Pool pool = new Pool(order, sealing, devices, served, device, label, ChunkIndex.open(indexes.resolve(order.pool().value()), label.volume()));
        try {
            pool.survey.run(device, pool.recall().map(recall -> new CartridgeSurvey(device, pool.folder(), recall, pool.index, pool.hand)), pool.hand);
            pool.spool.goOn();
            return pool;
        } catch (BackupException e) {
            pool.close();
            throw e;
        }
    }

    private static Optional<Sealing> sealing(PoolOrder.OpenPool order) {
        return Optional.ofNullable(order.tapeSecret()).map(secret -> new Sealing(secret, order.sealsTape()));
    }

    /** What of a device is a pool's volume, before the pool is open. */
    static Device volume(PoolOrder.OpenPool order, Devices devices) throws BackupException {
        return volume(order, devices.get(order.device(), DEVICE), () -> sealing(order));
    }

    private static Device volume(PoolOrder.OpenPool order, Device device, Supplier<Optional<Sealing>> sealing) {
        Device medium = medium(order, device, sealing);
        return order.copyOf() == null ? medium : medium.within(VolumeKeys.copies(order.copyOf()));
    }

    private static Device medium(PoolOrder.OpenPool order, Device device, Supplier<Optional<Sealing>> sealing) {
        return device.of(order.medium(), Optional.ofNullable(order.barcode()), order.spool(), sealing);
    }

    /** What of this device keeps the volumes: in a library the pool's cartridges, else all of it. */
    public Device medium(Device device) {
        return medium(order, device, sealing::get);
    }

    /** The next chunks of a pack, each once, by the pack's own index; none if it is not known, or not any more. */
    public ChunkAnswer.Located chunks(PackId id, int from) throws BackupException {
        try {
            List<IndexEntry> entries = index.pack(id) == null ? List.of()
                    : device().call("read the index of pack " + id, READ, store -> survey.read(store, id)).entries();
            Set<ChunkId> seen = new HashSet<>();
            return new ChunkAnswer.Located(entries.stream().filter(entry -> seen.add(entry.chunk())).skip(Math.max(0, from)).limit(CheckBatch.MAX_CHUNKS)
                    .map(entry -> new ChunkAnswer.ChunkPlace(entry.chunk(), id, entry.session())).toList(), List.of());
        } catch (BackupException e) {
            if (index.pack(id) != null) {
                throw e;
            }
            return new ChunkAnswer.Located(List.of(), List.of());
        }
    }

    /** The same pool, ordered again: on the same device, by the same appliance. */
    void ordered(PoolOrder.OpenPool again) {
        order = again;
        sealing.set(sealing(again));
    }

    public PoolName name() {
        return order.pool();
    }

    public PoolOrder.OpenPool order() {
        return order;
    }

    public Label label() {
        return label;
    }

    public ChunkIndex index() {
        return index;
    }

    /** Of its index; who needs a file for a moment may have it there. */
    Path folderOfIndex() {
        return index.folder();
    }

    /** Blobs of cartridges that were read already. */
    AtHand hand() {
        return hand;
    }

    public DamageMarks marks() {
        return marks;
    }

    /** Where its packs wait for tape, if they do. */
    public PoolSpool spool() {
        return spool;
    }

    public VolumeRecords records() {
        return records;
    }

    /**
     * The device as it is served now. One that came anew (another driver, other settings) has its label looked at first.
     *
     * @throws BackupException {@code device.unserved}, {@code volume.foreign}
     */
    public Device device() throws BackupException {
        Device now = devices.get(order.device(), DEVICE);
        lock.lock();
        try {
            if (now != served) {
                Device device = volume(order, now, sealing::get);
                device.call("read the label of pool " + order.pool(), READ, store -> {
                    requireVolume(store);
                    return null;
                });
                served = now;
                checked = device;
                spool.goOn(device);
            }
            return checked;
        } finally {
            lock.unlock();
        }
    }

    /** The same as it was looked at last. Never blocks. */
    Device served() {
        return checked;
    }

    /** Those that are damaged though they waited for tape. */
    LostPackNames lost() {
        return lost;
    }

    /** Packs that the index knows and that are not on the volume any more. */
    List<PackId> gone() throws BackupException {
        return survey.gone(device());
    }

    /** Has chunks of packs stored again that are not on the volume any more, and never will be. */
    public void forgetGone() throws BackupException {
        List<KnownPack> packs = new ArrayList<>();
        for (PackId gone : gone()) {
            KnownPack known = index.pack(gone);
            if (known != null) {
                packs.add(known);
            }
        }
        index.remove(packs);
    }

    /** Has chunks stored again that the index knows of packs that are not on the volume any more. */
    void lookForGone() {
        try {
            for (PackId gone : gone()) {
                PackNews.look(this, gone);
            }
        } catch (BackupException e) {
            LOG.error("pool {}: packs were put aside, and it can't be looked which; verify the pool: {}", name(), e.getMessage());
        }
    }

    /** Where it lies in its library; empty if it is on none. */
    public Optional<Recall> recall() throws BackupException {
        return device().whole() instanceof LibraryStore library ? Optional.of(library.recall(order.medium(), Optional.ofNullable(order.barcode()), order.spool()))
                : Optional.empty();
    }

    /** How long it may take to begin reading somewhere: a cartridge has to be brought first. */
    public Duration patience() throws BackupException {
        return device().whole() instanceof LibraryStore ? CartridgePlaces.PATIENCE : READ;
    }

    /** Of a pack, on its medium. */
    String key(PackId pack) {
        return folder() + VolumeKeys.pack(pack);
    }

    /** Whether packs can be begun, and who is told when they are to end. */
    public DeviceGate gate() {
        return devices.gate(order.device());
    }

    /**
     * Makes sure that this device holds the pool's volume, while calls wait.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.missing}
     */
    public void prove(Device candidate, Duration patience) throws BackupException {
        volume(order, candidate, sealing::get).attempt("read the label of pool " + order.pool(), patience, store -> {
            requireVolume(store);
            return null;
        });
    }

    /**
     * The same, and that nothing of what is known to be on the volume is missing there: it may be a copy of it.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.missing}, {@code volume.incomplete}
     */
    public void proveWhole(Device candidate, Duration patience) throws BackupException {
        prove(candidate, patience);
        survey.requireAll(volume(order, candidate, sealing::get), patience);
    }

    /**
     * Makes sure that this device holds the volume of a pool that is not open. Nothing is written.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.unlabelled}, {@code volume.quarantined}
     */
    public static void prove(PoolOrder.OpenPool order, Device candidate, Duration patience) throws BackupException {
        volume(order, candidate, () -> sealing(order)).attempt("read the label of pool " + order.pool(), patience, store -> VolumeLabel.require(store, order));
    }

    /** From now on this serves the volume, as was proven; what served it before is held no longer. */
    public void moved(Device now) {
        lock.lock();
        try {
            served = now;
            checked = volume(order, now, sealing::get);
        } finally {
            lock.unlock();
        }
        spool.goOn(volume(order, now, sealing::get));
    }

    /**
     * Makes sure that the volume is there. Where it is not (a disk that is not mounted), nothing that is missing says anything
     * about damage.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.missing}
     */
    public void requireVolume(BlobStore store) throws BackupException {
        Label found = VolumeLabel.read(store);
        if (found == null) {
            throw BackupException.media("volume.missing", store.location(), "volume \"" + label.name() + "\" of pool " + order.pool()
                    + " is not in " + store.location() + "; mount or connect it there", null);
        }
        if (!found.volume().equals(label.volume())) {
            throw BackupException.media("volume.foreign", store.location(), store.location() + " holds volume \"" + found.name()
                    + "\", expected \"" + label.name() + "\" of pool " + order.pool(), null);
        }
    }

    /** Where its volume lies, see {@link BlobStore#place}; null if that can't be told, or it is another place now than a moment ago. */
    public String place() throws BackupException {
        return device().call("tell where the volume lies", READ, store -> {
            Optional<String> before = store.place();
            requireVolume(store);
            return before.equals(store.place()) ? before.orElse(null) : null;
        });
    }

    /** Where a pack lies on tape; empty if it does not, or not yet. */
    public Optional<BlobPlace> place(PackId pack) throws BackupException {
        Device device = device();
        return device.whole() instanceof LibraryStore library ? library.place(order.medium(), folder() + VolumeKeys.pack(pack)) : Optional.empty();
    }

    /** Has the cartridge that is written say what lies on it, if it lies on cartridges. A failure is only told. */
    void sumUp() {
        try {
            Device device = device();
            if (device.whole() instanceof LibraryStore library) {
                device.call("note what lies on its cartridge", READ, store -> {
                    library.sumUp(order.medium());
                    return null;
                });
            }
        } catch (BackupException e) {
            LOG.warn("pool {}: what lies on its cartridge is not noted on it: {}", name(), e.getMessage());
        }
    }

    /** Before the keys of what it has on its medium; empty unless it is a volume of copies. */
    String folder() {
        return order.copyOf() == null ? "" : VolumeKeys.copies(order.copyOf()) + "/";
    }

    /** What its medium begins with now; null if that has no label. */
    public byte[] mediumLabel() throws BackupException {
        return medium(devices.get(order.device(), DEVICE)).call("read the label", READ, store -> VolumeLabel.get(store, VolumeKeys.LABEL, Label.BYTES));
    }

    public PoolAnswer.VolumeReady ready() throws BackupException {
        Device device = device();
        BlobStore.Space space = device.call("tell its free space", READ, BlobStore::space);
        String location = device.store().location();
        return device.whole() instanceof LibraryStore library
                ? new PoolAnswer.VolumeReady(label.volume(), label.name(), location, index.bytes(), space.capacity(), library.barcode(order.medium()).orElse(null),
                        members(device))
                : new PoolAnswer.VolumeReady(label.volume(), label.name(), location, index.bytes(), space.capacity());
    }

    /** Where the pool lies on several cartridges: all of them. */
    private List<PoolAnswer.Member> members(Device device) throws BackupException {
        List<Member> all = order.copyOf() != null ? List.of()
                : device.call("look for its cartridges", READ, store -> ((LibraryStore) device.whole()).members(order.medium()));
        return all.isEmpty() || all.size() == 1 && all.getFirst().number() == 1 ? List.of() : all.stream().map(one -> new PoolAnswer.Member(one.volume(), one.number(), one.name(), one.barcode().orElse(null),
                one.location(), one.state().name().toLowerCase(Locale.ROOT), one.why(), one.used(), one.capacity())).toList();
    }

    /** What can still be written, in bytes; -1 without a bound. */
    public long room() throws BackupException {
        return device().call("tell its free space", READ, BlobStore::space).free();
    }

    /** @throws BackupException {@code prune.running} */
    public void begin(Pruning begun) throws BackupException {
        if (!prune.compareAndSet(null, begun)) {
            throw BackupException.operator("prune.running", order.pool().value(), "another prune of pool " + order.pool()
                    + " is running; wait for its end (azekura job list --running)");
        }
    }

    public void ended(Pruning done) {
        prune.compareAndSet(done, null);
    }

    /**
     * A job has ended. What it relied on stays until the prune that runs now has ended, too: that may have looked at the snapshots
     * before this job's came.
     */
    public void release(JobPins pins) {
        Pruning running = prune.get();
        if (running == null || !running.keep(pins)) {
            pins.close();
        }
    }

    /** Its index is left in order; whoever still has this pool is refused. Jobs on it must have ended, or will fail. */
    void close() {
        hand.letGo();
        index.close();
    }
}
