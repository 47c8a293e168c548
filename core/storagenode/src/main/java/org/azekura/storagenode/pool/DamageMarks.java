package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on the volume what was found damaged there: after a restart the packs' own indexes would call it known again. A pack's new mark
 * has all that the one before had, and is durable before that one is deleted. Used on threads of the device, any number at once.
 */
public final class DamageMarks {

    private static final Logger LOG = LoggerFactory.getLogger(DamageMarks.class);

    /** The marks of one pack that are on the volume. */
    private static final class OnVolume {
        final SortedSet<Integer> numbers = new TreeSet<>();
        int next = 1;
        /** Chunks in the newest; -1 before one was written here. */
        int chunks = -1;
        boolean wrong;
    }

    private final ChunkIndex index;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PackId, OnVolume> marks = new HashMap<>();
    /** Packs with chunks that are not what their ids say, though every checksum is right. */
    private final Set<PackId> wrong = ConcurrentHashMap.newKeySet();

    DamageMarks(ChunkIndex index) {
        this.index = index;
    }

    /**
     * Enters all marks of the volume into the index, which knows the packs already. One that cannot be read says that something in its pack
     * is damaged: all chunks of it are taken for damaged.
     *
     * @throws BackupException if the device is gone
     */
    void learn(BlobStore store) throws BackupException {
        List<VolumeKeys.Mark> found = new ArrayList<>();
        store.list(VolumeKeys.DAMAGED, blob -> {
            VolumeKeys.Mark mark = VolumeKeys.mark(blob.key());
            if (mark != null) {
                found.add(mark);
            }
        });
        lock.lock();
        try {
            for (VolumeKeys.Mark mark : found) {
                OnVolume there = marks.computeIfAbsent(mark.pack(), pack -> new OnVolume());
                there.numbers.add(mark.number());
                there.next = Math.max(there.next, mark.number() + 1);
                KnownPack pack = index.pack(mark.pack());
                if (pack != null) {
                    for (ChunkId chunk : chunks(store, mark, pack)) {
                        index.damaged(pack, chunk);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private List<ChunkId> chunks(BlobStore store, VolumeKeys.Mark mark, KnownPack pack) throws BackupException {
        try {
            long size = store.size(mark.key());
            // A byte too many is enough for the form to refuse it.
            ByteBuffer into = ByteBuffer.allocate(Math.clamp(size, 0, DamageMark.MAX_BYTES + 1));
            store.read(mark.key(), 0, into);
            DamageMark read = DamageMark.parse(mark.pack(), into.flip());
            if (read.content()) {
                wrong.add(mark.pack());
            }
            return read.chunks();
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            LOG.warn("{}: {}; every chunk of the pack is taken for damaged", mark.key(), e.getMessage());
            return index.chunksOf(pack);
        }
    }

    /** Makes durable what the index knows to be damaged in this pack. If that fails, it is known until the pool is opened anew. */
    public void write(BlobStore store, KnownPack pack) {
        lock.lock();
        try {
            List<ChunkId> chunks = index.damagedOf(pack);
            OnVolume there = marks.computeIfAbsent(pack.id(), id -> new OnVolume());
            boolean content = isWrong(pack.id());
            if (chunks.isEmpty() || chunks.size() == there.chunks && content == there.wrong) {
                return;
            }
            List<Integer> before = List.copyOf(there.numbers);
            int number = there.next++;
            VolumeLabel.put(store, VolumeKeys.mark(pack.id(), number), new DamageMark(pack.id(), content, chunks).encoded());
            there.numbers.add(number);
            there.chunks = chunks.size();
            there.wrong = content;
            delete(store, pack.id(), there, before);
        } catch (BackupException e) {
            LOG.warn("pack {}: its damage could not be noted on the volume: {}", pack.id(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Whether chunks of this pack were found damaged and not sound again since. */
    public boolean isMarked(PackId pack) {
        lock.lock();
        try {
            OnVolume there = marks.get(pack);
            return isWrong(pack) || there != null && !there.numbers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a chunk that is damaged in this pack may have the right checksums all the same. */
    public boolean isWrong(PackId pack) {
        return wrong.contains(pack);
    }

    /** Chunks of this pack, which are marked next, are not what their ids say. */
    void wrong(KnownPack pack) {
        wrong.add(pack.id());
    }

    /** Every chunk of the pack was opened and is what its id says. */
    void right(BlobStore store, KnownPack pack) {
        wrong.remove(pack.id());
        sound(store, pack);
    }

    /** The whole pack was read and its checksums are right: what was found damaged was mended, unless it was found by its content. */
    void sound(BlobStore store, KnownPack pack) {
        if (isWrong(pack.id())) {
            return;
        }
        lock.lock();
        try {
            index.sound(pack);
            OnVolume there = marks.get(pack.id());
            if (there != null) {
                there.chunks = -1;
                delete(store, pack.id(), there, List.copyOf(there.numbers));
            }
        } catch (BackupException e) {
            LOG.warn("pack {}: it is sound, but a damage mark stays on the volume: {}", pack.id(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** The pack was dropped: nobody wants to know what was damaged in it. */
    public void dropped(BlobStore store, PackId pack) {
        wrong.remove(pack);
        lock.lock();
        try {
            OnVolume there = marks.remove(pack);
            if (there != null) {
                delete(store, pack, there, List.copyOf(there.numbers));
            }
        } catch (BackupException e) {
            LOG.warn("pack {}: it was dropped, but a damage mark stays on the volume: {}", pack, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private static void delete(BlobStore store, PackId pack, OnVolume there, List<Integer> numbers) throws BackupException {
        if (store.capabilities().delete()) {
            for (int number : numbers) {
                store.delete(VolumeKeys.mark(pack, number));
                there.numbers.remove(number);
            }
        }
    }
}
