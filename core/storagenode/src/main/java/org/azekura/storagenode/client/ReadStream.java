package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.device.Terms;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.job.NodeJob;
import org.azekura.storagenode.pool.CartridgePlaces;
import org.azekura.storagenode.pool.ChunkRead;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.ReadOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends chunks to a client, in the order asked. While one is sent the next are read. */
final class ReadStream {

    /** Frames in memory at once: at most two of five mebibytes. */
    private static final int AHEAD = 2;
    /** Where an answer is waited for, it is asked for while two others come. */
    private static final int AHEAD_FAR = 3;
    private static final Duration SEND = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(ReadStream.class);

    private final NodeJob job;
    private final Stream stream;
    private final ChunkReads reads;
    /** Packs that a damaged chunk was met in. */
    private final Set<KnownPack> damaged = new HashSet<>();

    private ReadStream(NodeJob job, Stream stream, Neighbours.Places places) {
        this.job = job;
        this.stream = stream;
        this.reads = new ChunkReads(job, places);
    }

    /** @throws BackupException {@code ticket.direction} if the job does anything else than to read */
    static ReadStream ofBest(NodeJob job, Stream stream) throws BackupException {
        job.require(Ticket.Direction.READ);
        TrustGroup group = job.order().trustGroup();
        ReadOrder reads = new ReadOrder(job.pool());
        return new ReadStream(job, stream, chunk -> best(job, chunk, reads.all(group, chunk)));
    }

    /** @throws BackupException {@code ticket.direction} if the job does anything else than to check content */
    static ReadStream ofPack(NodeJob job, PackId pack, Stream stream) throws BackupException {
        job.require(Ticket.Direction.CHECK);
        ChunkIndex index = job.pool().index();
        return new ReadStream(job, stream, chunk -> {
            KnownPack known = index.pack(pack);
            return known == null ? List.of()
                    : index.all(known.group(), chunk).stream().filter(place -> place.pack().equals(known)).toList();
        });
    }

    /** @throws BackupException if the device is gone or the client; a chunk that cannot be read is an empty frame */
    void run(List<ChunkId> chunks) throws BackupException {
        Optional<CartridgePlaces> cartridges = CartridgePlaces.of(job.pool());
        if (cartridges.isPresent()) {
            inLanes(chunks, cartridges.get());
        } else {
            ahead(chunks);
        }
        stream.endSending();
    }

    private void inLanes(List<ChunkId> chunks, CartridgePlaces cartridges) throws BackupException {
        List<LaneReads.Wanted> wanted = new ArrayList<>();
        Map<ChunkId, ByteBuffer> recent = new HashMap<>();
        Map<ChunkId, CartridgePlaces.Spot> spots = new HashMap<>();
        for (ChunkId chunk : chunks) {
            ByteBuffer there = job.recent().get(chunk);
            if (there != null) {
                recent.put(chunk, there);
            } else {
                List<ChunkIndex.Found> fit = reads.fitting(chunk);
                CartridgePlaces.Spot spot = fit.isEmpty() ? null : cartridges.spot(fit.getFirst().pack().id(), fit.getFirst().offset()).orElse(null);
                spots.put(chunk, spot);
                Object lane = fit.isEmpty() ? "nothing" : spot == null ? "disk" : spot.pack().volume();
                wanted.add(new LaneReads.Wanted(chunk, lane, fit.isEmpty() ? 0 : fit.getFirst().length()));
            }
        }
        try (LaneReads<List<ChunkReads.Attempt>> lanes = new LaneReads<>("job " + job.order().job(), wanted, chunk -> inPass(chunk, spots.get(chunk)))) {
            for (ChunkId chunk : chunks) {
                ByteBuffer frame = recent.containsKey(chunk) ? recent.get(chunk) : frame(new ChunkReads.Reading(chunk, () -> lanes.take(chunk)));
                if (frame.hasRemaining()) {
                    job.recent().put(chunk, frame);
                }
                stream.send(frame.duplicate(), SEND);
            }
        } finally {
            mark();
        }
    }

    private List<ChunkReads.Attempt> inPass(ChunkId chunk, CartridgePlaces.Spot spot) throws BackupException {
        CartridgePlaces.Read<List<ChunkReads.Attempt>> read = () -> reads.begin(chunk, CartridgePlaces.PATIENCE).attempts().await();
        return spot == null ? read.run() : spot.read(job.order().job(), job::isEnded, read);
    }

    private void ahead(List<ChunkId> chunks) throws BackupException {
        Terms terms = job.pool().device().store().terms();
        int most = Neighbours.isDear(terms) ? AHEAD_FAR : AHEAD;
        try (Neighbours next = new Neighbours(chunks.iterator(), reads::fitting, terms)) {
            Queue<ChunkReads.Begun> ahead = new ArrayDeque<>();
            while (next.hasNext() || !ahead.isEmpty()) {
                while (next.hasNext() && ahead.size() < most) {
                    ahead.add(reads.begin(next.next()));
                }
                try (ChunkReads.Begun first = ahead.remove()) {
                    for (ChunkReads.Reading reading : first.readings()) {
                        stream.send(frame(reading), SEND);
                    }
                }
            }
        } finally {
            mark();
        }
    }

    /** Once for the whole stream: a pack may have lost thousands of chunks. */
    private void mark() {
        try {
            for (KnownPack pack : damaged) {
                job.pool().device().call("note the damage of pack " + pack.id(), Pool.READ, store -> {
                    job.pool().marks().write(store, pack);
                    return null;
                });
            }
        } catch (BackupException e) {
            LOG.warn("job={} found damage that could not be noted on the volume: {}", job.order().job(), e.getMessage());
        }
    }

    /**
     * The client has the key of one session: that of the place that was named when the chunk was located, which was the best one then. So a place of another session
     * is no help now. What was found to have other content has the right checksums all the same: reading it again would tell nothing.
     */
    private static List<ChunkIndex.Found> best(NodeJob job, ChunkId chunk, List<ChunkIndex.Found> all) {
        SessionId told = job.told().of(chunk);
        SessionId opens = all.stream().map(ChunkIndex.Found::session).filter(session -> session.equals(told)).findFirst().orElseGet(() -> all.isEmpty() ? null : all.getFirst().session());
        return all.stream().filter(place -> place.session().equals(opens))
                .filter(place -> !place.damaged() || !job.pool().marks().isWrong(place.pack().id())).toList();
    }

    private void requireVolume() throws BackupException {
        job.pool().device().call("look for the label", Pool.READ, store -> {
            job.pool().requireVolume(store);
            return null;
        });
    }

    private ByteBuffer frame(ChunkReads.Reading reading) throws BackupException {
        List<ChunkReads.Attempt> attempts = reading.attempts().await();
        if (wasDropped(attempts)) {
            attempts = reads.begin(reading.chunk(), Pool.READ).attempts().await();
        }
        if (attempts.isEmpty()) {
            LOG.warn("job={} chunk {} is not on the volume of pool {}", job.order().job(), reading.chunk(), job.order().pool());
        }
        for (ChunkReads.Attempt attempt : attempts) {
            KnownPack pack = attempt.at().pack();
            switch (attempt.outcome()) {
                case ChunkRead.Read(ByteBuffer frame) -> {
                    return frame;
                }
                case ChunkRead.Missing(String what) -> {
                    requireVolume();
                    job.pool().index().damaged(pack, reading.chunk());
                    damaged.add(pack);
                    warn(attempt.at(), what);
                }
                case ChunkRead.Unreadable(String what) -> {
                    job.pool().index().avoid(pack, reading.chunk());
                    warn(attempt.at(), what);
                }
            }
        }
        return ByteBuffer.allocate(0);
    }

    /**
     * Whether a pack was dropped between the look into the index and the read. Its chunks that are needed lie in another pack by then, sealed by
     * the same session: a pack leaves the index only after that, and the volume after it has left the index.
     */
    private boolean wasDropped(List<ChunkReads.Attempt> attempts) throws BackupException {
        for (ChunkReads.Attempt attempt : attempts) {
            if (!(attempt.outcome() instanceof ChunkRead.Read) && job.pool().index().pack(attempt.at().pack().id()) == null) {
                return true;
            }
        }
        return false;
    }

    private void warn(ChunkIndex.Found at, String what) {
        LOG.warn("job={} pack {} at {}: {}", job.order().job(), at.pack().id(), at.offset(), what);
    }
}
