package org.azekura.storagenode.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what is on a volume and not in its index yet. A pack that cannot be read is skipped: its chunks are unknown, so they are stored again.
 *
 * @param pool  whose volume it is
 * @param marks learns what was found damaged
 */
record PackSurvey(PoolName pool, Label label, ChunkIndex index, DamageMarks marks) {

    static final Duration LIST = Duration.ofMinutes(10);
    static final Logger LOG = LoggerFactory.getLogger(PackSurvey.class);

    /**
     * What a pack says of itself.
     *
     * @param whole false if its own index could not be read, so that this is what is whole of it
     */
    private record Found(PackIndex index, boolean whole) {}

    /**
     * @param cartridges if it lies on those
     * @param hand       has some of its blobs
     */
    void run(Device device, Optional<CartridgeSurvey> cartridges, AtHand hand) throws BackupException {
        Map<PackId, Long> unknown = unread(device);
        Instant found = Instant.now();
        if (cartridges.isPresent()) {
            // A tape is read on only if nobody overtakes anybody.
            cartridges.get().run(unknown, found, pack -> learning(device, pack, CartridgePlaces.PATIENCE, found).await());
        } else {
            readAll(device, unknown.keySet(), found);
        }
        device.call("read what was found damaged", LIST, store -> {
            marks.learn(hand.on(store));
            return null;
        });
        LOG.info("pool {} is open: volume={} at {}, {} packs, {} chunks; {} packs were read", pool, label.name(), device.store().location(),
                index.packs(), index.chunks(), unknown.size());
    }

    private void readAll(Device device, Set<PackId> packs, Instant found) throws BackupException {
        Queue<Device.Call<Void>> reading = new ArrayDeque<>();
        for (PackId pack : packs) {
            reading.add(learning(device, pack, Pool.READ, found));
            if (reading.size() >= Device.THREADS) {
                reading.remove().await();
            }
        }
        for (Device.Call<Void> last : reading) {
            last.await();
        }
    }

    private Device.Call<Void> learning(Device device, PackId pack, Duration patience, Instant found) throws BackupException {
        return device.begin("read the index of pack " + pack, patience, store -> {
            learn(store, pack, found);
            return null;
        });
    }

    /** The packs that the index does not know as they are. It forgets the others that are not there. */
    private Map<PackId, Long> unread(Device device) throws BackupException {
        Map<PackId, Long> unread = new LinkedHashMap<>();
        int gone = index.retain(device.call("list its packs", LIST, store -> known(store, unread::put)));
        if (gone > 0) {
            LOG.info("pool {}: {} packs that were known are not on volume={} as they were", pool, gone, label.name());
        }
        return unread;
    }

    /** Numbers of the packs on the volume that the index knows as they are. */
    private BitSet known(BlobStore store, BiConsumer<PackId, Long> unknown) throws BackupException {
        BitSet known = new BitSet();
        store.list(VolumeKeys.PACKS, blob -> {
            PackId pack = VolumeKeys.pack(blob.key());
            if (pack != null) {
                int number = index.number(pack, blob.size());
                if (number < 0) {
                    unknown.accept(pack, blob.size());
                } else {
                    known.set(number);
                }
            }
        });
        return known;
    }

    /**
     * Makes sure that the same volume in another place has all packs, while calls wait: what the index knows is not stored again.
     *
     * @throws BackupException {@code volume.incomplete}
     */
    void requireAll(Device candidate, Duration patience) throws BackupException {
        BitSet expected = expected();
        List<PackId> missing = missing(expected, candidate.attempt("list its packs", patience, store -> known(store, (unknown, size) -> {})));
        if (!missing.isEmpty()) {
            throw BackupException.media("volume.incomplete", candidate.store().location(), candidate.store().location() + " has volume \"" + label.name()
                    + "\" of pool " + pool + " without " + missing.size() + " of its packs, " + missing.getFirst() + " among them; copy them there first", null);
        }
    }

    /** Packs that the index knows and that are not there, while jobs go on: what they write meanwhile is not among them. */
    List<PackId> gone(Device device) throws BackupException {
        BitSet expected = expected();
        return missing(expected, device.call("list its packs", LIST, store -> known(store, (unknown, size) -> {})));
    }

    private BitSet expected() throws BackupException {
        BitSet expected = new BitSet();
        each((pack, number) -> expected.set(number));
        return expected;
    }

    private List<PackId> missing(BitSet expected, BitSet there) throws BackupException {
        expected.andNot(there);
        List<PackId> missing = new ArrayList<>();
        each((pack, number) -> {
            // asked again: a prune that waits may have let go of it meanwhile
            if (expected.get(number)) {
                missing.add(pack);
            }
        });
        return missing;
    }

    /** Those whose own index was read. */
    private void each(ObjIntConsumer<PackId> told) throws BackupException {
        for (List<KnownPack> page = index.packs(null, PackOrder.PACKS_PER_PAGE); !page.isEmpty();
                page = index.packs(page.getLast().id(), PackOrder.PACKS_PER_PAGE)) {
            for (KnownPack pack : page) {
                int number = index.number(pack.id(), pack.size());
                if (number >= 0) {
                    told.accept(pack.id(), number);
                }
            }
        }
    }

    private void learn(BlobStore store, PackId pack, Instant found) throws BackupException {
        try {
            BlobPack source = new BlobPack(store, pack);
            Found read = read(source);
            if (!read.index.pack().equals(pack)) {
                throw BackupException.corrupt("pack.corrupt", pack.toString(), "pack " + pack + " says it is " + read.index.pack());
            }
            if (read.whole) {
                index.add(read.index, source.size(), found, null);
            } else {
                index.addPartly(read.index, source.size(), found);
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

    /** The pack's own index, or that of what is whole of the pack. On a thread of the device. */
    PackIndex read(BlobStore store, PackId pack) throws BackupException {
        return read(new BlobPack(store, pack)).index;
    }

    private Found read(BlobPack source) throws BackupException {
        PackReader reader = new PackReader(source);
        try {
            return new Found(reader.index(), true);
        } catch (BackupException e) {
            if (!e.failure().code().equals("pack.corrupt")) {
                throw e;
            }
            LOG.warn("volume={}: {}; what is whole of it is used", label.name(), e.getMessage());
            return new Found(reader.scan(), false);
        }
    }
}
