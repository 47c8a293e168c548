package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.Answer;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.NodeOrder;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.index.KnownPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool that is served: its volume, and what is on it. Safe for any number of threads. */
final class Pool {

    static final Duration READ = Duration.ofMinutes(2);
    private static final Duration LIST = Duration.ofMinutes(10);
    private static final Duration DEVICE = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final NodeOrder.OpenPool order;
    private final Devices devices;
    private final Label label;
    private final ChunkIndex index;
    private final DamageMarks marks;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null while nobody prunes. */
    private final AtomicReference<Prune> prune = new AtomicReference<>();
    /** As it is served. */
    private Device served;
    /** The part of it that this volume is; its label was checked. */
    private Device checked;

    private Pool(NodeOrder.OpenPool order, Devices devices, Device served, Device checked, Label label, ChunkIndex index) {
        this.order = order;
        this.devices = devices;
        this.served = served;
        this.checked = checked;
        this.label = label;
        this.index = index;
        this.marks = new DamageMarks(index);
    }

    /**
     * Checks or writes the label and learns what is on the volume and not in the index yet. A pack that cannot be read is skipped: its
     * chunks are unknown, so they are stored again.
     *
     * @param indexes folder of the indexes of all pools; that of one pool is used by one pool at a time
     */
    static Pool open(NodeOrder.OpenPool order, Devices devices, Path indexes) throws BackupException {
        Device served = devices.get(order.device(), DEVICE);
        Device device = volume(order, served);
        Label label = device.call("open the volume of pool " + order.pool(), READ, store -> VolumeLabel.open(store, order));
        Pool pool = new Pool(order, devices, served, device, label, ChunkIndex.open(indexes.resolve(order.pool().value()), label.volume()));
        try {
            pool.learn(device);
            return pool;
        } catch (BackupException e) {
            pool.close();
            throw e;
        }
    }

    private static Device volume(NodeOrder.OpenPool order, Device device) {
        Device medium = medium(order, device);
        return order.copyOf() == null ? medium : medium.within(VolumeKeys.copies(order.copyOf()));
    }

    private static Device medium(NodeOrder.OpenPool order, Device device) {
        return device.of(order.medium(), Optional.ofNullable(order.barcode()));
    }

    /** What of this device keeps the volume: in a library one cartridge, else all of it. */
    Device medium(Device device) {
        return medium(order, device);
    }

    private void learn(Device device) throws BackupException {
        List<PackId> packs = unread(device);
        Instant found = Instant.now();
        Queue<Device.Call<Void>> reading = new ArrayDeque<>();
        for (PackId pack : packs) {
            reading.add(device.begin("read the index of pack " + pack, READ, store -> {
                learn(store, pack, found);
                return null;
            }));
            if (reading.size() >= Device.THREADS) {
                reading.remove().await();
            }
        }
        for (Device.Call<Void> last : reading) {
            last.await();
        }
        device.call("read what was found damaged", LIST, store -> {
            marks.learn(store);
            return null;
        });
        LOG.info("pool {} is open: volume={} at {}, {} packs, {} chunks; {} packs were read", order.pool(), label.name(),
                device.store().location(), index.packs(), index.chunks(), packs.size());
    }

    /** The packs that the index does not know as they are. It forgets the others that are not there. */
    private List<PackId> unread(Device device) throws BackupException {
        List<PackId> unread = new ArrayList<>();
        BitSet read = device.call("list its packs", LIST, store -> {
            BitSet known = new BitSet();
            store.list(VolumeKeys.PACKS, blob -> {
                PackId pack = VolumeKeys.pack(blob.key());
                if (pack != null) {
                    int number = index.number(pack, blob.size());
                    if (number < 0) {
                        unread.add(pack);
                    } else {
                        known.set(number);
                    }
                }
            });
            return known;
        });
        int gone = index.retain(read);
        if (gone > 0) {
            LOG.info("pool {}: {} packs that were known are not on volume={} as they were", order.pool(), gone, label.name());
        }
        return unread;
    }

    private void learn(BlobStore store, PackId pack, Instant found) throws BackupException {
        try {
            BlobPack source = new BlobPack(store, pack);
            boolean[] partly = new boolean[1];
            PackIndex read = index(source, partly);
            if (!read.pack().equals(pack)) {
                throw BackupException.corrupt("pack.corrupt", pack.toString(), "pack " + pack + " says it is " + read.pack());
            }
            if (partly[0]) {
                index.addPartly(read, source.size(), found);
            } else {
                index.add(read, source.size(), found, null);
            }
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            if (FormatVersion.isOther(e)) {
                // To go on without it would give up snapshots that are whole.
                throw BackupException.media(FormatVersion.CODE, pack.toString(), "pack " + pack + " on volume \"" + label.name() + "\": "
                        + e.getMessage(), e);
            }
            LOG.warn("pack {} on volume={} is skipped: {}", pack, label.name(), e.getMessage());
        }
    }

    /** @param partly whether its own index could not be read, so that this is what is whole of it */
    private PackIndex index(BlobPack source, boolean[] partly) throws BackupException {
        PackReader reader = new PackReader(source);
        try {
            return reader.index();
        } catch (BackupException e) {
            if (!e.failure().code().equals("pack.corrupt")) {
                throw e;
            }
            LOG.warn("volume={}: {}; what is whole of it is used", label.name(), e.getMessage());
            partly[0] = true;
            return reader.scan();
        }
    }

    /** The next chunks of a pack, each once, by the pack's own index; none if it is not known, or not any more. */
    Answer.Located chunks(PackId id, int from) throws BackupException {
        try {
            List<IndexEntry> entries = index.pack(id) == null ? List.of()
                    : device().call("read the index of pack " + id, READ, store -> index(new BlobPack(store, id), new boolean[1])).entries();
            Set<ChunkId> seen = new HashSet<>();
            return new Answer.Located(entries.stream().filter(entry -> seen.add(entry.chunk())).skip(Math.max(0, from)).limit(CheckBatch.MAX_CHUNKS)
                    .map(entry -> new Answer.ChunkPlace(entry.chunk(), id, entry.session())).toList(), List.of());
        } catch (BackupException e) {
            if (index.pack(id) != null) {
                throw e;
            }
            return new Answer.Located(List.of(), List.of());
        }
    }

    PoolName name() {
        return order.pool();
    }

    NodeOrder.OpenPool order() {
        return order;
    }

    Label label() {
        return label;
    }

    ChunkIndex index() {
        return index;
    }

    DamageMarks marks() {
        return marks;
    }

    /**
     * The device as it is served now. One that came anew (another driver, other settings) has its label looked at first.
     *
     * @throws BackupException {@code device.unserved}, {@code volume.foreign}
     */
    Device device() throws BackupException {
        Device now = devices.get(order.device(), DEVICE);
        lock.lock();
        try {
            if (now != served) {
                Device device = volume(order, now);
                device.call("read the label of pool " + order.pool(), READ, store -> {
                    requireVolume(store);
                    return null;
                });
                served = now;
                checked = device;
            }
            return checked;
        } finally {
            lock.unlock();
        }
    }

    /** Whether packs can be begun, and who is told when they are to end. */
    DeviceGate gate() {
        return devices.gate(order.device());
    }

    /**
     * Makes sure that this device holds the pool's volume, while calls wait.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.missing}
     */
    void prove(Device candidate, Duration patience) throws BackupException {
        volume(order, candidate).attempt("read the label of pool " + order.pool(), patience, store -> {
            requireVolume(store);
            return null;
        });
    }

    /** From now on this serves the volume, as was proven; what served it before is held no longer. */
    void moved(Device now) {
        lock.lock();
        try {
            served = now;
            checked = volume(order, now);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes sure that the volume is there. Where it is not (a disk that is not mounted), nothing that is missing says anything
     * about damage.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.missing}
     */
    void requireVolume(BlobStore store) throws BackupException {
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

    /** What its medium begins with now; null if that has no label. */
    byte[] mediumLabel() throws BackupException {
        return medium(devices.get(order.device(), DEVICE)).call("read the label", READ, store -> VolumeLabel.get(store, VolumeKeys.LABEL, Label.BYTES));
    }

    Answer.VolumeReady ready() throws BackupException {
        Device device = device();
        BlobStore.Space space = device.call("tell its free space", READ, BlobStore::space);
        Barcode barcode = device.whole() instanceof LibraryStore library ? library.barcode(order.medium()).orElse(null) : null;
        return new Answer.VolumeReady(label.volume(), label.name(), device.store().location(), index.bytes(), space.capacity(), barcode);
    }

    /** What can still be written, in bytes; -1 without a bound. */
    long room() throws BackupException {
        return device().call("tell its free space", READ, BlobStore::space).free();
    }

    /** Durable at return. Storing the same again is no error. */
    void storeManifest(SnapshotId snapshot, byte[] manifest) throws BackupException {
        String key = VolumeKeys.manifest(snapshot);
        device().call("write manifest " + snapshot, READ, store -> {
            if (store.size(key) == manifest.length) {
                ByteBuffer there = ByteBuffer.allocate(manifest.length);
                store.read(key, 0, there);
                if (there.flip().equals(ByteBuffer.wrap(manifest))) {
                    return null;
                }
            }
            VolumeLabel.put(store, key, manifest);
            return null;
        });
    }

    /**
     * Durable at return. Storing the same again is no error.
     *
     * @throws BackupException {@code keyring.other}, {@code keyring.newer}
     */
    void storeKeyRing(KeyRing ring) throws BackupException {
        String key = VolumeKeys.keyRing(ring.number());
        device().call("write key ring " + ring.number(), READ, store -> {
            int[] newest = {0};
            store.list(VolumeKeys.KEY_RINGS, blob -> newest[0] = Math.max(newest[0], VolumeKeys.keyRing(blob.key())));
            if (newest[0] > ring.number()) {
                throw BackupException.media("keyring.newer", store.location(), store.location() + " has key ring " + newest[0] + " of pool "
                        + order.pool() + ", the catalog only ring " + ring.number() + "; bring the newest catalog or rebuild it", null);
            }
            if (!VolumeLabel.putOnce(store, key, ring.encoded())) {
                throw BackupException.media("keyring.other", store.location(), store.location() + " has another key ring " + ring.number()
                        + " of pool " + order.pool() + " than the catalog; bring the newest catalog or rebuild it", null);
            }
            return null;
        });
    }

    /**
     * The newest sound key ring on the volume; null if there is none.
     *
     * @throws BackupException {@code format.version}: an older ring than that would bring back who was removed
     */
    byte[] keyRing() throws BackupException {
        return device().call("read the key ring", READ, store -> {
            List<Integer> numbers = new ArrayList<>();
            store.list(VolumeKeys.KEY_RINGS, blob -> numbers.add(VolumeKeys.keyRing(blob.key())));
            numbers.removeIf(number -> number == 0);
            numbers.sort(Comparator.reverseOrder());
            for (int number : numbers) {
                byte[] ring = VolumeLabel.get(store, VolumeKeys.keyRing(number), KeyRing.MAX_BYTES);
                if (ring != null && isSound(ring)) {
                    return ring;
                }
            }
            return null;
        });
    }

    private boolean isSound(byte[] ring) throws BackupException {
        try {
            KeyRing.parse(ring);
            return true;
        } catch (BackupException e) {
            if (FormatVersion.isOther(e)) {
                throw e;
            }
            LOG.warn("volume={}: {}; an older one is looked for", label.name(), e.getMessage());
            return false;
        }
    }

    void removeManifest(SnapshotId snapshot) throws BackupException {
        device().call("delete manifest " + snapshot, READ, store -> {
            store.delete(VolumeKeys.manifest(snapshot));
            return null;
        });
    }

    /** @throws BackupException {@code prune.running} */
    void begin(Prune begun) throws BackupException {
        if (!prune.compareAndSet(null, begun)) {
            throw BackupException.operator("prune.running", order.pool().value(), "another prune of pool " + order.pool()
                    + " is running; wait for its end (azekura job list --running)");
        }
    }

    void ended(Prune done) {
        prune.compareAndSet(done, null);
    }

    /**
     * A job has ended. What it relied on stays until the prune that runs now has ended, too: that may have looked at the snapshots
     * before this job's came.
     */
    void release(JobPins pins) {
        Prune running = prune.get();
        if (running == null || !running.keep(pins)) {
            pins.close();
        }
    }

    /** Its index is left in order; whoever still has this pool is refused. Jobs on it must have ended, or will fail. */
    void close() {
        index.close();
    }
}
