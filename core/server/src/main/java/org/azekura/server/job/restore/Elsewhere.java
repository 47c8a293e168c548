package org.azekura.server.job.restore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.server.trees.IdSet;

/**
 * Where one attempt at a restore gets what its place has lost: from the other places of the snapshot, the best first. The client is given the keys of chunks that were
 * planned for it, and of no others. Safe for any number of threads; must be closed.
 */
final class Elsewhere implements QuestionStream.Answers, AutoCloseable {

    private final Stage stage;
    private final JobRecord record;
    private final SnapshotPlaces places;
    private final Pool pool;
    private final SnapshotPlaces.Served place;
    private final Client owner;
    private final Parties parties;
    private final IdSet planned = new IdSet();
    /** Those that can be read, by number; null until the first question. One that is null could not be prepared. */
    private List<PlannedKeys> others;
    private final Map<Integer, JobResult.Elsewhere> came = new LinkedHashMap<>();
    private final Set<Integer> told = new LinkedHashSet<>();

    /** @param pool whose keys they are @param place where all else is read */
    Elsewhere(Stage stage, JobRecord record, SnapshotPlaces places, Pool pool, SnapshotPlaces.Served place, Client owner, Parties parties) {
        this.stage = stage;
        this.record = record;
        this.places = places;
        this.pool = pool;
        this.place = place;
        this.owner = owner;
        this.parties = parties;
    }

    /** These are in a batch that is sent next. */
    synchronized void planned(Collection<ChunkId> chunks) {
        chunks.forEach(planned::add);
    }

    @Override
    public synchronized RestoreAnswer to(RestoreQuestion question) throws BackupException {
        return switch (question) {
            case RestoreQuestion.Elsewhere(List<ChunkId> chunks, int from) -> find(required(chunks), from);
            case RestoreQuestion.Came(int number, int chunks, long bytes) -> note(number, chunks, bytes);
        };
    }

    private Set<ChunkId> required(List<ChunkId> chunks) throws BackupException {
        Set<ChunkId> asked = new LinkedHashSet<>();
        for (ChunkId chunk : chunks) {
            if (!planned.contains(chunk) || chunks.size() > RestoreQuestion.MAX_CHUNKS) {
                throw BackupException.corrupt("chunk.unplanned", chunk.toString(), "client " + parties.client().name() + " asks for chunk " + chunk
                        + ", which is not in the plan of its restore, or for too many at once; no key is handed out");
            }
            asked.add(chunk);
        }
        return asked;
    }

    private RestoreAnswer find(Set<ChunkId> chunks, int from) throws BackupException {
        open();
        for (int number = Math.max(0, from); number < others.size(); number++) {
            PlannedKeys other = prepared(number);
            if (other != null) {
                try {
                    List<RestoreBatch.ChunkKey> found = other.asRead(chunks).stream().filter(key -> key.key().length > 0).toList();
                    if (!found.isEmpty()) {
                        return new RestoreAnswer.There(number, other.place().name(),
                                stage.tickets().read(record.id(), other.place().name(), parties.client(), owner, other.node()), found);
                    }
                } catch (BackupException e) {
                    left(other.place(), e);
                }
            }
        }
        return new RestoreAnswer.Nowhere();
    }

    private void open() throws BackupException {
        if (others == null) {
            others = new ArrayList<>();
            for (SnapshotPlaces.Served other : places.besides(place.pool())) {
                others.add(new PlannedKeys(stage, record.id(), pool, other.pool(), owner.trustGroup(), other.node()));
            }
        }
    }

    /** Null if it can't be. */
    private PlannedKeys prepared(int number) {
        PlannedKeys other = others.get(number);
        if (other != null && told.add(number)) {
            try {
                other.node().ask(new NodeOrder.PrepareVolume(record.id(), other.place().name(), parties.client().name(), owner.trustGroup(), false), PoolAnswer.VolumeReady.class,
                        Orders.PREPARE);
            } catch (BackupException e) {
                left(other.place(), e);
                others.set(number, null);
            }
        }
        return others.get(number);
    }

    private void left(Pool other, BackupException why) {
        record.line(JobLine.Level.WARN, "pool " + other.name() + " may have what can't be read, but is left: " + why.getMessage());
    }

    private RestoreAnswer note(int number, int chunks, long bytes) throws BackupException {
        if (others == null || number < 0 || number >= others.size() || others.get(number) == null) {
            throw BackupException.corrupt("message.unexpected", record.id().toString(), "client " + parties.client().name() + " read from a place that it was not shown");
        }
        Pool other = others.get(number).place();
        if (!came.containsKey(number)) {
            record.line(JobLine.Level.WARN, "what can't be read in " + places.shown(place.pool()) + " comes from " + places.shown(other));
        }
        came.merge(number, new JobResult.Elsewhere(places.within(other), chunks, bytes), (before, now) -> new JobResult.Elsewhere(before.pool(), before.chunks() + now.chunks(),
                before.bytes() + now.bytes()));
        return new RestoreAnswer.Noted();
    }

    /** What came, by place. */
    synchronized List<JobResult.Elsewhere> came() {
        return List.copyOf(came.values());
    }

    /** Tells the other nodes that the job is over. */
    @Override
    public synchronized void close() {
        if (others != null) {
            others.stream().filter(other -> other != null && !other.node().name().equals(place.node().name())).map(PlannedKeys::node).distinct()
                    .forEach(node -> Parties.release(record, node));
        }
    }
}
