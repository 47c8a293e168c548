package org.azekura.server.job.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one attempt at a restore, or a mount, gets what its place has lost: from the other places of the snapshot, the best first. The client is given the keys of chunks that were
 * planned for it, and of no others. Questions come one at a time; what is planned is told by another thread. Must be closed.
 */
public final class Elsewhere implements QuestionStream.Answers, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Elsewhere.class);

    private final Stage stage;
    private final JobRecord record;
    private final SnapshotPlaces places;
    private final Pool pool;
    private final SnapshotPlaces.Served place;
    private final Client owner;
    private final Parties parties;
    private final PlannedChunks planned;
    private final ArchiveReads archive;
    /** Those that can be read, by number; null until the first question. One that is null broke. */
    private List<PlannedKeys> others;
    private final Set<Integer> prepared = new HashSet<>();
    /** Nodes that know of the job by this, those of places that broke among them. */
    private final Map<NodeName, ConnectedNode> used = new HashMap<>();
    private final Set<Integer> named = new HashSet<>();
    private Set<PackId> missed = Set.of();
    private Met met = Met.NOTHING;
    private boolean refused;

    /** @param pool whose keys they are @param place where all else is read */
    public Elsewhere(Stage stage, JobRecord record, SnapshotPlaces places, Pool pool, SnapshotPlaces.Served place, Client owner, Parties parties) {
        this.stage = stage;
        this.record = record;
        this.places = places;
        this.pool = pool;
        this.place = place;
        this.owner = owner;
        this.parties = parties;
        this.archive = ArchiveReads.leaving(stage, record);
        this.planned = new PlannedChunks(parties.client().name());
    }

    /** Takes what is in a batch before that is sent: a question may wait long for a volume, and the plan goes on meanwhile. */
    public PlannedChunks planned() {
        return planned;
    }

    @Override
    public RestoreAnswer to(RestoreQuestion question) throws BackupException {
        return switch (question) {
            case RestoreQuestion.Elsewhere(List<ChunkId> chunks, int from) -> {
                Set<ChunkId> asked = planned.require(chunks);
                if (from == 0) {
                    miss(asked);
                }
                yield find(asked, from);
            }
            case RestoreQuestion.Came(int number, int chunks, long bytes) -> note(number, chunks, bytes);
        };
    }

    /** Notes the packs that they should be in; one that was gone when the pool was opened is in no index any more, and one that lies in an archive is not missed. */
    private void miss(Set<ChunkId> chunks) {
        missed = Set.of();
        try {
            List<PackId> packs = located(place, chunks).places().stream().map(ChunkAnswer.ChunkPlace::pack).distinct().toList();
            missed = Set.copyOf(place.hasArchive() ? archive.readable(place.pool(), place.node(), packs) : packs);
        } catch (BackupException e) {
            log.debug("job={} nobody says in which packs chunks are missed: {}", record.id(), e.getMessage());
        }
    }

    /** Without the job: what was told of it before stays. */
    private ChunkAnswer.Located located(SnapshotPlaces.Served at, Set<ChunkId> chunks) throws BackupException {
        return at.node().ask(new ChunkOrder.LocateChunks(null, at.pool().name(), owner.trustGroup(), List.copyOf(chunks)), ChunkAnswer.Located.class, Orders.PROMPT);
    }

    private RestoreAnswer find(Set<ChunkId> chunks, int from) throws BackupException {
        open();
        AnswerTime time = AnswerTime.begin(System::nanoTime);
        for (int number = Math.max(0, from); number < others.size(); number++) {
            if (time.isOver()) {
                record.line(JobLine.Level.WARN, others.size() - number + " places that may have what can't be read were not asked: those before took too long to answer");
                return new RestoreAnswer.Nowhere();
            }
            PlannedKeys other = prepared(number, time);
            if (other != null) {
                try {
                    List<RestoreBatch.ChunkKey> found = other.asRead(readable(other, chunks)).stream().filter(key -> key.key().length > 0).toList();
                    if (!found.isEmpty()) {
                        return new RestoreAnswer.There(number, other.place().name(),
                                stage.tickets().read(record.id(), other.place().name(), parties.client(), owner, other.node()), found);
                    }
                } catch (BackupException e) {
                    leave(number, e);
                }
            }
        }
        if (places.asked() != null && !refused) {
            refuse(chunks);
        }
        return new RestoreAnswer.Nowhere();
    }

    /** Without what lies in the archive of that place: nobody who restores from a disk waits hours for a few chunks, or pays for them, unasked. */
    private Set<ChunkId> readable(PlannedKeys other, Set<ChunkId> chunks) throws BackupException {
        List<ChunkAnswer.ChunkPlace> found = other.node().ask(new ChunkOrder.LocateChunks(null, other.place().name(), owner.trustGroup(), List.copyOf(chunks)), ChunkAnswer.Located.class,
                Orders.PROMPT).places();
        Set<PackId> there = Set.copyOf(archive.readable(other.place(), other.node(), found.stream().map(ChunkAnswer.ChunkPlace::pack).distinct().toList()));
        return found.stream().filter(at -> there.contains(at.pack())).map(ChunkAnswer.ChunkPlace::chunk).collect(Collectors.toSet());
    }

    /** Says once that what is missed is elsewhere, where it must not be read. */
    private void refuse(Set<ChunkId> chunks) throws BackupException {
        SnapshotPlaces any = new SnapshotPlaces(stage, places.snapshot(), null);
        for (SnapshotPlaces.Served other : any.besides(place.pool())) {
            try {
                if (!located(other, chunks).places().isEmpty()) {
                    record.line(JobLine.Level.WARN, "what can't be read in " + any.shown(place.pool()) + " is in " + any.shown(other.pool())
                            + ", too, but nothing else than the copy in pool " + places.asked() + " was asked for; without --from-copy it comes from there");
                    refused = true;
                    return;
                }
            } catch (BackupException e) {
                log.debug("job={} pool={} says nothing of what it has: {}", record.id(), other.pool().name(), e.getMessage());
            }
        }
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
    private PlannedKeys prepared(int number, AnswerTime time) {
        PlannedKeys other = others.get(number);
        if (other != null && prepared.add(number)) {
            used.put(other.node().name(), other.node());
            try {
                other.node().ask(new NodeOrder.PrepareVolume(record.id(), other.place().name(), parties.client().name(), owner.trustGroup(), false), PoolAnswer.VolumeReady.class,
                        time.left(Orders.PREPARE));
            } catch (BackupException e) {
                leave(number, e);
            }
        }
        return others.get(number);
    }

    private void leave(int number, BackupException why) {
        record.line(JobLine.Level.WARN, "pool " + others.get(number).place().name() + " may have what can't be read, but is left: " + why.getMessage());
        others.set(number, null);
    }

    private RestoreAnswer note(int number, int chunks, long bytes) throws BackupException {
        if (!prepared.contains(number) || others.get(number) == null || chunks < 1 || bytes < 0) {
            throw BackupException.corrupt("message.unexpected", record.id().toString(), "client " + parties.client().name() + " tells of chunks from a place that it was not shown, or of none");
        }
        Pool other = others.get(number).place();
        if (named.add(number)) {
            record.line(JobLine.Level.WARN, "what can't be read in " + places.shown(place.pool()) + " comes from " + places.shown(other));
        }
        met = met.and(new Met(List.of(new JobResult.Elsewhere(places.within(other), chunks, bytes)), missed));
        return new RestoreAnswer.Noted();
    }

    /** When no question is being answered. */
    public Met met() {
        return met;
    }

    /** Tells the other nodes that the job is over. */
    @Override
    public void close() {
        used.values().stream().filter(node -> !node.name().equals(place.node().name())).forEach(node -> Parties.release(record, node));
    }
}
