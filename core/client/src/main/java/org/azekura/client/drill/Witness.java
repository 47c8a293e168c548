package org.azekura.client.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.client.job.Tally;
import org.azekura.client.restore.ChunkSource;
import org.azekura.engine.chunk.ChunkNamer;

/**
 * Sees every chunk on its way to the restore: holds it against its id and remembers the hash of each slice that is wanted of it. One that is not what its id says
 * is passed on as one that can't be read. One thread.
 */
final class Witness implements ChunkSource {

    private final ChunkSource chunks;
    private final ChunkNamer namer;
    private final Tally tally;
    private final Watch watch;
    private final Map<ChunkId, List<Place>> places = new HashMap<>();

    /** @param offset in the plain chunk */
    private record Place(Slice slice, int offset) {}

    Witness(ChunkSource chunks, ChunkNamer namer, Tally tally, Watch watch) {
        this.chunks = chunks;
        this.namer = namer;
        this.tally = tally;
        this.watch = watch;
    }

    /** In a chunk that is going to be read. */
    void want(Slice slice, ChunkId chunk, int offset) {
        places.computeIfAbsent(chunk, c -> new ArrayList<>(1)).add(new Place(slice, offset));
    }

    /** What was wanted so far has been read, or never will be. */
    void forget() {
        places.clear();
    }

    @Override
    public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
        long[] since = {System.nanoTime()};
        boolean[] came = {false};
        chunks.read(wanted, (chunk, content, stored) -> {
            pass(since[0], came[0]);
            came[0] = true;
            byte[] good = content != null && namer.data(content, 0, content.length).equals(chunk) ? content : null;
            if (good != null) {
                watch.content();
                tally.bytes(good.length);
                see(chunk, good);
            }
            taker.take(chunk, good, stored);
            since[0] = System.nanoTime();
        });
        pass(since[0], true);
    }

    private void pass(long since, boolean came) {
        if (came) {
            watch.read(since);
        } else {
            watch.waited(since);
        }
    }

    private void see(ChunkId chunk, byte[] content) {
        for (Place place : places.getOrDefault(chunk, List.of())) {
            if ((long) place.offset + place.slice.length <= content.length) {
                place.slice.hash = Slice.hash(content, place.offset, place.slice.length);
            }
        }
    }
}
