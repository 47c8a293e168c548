package org.azekura.storagenode.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackCheck;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads packs whole and compares every checksum. What is found damaged is not known any more, so the next backup stores it again. */
public final class Verification {

    private static final Duration PACK = Duration.ofMinutes(15);
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private final Pool pool;
    private final JobId job;

    /** @param job null: none, and so nobody stops it */
    public Verification(Pool pool, JobId job) {
        this.pool = pool;
        this.job = job;
    }

    /** @throws BackupException if the device is gone, or {@code job.ended} as soon as {@code stop} says so */
    public PackAnswer.Verified run(PackOrder.VerifyPacks order, BooleanSupplier stop) throws BackupException {
        List<PackAnswer.DamagedPack> damaged = new ArrayList<>();
        PoolSpool.Check check = () -> {
            if (stop.getAsBoolean()) {
                throw BackupException.operator("job.ended", job.toString(), "job " + job + " has ended");
            }
        };
        for (PackId pack : order.packs()) {
            check.check();
            pool.spool().awaitPlace(check, pack);
            PackAnswer.DamagedPack found = inPass(pack, stop, () -> pool.device().call("verify pack " + pack, PACK, store -> verify(store, pack, order.indexOnly())));
            if (found != null) {
                LOG.warn("job={} volume={} pack {} is damaged, {} chunks: {}", job, pool.label().name(), pack, found.chunks().size(), found.what());
                damaged.add(found);
            }
        }
        return new PackAnswer.Verified(order.packs().size(), damaged);
    }

    private <T> T inPass(PackId pack, BooleanSupplier stop, CartridgePlaces.Read<T> read) throws BackupException {
        CartridgePlaces.Spot spot = pool.device().call("look where pack " + pack + " lies", PACK, store -> {
            CartridgePlaces cartridges = CartridgePlaces.of(pool).orElse(null);
            return cartridges == null ? null : cartridges.spot(pack, 0).orElse(null);
        });
        return spot == null ? read.run() : spot.read(job, stop, read);
    }

    /** Takes note of what somebody found who has keys. A pack that was dropped meanwhile is of no interest. */
    public PackAnswer.Verified content(PackId id, List<ChunkId> wrong) throws BackupException {
        KnownPack known = pool.index().pack(id);
        List<PackAnswer.DamagedPack> damaged = known == null ? List.of() : pool.device().call("note the content of pack " + id, PACK, store -> {
            if (wrong.isEmpty()) {
                pool.marks().right(store, known);
                return List.of();
            }
            pool.marks().wrong(known);
            return List.of(damaged(store, id, known, wrong, "pack " + id + ": " + wrong.size() + " chunks are not what their ids say, "
                    + wrong.getFirst() + " among them"));
        });
        damaged.forEach(found -> LOG.warn("job={} volume={} {}", job, pool.label().name(), found.what()));
        return new PackAnswer.Verified(1, damaged);
    }

    /** Null if the pack is sound. */
    private PackAnswer.DamagedPack verify(BlobStore store, PackId id, boolean indexOnly) throws BackupException {
        KnownPack known = pool.index().pack(id);
        if (store.size(VolumeKeys.pack(id)) < 0) {
            return gone(store, id, known);
        }
        try {
            BlobPack source = new BlobPack(store, id);
            PackReader reader = new PackReader(source);
            if (indexOnly && agrees(known, source.size(), reader)) {
                return null;
            }
            PackCheck check = reader.check();
            if (check.sound()) {
                if (known != null) {
                    pool.marks().sound(store, known);
                }
                return null;
            }
            // A pack whose header is damaged cannot say its own name.
            String what = check.what().startsWith("pack:") ? "pack " + id + check.what().substring(4) : check.what();
            return damaged(store, id, known, check.damaged().isEmpty() ? notWhole(reader, known) : check.damaged(), what);
        } catch (BackupException e) {
            if (Device.isGone(e) || FormatVersion.isOther(e)) {
                throw e;
            }
            return damaged(store, id, known, oneByOne(store, known), e.getMessage());
        }
    }

    /** One of which nothing is missing is not known any more: there is nothing of it that could be mended. */
    private PackAnswer.DamagedPack gone(BlobStore store, PackId id, KnownPack known) throws BackupException {
        PackAnswer.DamagedPack found = damaged(store, id, known, all(known), "pack " + id + " is not at " + VolumeKeys.pack(id) + ", expected there");
        if (known == null || !found.chunks().isEmpty()) {
            return found;
        }
        pool.index().remove(List.of(known));
        pool.marks().dropped(store, id);
        return new PackAnswer.DamagedPack(id, found.volume(), List.of(), List.of(), found.what());
    }

    /** Whether size and index are those of the pack that is known. Where they are not, everything is read to find out what is lost. */
    private static boolean agrees(KnownPack known, long size, PackReader reader) throws BackupException {
        try {
            PackIndex read = reader.index();
            return known != null && known.size() == size && read.pack().equals(known.id()) && read.entries().size() == known.chunks();
        } catch (BackupException e) {
            if (e.failure().code().equals("pack.corrupt")) {
                return false;
            }
            throw e;
        }
    }

    private List<ChunkId> all(KnownPack known) throws BackupException {
        return known == null ? List.of() : pool.index().chunksOf(known);
    }

    /** The pack's own index is of no use: what cannot be found by going through the frames is lost. */
    private List<ChunkId> notWhole(PackReader reader, KnownPack known) throws BackupException {
        List<ChunkId> lost = new ArrayList<>(all(known));
        try {
            Set<ChunkId> whole = new HashSet<>();
            for (IndexEntry entry : reader.scan().entries()) {
                whole.add(entry.chunk());
            }
            lost.removeAll(whole);
        } catch (BackupException e) {
            if (!e.failure().code().equals("pack.corrupt")) {
                throw e;
            }
            // Not even the header: from the medium alone nobody could tell whose frames these are.
        }
        return lost;
    }

    /** The device cannot read some part of the pack: tries every frame. */
    private List<ChunkId> oneByOne(BlobStore store, KnownPack known) throws BackupException {
        List<ChunkId> lost = new ArrayList<>();
        for (ChunkId chunk : all(known)) {
            ChunkIndex.Found at = pool.index().all(known.group(), chunk).stream().filter(found -> found.pack().equals(known)).findFirst().orElseThrow();
            if (!(ChunkRead.of(store, at) instanceof ChunkRead.Read)) {
                lost.add(chunk);
            }
        }
        return lost;
    }

    /** Leaves out what can be read from another pack. */
    private PackAnswer.DamagedPack damaged(BlobStore store, PackId id, KnownPack known, List<ChunkId> chunks, String what)
            throws BackupException {
        pool.requireVolume(store);
        if (known == null) {
            return new PackAnswer.DamagedPack(id, pool.label().volume(), chunks, List.of(), what);
        }
        Set<ChunkId> lost = new LinkedHashSet<>();
        for (ChunkId chunk : chunks) {
            pool.index().damaged(known, chunk);
            if (!pool.index().known(known.group(), chunk)) {
                lost.add(chunk);
            }
        }
        pool.marks().write(store, known);
        List<ChunkId> intact = all(known).stream().filter(chunk -> !lost.contains(chunk)).toList();
        return new PackAnswer.DamagedPack(id, pool.label().volume(), List.copyOf(lost), intact, what);
    }
}
