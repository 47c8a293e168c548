package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.NodeOrder;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackReader;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.pool.CheckpointBlobs.PartSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all tree packs of a pool's volume from beginning to end, in large pieces. */
public final class TreeRead {

    /** A piece has at least one frame. */
    private static final int PIECE = 4 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(TreeRead.class);

    private final Pool pool;

    public TreeRead(Pool pool) {
        this.pool = pool;
    }

    /** Frames come whole and sound; what is damaged is left out. */
    public void run(PartSink frames) throws BackupException {
        List<PackId> trees = new ArrayList<>();
        for (List<KnownPack> page = pool.index().packs(null, NodeOrder.PACKS_PER_PAGE); !page.isEmpty();
                page = pool.index().packs(page.getLast().id(), NodeOrder.PACKS_PER_PAGE)) {
            page.stream().filter(KnownPack::tree).map(KnownPack::id).forEach(trees::add);
        }
        Optional<CartridgePlaces> cartridges = CartridgePlaces.of(pool);
        for (PackId pack : cartridges.isPresent() ? cartridges.get().asTheyLie(trees) : trees) {
            tryToRead(pack, frames);
        }
    }

    /** A pack that can't be read costs its pages, not the others. */
    private void tryToRead(PackId pack, PartSink frames) throws BackupException {
        try {
            read(pack, frames);
        } catch (BackupException e) {
            if (Device.isGone(e) || e.failure().code().startsWith("transport.")) {
                throw e;
            }
            LOG.warn("volume={} pack {} cannot be read: {}", pool.label().name(), pack, e.getMessage());
        }
    }

    private void read(PackId pack, PartSink frames) throws BackupException {
        Device device = pool.device();
        List<IndexEntry> entries = device.call("read the index of pack " + pack, pool.patience(), store -> entries(store, pack));
        for (int from = 0; from < entries.size();) {
            long begin = entries.get(from).offset();
            int to = from + 1;
            while (to < entries.size() && end(entries.get(to)) - begin <= PIECE) {
                to++;
            }
            int length = (int) (end(entries.get(to - 1)) - begin);
            ByteBuffer piece = device.call("read pack " + pack, pool.patience(), store -> {
                ByteBuffer into = ByteBuffer.allocate(length);
                store.read(VolumeKeys.pack(pack), begin, into);
                return into.flip();
            });
            for (IndexEntry entry : entries.subList(from, to)) {
                send(pack, entry, piece, (int) (entry.offset() - begin), frames);
            }
            from = to;
        }
    }

    private static long end(IndexEntry entry) {
        return entry.offset() + entry.length();
    }

    private void send(PackId pack, IndexEntry entry, ByteBuffer piece, int at, PartSink frames) throws BackupException {
        if (at + entry.length() > piece.limit()) {
            LOG.warn("volume={} pack {} ends before its frame at {}", pool.label().name(), pack, entry.offset());
            return;
        }
        ByteBuffer frame = piece.slice(at, entry.length());
        try {
            Frame.parse(frame);
        } catch (BackupException e) {
            LOG.warn("volume={} pack {} at {}: {}", pool.label().name(), pack, entry.offset(), e.getMessage());
            return;
        }
        frames.take(frame);
    }

    private List<IndexEntry> entries(BlobStore store, PackId pack) throws BackupException {
        PackReader reader = new PackReader(new BlobPack(store, pack));
        try {
            return reader.index().entries();
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            LOG.warn("volume={}: {}; what is whole of it is used", pool.label().name(), e.getMessage());
        }
        return reader.frames();
    }
}
