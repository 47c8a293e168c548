package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.job.NodeJob;
import org.azekura.storagenode.pool.ChunkRead;
import org.azekura.storagenode.pool.Pool;

/** Reads of one stream that were begun: chunk by chunk, or a run of them at once. Thread-safe. */
record ChunkReads(NodeJob job, Neighbours.Places places) {

    /** More than one frame has: a slow line has more to bring. */
    private static final Duration RUN = Pool.READ.multipliedBy(2);

    record Attempt(ChunkIndex.Found at, ChunkRead outcome) {}

    record Reading(ChunkId chunk, Device.Call<List<Attempt>> attempts) {}

    /** Chunks of one request. */
    record Begun(Neighbours.Run run, List<Reading> readings) implements AutoCloseable {

        @Override
        public void close() {
            run.close();
        }
    }

    /** Places of a chunk, without those that are too long to be sent. */
    List<ChunkIndex.Found> fitting(ChunkId chunk) throws BackupException {
        return places.of(chunk).stream().filter(place -> place.length() <= Stream.MAX_FRAME).toList();
    }

    Reading begin(ChunkId chunk, Duration patience) throws BackupException {
        return begin(new Neighbours.Wanted(chunk, fitting(chunk)), patience);
    }

    private Reading begin(Neighbours.Wanted wanted, Duration patience) throws BackupException {
        return new Reading(wanted.chunk(), job.pool().device().begin("read chunk " + wanted.chunk(), patience, store -> attempts(store, wanted.places())));
    }

    /** Until one succeeds. */
    private static List<Attempt> attempts(BlobStore store, List<ChunkIndex.Found> places) throws BackupException {
        List<Attempt> attempts = new ArrayList<>();
        for (ChunkIndex.Found place : places) {
            ChunkRead outcome = ChunkRead.of(store, place);
            attempts.add(new Attempt(place, outcome));
            if (outcome instanceof ChunkRead.Read) {
                break;
            }
        }
        return attempts;
    }

    Begun begin(Neighbours.Run run) throws BackupException {
        List<Neighbours.Wanted> wanted = run.wanted();
        if (wanted.size() == 1) {
            return new Begun(run, List.of(begin(wanted.getFirst(), Pool.READ)));
        }
        Device.Call<List<ByteBuffer>> call = joined(wanted.size(),
                job.pool().device().begin("read " + wanted.size() + " chunks from chunk " + wanted.getFirst().chunk() + " on", RUN, run::read));
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            int number = i;
            Neighbours.Wanted one = wanted.get(i);
            readings.add(new Reading(one.chunk(), () -> attempts(one, call.await().get(number))));
        }
        return new Begun(run, readings);
    }

    /**
     * A slow line may bring each chunk in its time, but not all of them in that of a run: one that is too late gave nothing, and is waited for once. A device that is gone does not
     * give the first chunk either. For one thread.
     */
    static Device.Call<List<ByteBuffer>> joined(int chunks, Device.Call<List<ByteBuffer>> call) {
        List<ByteBuffer> nothing = Collections.nCopies(chunks, null);
        boolean[] late = {false};
        return () -> {
            if (late[0]) {
                return nothing;
            }
            try {
                return call.await();
            } catch (BackupException e) {
                if (!e.failure().code().equals("device.timeout")) {
                    throw e;
                }
                late[0] = true;
                return nothing;
            }
        };
    }

    /** What of a run did not come as it should is read alone, and elsewhere, like every other chunk. */
    private List<Attempt> attempts(Neighbours.Wanted wanted, ByteBuffer frame) throws BackupException {
        return frame == null ? begin(wanted, Pool.READ).attempts.await() : List.of(new Attempt(wanted.places().getFirst(), new ChunkRead.Read(frame)));
    }
}
