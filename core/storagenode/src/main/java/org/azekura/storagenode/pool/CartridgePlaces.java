package org.azekura.storagenode.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.api.message.RecallAnswer;
import org.azekura.api.message.RecallOrder;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.lease.Pass;

/** Where a pool lies on cartridges. Thread-safe. */
public final class CartridgePlaces {

    /** A cartridge is found, brought, calibrated where it is new, and wound. */
    public static final Duration PATIENCE = Duration.ofMinutes(14);

    private final Pool pool;
    private final Recall recall;

    private CartridgePlaces(Pool pool, Recall recall) {
        this.pool = pool;
        this.recall = recall;
    }

    /** Empty if the pool is on no library. */
    public static Optional<CartridgePlaces> of(Pool pool) throws BackupException {
        return pool.recall().map(recall -> new CartridgePlaces(pool, recall));
    }

    public static RecallAnswer.Cartridges list(Pool pool) throws BackupException {
        CartridgePlaces places = of(pool).orElse(null);
        if (places == null) {
            return new RecallAnswer.Cartridges(0, List.of());
        }
        List<Recall.Cartridge> found = pool.device().call("tell where its cartridges are", Pool.READ, store -> places.recall.cartridges());
        return new RecallAnswer.Cartridges(places.recall.drives(), found.stream().map(one -> new RecallAnswer.Cartridge(one.volume(), one.number(), one.label(),
                one.barcode().orElse(null), one.place(), one.there(), one.other().orElse(null))).toList());
    }

    /** Volumes of the pool that are in a drive; none if it is on no library, or that does not say soon. */
    public static List<VolumeId> loaded(Pool pool) throws BackupException {
        CartridgePlaces places = of(pool).orElse(null);
        if (places == null) {
            return List.of();
        }
        try {
            return pool.device().callPromptly("tell which cartridges are in drives", ReadOrder.PATIENCE, store -> places.recall.reaches(ReadOrder.MOTION)).entrySet()
                    .stream().filter(one -> one.getValue() == Recall.Reach.LOADED).map(Map.Entry::getKey).toList();
        } catch (BackupException e) {
            return List.of(); // it is as if none were: all that is at stake is which copy is read
        }
    }

    /** @throws BackupException {@code device.unsupported} if the pool is on no library */
    private static CartridgePlaces require(Pool pool) throws BackupException {
        return of(pool).orElseThrow(() -> BackupException.operator("device.unsupported", pool.name().value(), "pool " + pool.name() + " lies on no cartridges"));
    }

    public static RecallAnswer.OnCartridges locate(Pool pool, RecallOrder.LocateOnCartridges order) throws BackupException {
        if (order.chunks().size() > RecallOrder.CHUNKS_ON_CARTRIDGES) {
            throw BackupException.operator("message.large", order.pool().value(), "ask for at most " + RecallOrder.CHUNKS_ON_CARTRIDGES
                    + " chunks at once, not " + order.chunks().size());
        }
        CartridgePlaces places = require(pool);
        ReadOrder reads = new ReadOrder(pool);
        Map<PackId, Optional<BlobPlace>> packs = new HashMap<>();
        List<RecallAnswer.ChunkOnCartridge> found = new ArrayList<>();
        for (ChunkId chunk : order.chunks()) {
            ChunkIndex.Found at = reads.best(order.trustGroup(), chunk);
            if (at != null) {
                PackId pack = at.pack().id();
                Optional<BlobPlace> place = packs.get(pack);
                if (place == null) {
                    place = places.of(pack);
                    packs.put(pack, place);
                }
                // Packs that wait on this node's disk are read one after the other, too.
                found.add(new RecallAnswer.ChunkOnCartridge(chunk, place.map(BlobPlace::volume).orElse(null),
                        place.map(on -> on.position().object()).orElse((long) at.pack().number()), at.offset(), at.length()));
            }
        }
        return new RecallAnswer.OnCartridges(found);
    }

    /**
     * Where on a cartridge something is read, and with whom.
     *
     * @param offset in the pack
     */
    public record Spot(BlobPlace pack, Pass pass, long offset) {

        /**
         * Reads when the turn of a job has come, of several that read this cartridge: who waits, waits here and not in a call of the device.
         *
         * @param reader as {@link Pass#enter} has it
         * @throws BackupException {@code job.ended} if {@code stop} said so meanwhile
         */
        public <T> T read(JobId reader, BooleanSupplier stop, Read<T> read) throws BackupException {
            try (Pass.Step _ = pass.enter(reader, pack.position().object(), offset, stop)) {
                return read.run();
            }
        }
    }

    /** Something that is read. */
    @FunctionalInterface
    public interface Read<T> {
        T run() throws BackupException;
    }

    /** Empty if the pack is on none, or not yet. Needs no drive. */
    public Optional<Spot> spot(PackId pack, long offset) throws BackupException {
        BlobPlace place = of(pack).orElse(null);
        return place == null ? Optional.empty() : Optional.of(new Spot(place, recall.pass(place.volume()), offset));
    }

    /** Empty if the pack is on none, or not yet. Needs no drive. */
    public Optional<BlobPlace> of(PackId pack) throws BackupException {
        return recall.place(pool.key(pack));
    }

    /** These packs, one cartridge after the other, in the order in which they lie; those that are on none come first. */
    List<PackId> asTheyLie(List<PackId> packs) throws BackupException {
        Map<VolumeId, Integer> numbers = new HashMap<>();
        Map<PackId, Integer> cartridges = new HashMap<>();
        Map<PackId, Position> positions = new HashMap<>();
        for (PackId pack : packs) {
            BlobPlace place = of(pack).orElse(null);
            cartridges.put(pack, place == null ? -1 : numbers.computeIfAbsent(place.volume(), volume -> numbers.size()));
            positions.put(pack, place == null ? Position.of(0) : place.position());
        }
        return packs.stream().sorted(Comparator.<PackId>comparingInt(cartridges::get).thenComparing(positions::get)).toList();
    }

    /** @throws BackupException {@code device.unsupported} if the pool is on no library */
    public static Recall recall(Pool pool) throws BackupException {
        return require(pool).recall;
    }

    public static RecallAnswer.Recall order(Pool pool, RecallOrder.OrderRecall order) throws BackupException {
        Recall recall = recall(pool);
        return new RecallAnswer.Recall(pool.device().call("find the way through " + order.objects().size() + " packs", PATIENCE,
                store -> recall.order(order.volume(), order.job(), order.objects())));
    }
}
