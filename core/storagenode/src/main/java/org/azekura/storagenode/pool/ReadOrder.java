package org.azekura.storagenode.pool;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.index.ChunkIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which place a chunk is read that lies in several: a sound one, then the one that is sooner had, on this node's disk, in a drive, on a shelf, away. Where
 * cartridges are is asked once, and only if it matters: one of these is for one question, which may be about many chunks. A library that does not say so soon
 * keeps nobody from an answer: then it is the order of the index. Thread-safe.
 */
public final class ReadOrder {

    /** Well below the minute that somebody waits for an answer. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A robot brings a cartridge in that time; one that looks into all its elements takes minutes. */
    static final Duration MOTION = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(ReadOrder.class);

    private final Pool pool;
    /** Null before it mattered. */
    private volatile Map<VolumeId, Recall.Reach> reaches;

    public ReadOrder(Pool pool) {
        this.pool = pool;
    }

    /** Null if the group has no such chunk. */
    public ChunkIndex.Found best(TrustGroup group, ChunkId chunk) throws BackupException {
        List<ChunkIndex.Found> all = all(group, chunk);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** Every place of the chunk, the best first. */
    public List<ChunkIndex.Found> all(TrustGroup group, ChunkId chunk) throws BackupException {
        List<ChunkIndex.Found> all = pool.index().all(group, chunk);
        Recall recall = all.size() < 2 ? null : pool.recall().orElse(null);
        if (recall == null) {
            return all;
        }
        record Ranked(ChunkIndex.Found place, int rank) {}
        return all.stream().map(place -> new Ranked(place, rank(recall, place)))
                .sorted(Comparator.comparing((Ranked one) -> one.place.damaged()).thenComparingInt(Ranked::rank)).map(Ranked::place).toList();
    }

    /** One whose place nobody can tell is tried last. */
    private int rank(Recall recall, ChunkIndex.Found place) {
        try {
            Optional<BlobPlace> at = recall.place(pool.key(place.pack().id()));
            if (at.isEmpty()) {
                return -1;
            }
            if (reaches == null) {
                reaches = pool.device().callPromptly("tell how soon its cartridges can be read", PATIENCE, store -> recall.reaches(MOTION));
            }
            return reaches.getOrDefault(at.get().volume(), Recall.Reach.AWAY).ordinal();
        } catch (BackupException e) {
            LOG.warn("pool {}: where pack {} is, and whether it is there, can't be told: {}", pool.name(), place.pack().id(), e.getMessage());
            reaches = reaches == null ? Map.of() : reaches;
            return Recall.Reach.AWAY.ordinal();
        }
    }
}
