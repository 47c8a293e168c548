package org.azekura.storagenode.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.engine.register.RegisterReader;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.index.RegisterContent;
import org.azekura.storagenode.index.RegisterTaking;
import org.azekura.storagenode.pool.RegisterBlobs.Lying;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registers on a pool's cartridges: what is in its packs, so that nobody has to go to each of them. A new one takes in those that are not larger than
 * twice what it has by then, from the newest on: so there are few, and each pack is written down a few times at most. And those on cartridges that are not
 * written any more, as long as all of it is little of a cartridge: so that the last one is enough.
 *
 * @param blobs  of the pool's volume
 * @param recall where they lie
 */
record Registers(RegisterBlobs blobs, Recall recall, ChunkIndex index) {

    /** Of what a cartridge of the pool holds, on average, so much may be registers that are written once more. */
    private static final int CARRIED_SHARE = 50;
    private static final Logger LOG = LoggerFactory.getLogger(Registers.class);

    /** Empty if the pool lies on no cartridges: it has none. */
    static Optional<Registers> of(Pool pool) throws BackupException {
        Optional<Recall> recall = pool.recall();
        return recall.isEmpty() ? Optional.empty() : Optional.of(new Registers(new RegisterBlobs(pool.device(), pool.folder(), pool.hand()), recall.get(), pool.index()));
    }

    /** Writes one of what no register names, if the pool lies on cartridges, and has packs at all. Durable at return. One at a time. */
    static void write(Pool pool, RegisterContent content) throws BackupException {
        Optional<Registers> registers = of(pool);
        if (registers.isPresent()) {
            registers.get().write(content, pool.folderOfIndex());
        }
    }

    /** @param beside folder for a file meanwhile */
    private void write(RegisterContent content, Path beside) throws BackupException {
        if (index.packs() > 0) {
            Optional<VolumeId> before = recall.written();
            next(content, beside);
            if (!recall.written().equals(before)) {
                // It had no room there: what it left behind lies elsewhere now.
                next(content, beside);
            }
        }
    }

    private void next(RegisterContent content, Path beside) throws BackupException {
        List<Lying> all = blobs.all();
        List<Lying> instead = replaced(all);
        BitSet marks = new BitSet();
        instead.forEach(earlier -> marks.set(earlier.mark()));
        Lying next = new Lying(all.isEmpty() ? 1 : all.getFirst().number() + 1, 0);
        Path file = beside.resolve("register.new");
        try {
            List<KnownPack> named = index.register(marks, content, file);
            blobs.store(next.key(), file);
            index.registered(named, next.mark());
        } finally {
            delete(file);
        }
        for (Lying earlier : instead) {
            blobs.delete(earlier);
        }
    }

    private List<Lying> replaced(List<Lying> all) throws BackupException {
        List<Lying> instead = new ArrayList<>();
        long bytes = index.unregistered() + manifests();
        boolean small = true;
        for (Lying earlier : all) {
            small &= earlier.size() <= 2 * bytes;
            if (small || isElsewhere(earlier) && bytes + earlier.size() <= carried()) {
                bytes += earlier.size();
                instead.add(earlier);
            }
        }
        return instead;
    }

    private long manifests() throws BackupException {
        long[] bytes = {0};
        blobs.device().call("list its snapshots", Pool.READ, store -> {
            store.list(VolumeKeys.MANIFESTS, blob -> bytes[0] += blob.size());
            return null;
        });
        return bytes[0];
    }

    private boolean isElsewhere(Lying register) throws BackupException {
        Optional<VolumeId> lies = blobs.volume(register, recall);
        return lies.isPresent() && !lies.equals(recall.written());
    }

    private long carried() throws BackupException {
        return index.bytes() / Math.max(1, recall.all().size()) / CARRIED_SHARE;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} can't be deleted: {}", file, e.toString());
        }
    }

    /**
     * Enters the packs that registers name.
     *
     * @param wanted packs on the volume that the index does not know, and their sizes; those that are entered go
     */
    static void take(RegisterBlobs blobs, ChunkIndex index, Map<PackId, Long> wanted, Instant found) throws BackupException {
        for (Lying register : wanted.isEmpty() ? List.<Lying>of() : blobs.all()) {
            try (RegisterTaking taking = index.taking(register.mark(), pack -> wanted.getOrDefault(pack, -1L), found)) {
                if (blobs.read(register, RegisterReader.Part.PLACES, taking)) {
                    LOG.info("{} in {} told what is in {} packs", register.key(), blobs.device().store().location(), taking.finish());
                }
            }
        }
        wanted.entrySet().removeIf(pack -> index.number(pack.getKey(), pack.getValue()) >= 0);
    }
}
