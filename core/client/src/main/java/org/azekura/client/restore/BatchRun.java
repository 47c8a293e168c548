package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.job.Tally;

/** Gets a batch's chunks and writes them at all their places. One thread. */
final class BatchRun {


    /** Where {@code length} bytes of a chunk go. */
    private record Place(FileInMaking file, long at, int offset, int length) {}

    private final ChunkSource chunks;
    private final Maker maker;
    private final Tally tally;
    private final FileEnd end;
    private final Map<ChunkId, List<Place>> places = new HashMap<>();

    /** Told of every file of which nothing is missing any more. */
    @FunctionalInterface
    interface FileEnd {
        void complete(FileInMaking file);
    }

    BatchRun(ChunkSource chunks, Maker maker, Tally tally, FileEnd end) {
        this.chunks = chunks;
        this.maker = maker;
        this.tally = tally;
        this.end = end;
    }

    void want(FileInMaking file, long at, ChunkId chunk, int offset, int length) {
        file.pending++;
        places.computeIfAbsent(chunk, c -> new ArrayList<>(1)).add(new Place(file, at, offset, length));
    }

    /** @param keys every chunk of the batch, in the order in which they are read best */
    void run(List<RestoreBatch.ChunkKey> keys) throws BackupException {
        Map<ChunkId, byte[]> wanted = new LinkedHashMap<>();
        for (RestoreBatch.ChunkKey key : keys) {
            if (places.containsKey(key.chunk())) {
                wanted.put(key.chunk(), key.key());
            }
        }
        if (!wanted.isEmpty()) {
            chunks.read(wanted, this::take);
        }
        // What the plan itself did not list is as good as lost.
        List.copyOf(places.keySet()).forEach(this::missing);
    }

    private void take(ChunkId chunk, byte[] content, int stored) {
        if (content == null) {
            missing(chunk);
        } else {
            tally.stored(stored);
            write(chunk, content);
        }
    }

    private void write(ChunkId chunk, byte[] content) {
        for (Place place : places.remove(chunk)) {
            if ((long) place.offset + place.length > content.length) {
                place.file.gap(place.at, place.length);
            } else {
                maker.write(place.file, place.at, content, place.offset, place.length);
            }
            done(place.file);
        }
    }

    private void missing(ChunkId chunk) {
        for (Place place : places.remove(chunk)) {
            place.file.gap(place.at, place.length);
            done(place.file);
        }
    }

    private void done(FileInMaking file) {
        file.pending--;
        if (file.complete()) {
            end.complete(file);
        }
    }
}
