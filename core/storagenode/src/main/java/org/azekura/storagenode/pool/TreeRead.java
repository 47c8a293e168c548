package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.register.RegisteredPack;
import org.azekura.engine.register.RegisterReader;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.pool.CheckpointBlobs.PartSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the tree pages of a pool's volume: from its registers, where it has them, else tree packs from beginning to end, in large pieces. */
public final class TreeRead {

    /** A piece has at least one frame. */
    private static final int PIECE = 4 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(TreeRead.class);

    private final Pool pool;

    public TreeRead(Pool pool) {
        this.pool = pool;
    }

    /** Frames come whole and sound; what is damaged is left out. Of packs that registers name, only what those have. */
    public void run(PartSink frames) throws BackupException {
        packs(registered(frames), frames);
    }

    /** The same without registers. */
    public void packs(PartSink frames) throws BackupException {
        packs(Set.of(), frames);
    }

    /** Sends what lies in registers; the packs that it is from. */
    private Set<PackId> registered(PartSink frames) throws BackupException {
        Set<PackId> packs = new HashSet<>();
        Registers registers = Registers.of(pool).orElse(null);
        for (RegisterBlobs.Lying register : registers == null ? List.<RegisterBlobs.Lying>of() : registers.blobs().all().reversed()) {
            Set<PackId> its = new HashSet<>();
            boolean[] pages = {false};
            boolean sound = registers.blobs().read(register, RegisterReader.Part.ALL, new RegisterReader.Visitor() {
                @Override
                public void pack(RegisteredPack pack, List<Integer> sessions) {
                    if (pack.tree()) {
                        its.add(pack.id());
                    }
                }

                @Override
                public void page(ByteBuffer frame) throws BackupException {
                    pages[0] = true;
                    send(register.key(), frame, frames);
                }
            });
            if (sound && pages[0]) {
                packs.addAll(its);
            }
        }
        return packs;
    }

    private void packs(Set<PackId> but, PartSink frames) throws BackupException {
        List<PackId> trees = new ArrayList<>();
        for (List<KnownPack> page = pool.index().packs(null, PackOrder.PACKS_PER_PAGE); !page.isEmpty();
                page = pool.index().packs(page.getLast().id(), PackOrder.PACKS_PER_PAGE)) {
            page.stream().filter(KnownPack::tree).map(KnownPack::id).filter(pack -> !but.contains(pack)).forEach(trees::add);
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
        List<IndexEntry> entries = device.call("read the index of pack " + pack, pool.patience(), store -> entries(pool.hand().on(store), pack));
        for (int from = 0; from < entries.size();) {
            long begin = entries.get(from).offset();
            int to = from + 1;
            while (to < entries.size() && end(entries.get(to)) - begin <= PIECE) {
                to++;
            }
            int length = (int) (end(entries.get(to - 1)) - begin);
            ByteBuffer piece = device.call("read pack " + pack, pool.patience(), store -> {
                ByteBuffer into = ByteBuffer.allocate(length);
                pool.hand().on(store).read(VolumeKeys.pack(pack), begin, into);
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
        send("pack " + pack + " at " + entry.offset(), piece.slice(at, entry.length()), frames);
    }

    private void send(String where, ByteBuffer frame, PartSink frames) throws BackupException {
        try {
            Frame.parse(frame);
        } catch (BackupException e) {
            LOG.warn("volume={} {}: {}", pool.label().name(), where, e.getMessage());
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
