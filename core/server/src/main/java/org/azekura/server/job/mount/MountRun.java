package org.azekura.server.job.mount;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.message.MountQuestion;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.server.JobResult;
import org.azekura.api.transport.Stream;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.job.client.ClientRun;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.restore.Elsewhere;
import org.azekura.server.job.restore.Met;
import org.azekura.server.job.restore.PlannedChunks;
import org.azekura.server.job.restore.PlannedKeys;
import org.azekura.server.job.restore.QuestionStream;
import org.azekura.server.job.restore.RestoreEnd;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.wire.MessageCodec;

/**
 * A mount, or a download: the client asks what is in the snapshot and where it lies, for as long as whom it reads for wants to know; what it needs of the content it
 * reads from the storage node. Ends with him.
 */
public final class MountRun extends ClientRun {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofMinutes(1);

    private final Stage stage;
    private final long stream;
    private final Purpose purpose;
    private final List<RawPath> wanted;
    private final Snapshot snapshot;
    private final Client owner;
    private final Pool pool;
    private List<Job> heals = List.of();

    /** What is read for, in the words of its log. */
    public enum Purpose {
        FILE_SYSTEM("mounted", "mounts", "unmounted; "), DOWNLOAD("downloading", "reads for a download", "");

        private final String phase;
        private final String does;
        private final String end;

        Purpose(String phase, String does, String end) {
            this.phase = phase;
            this.does = does;
            this.end = end;
        }
    }

    /**
     * @param stream that the client knows who reads by
     * @param wanted paths, none for everything
     */
    public MountRun(Stage stage, JobRecord record, long stream, Purpose purpose, List<RawPath> wanted, Snapshot snapshot, Client owner, ClientName here, Pool pool) {
        super(record, here);
        this.stage = stage;
        this.stream = stream;
        this.purpose = purpose;
        this.wanted = wanted;
        this.snapshot = snapshot;
        this.owner = owner;
        this.pool = pool;
    }

    @Override
    public Job carryOut() throws BackupException {
        SnapshotPlaces places = new SnapshotPlaces(stage, snapshot, null);
        TreeReader trees = SnapshotBrowser.reader(stage.trees(), stage.vault(), pool);
        try (PlaceLook look = new PlaceLook(places, SnapshotBrowser.reader(stage.trees(), stage.vault(), pool), wanted, owner)) {
            return carryOut(places, trees, look, look.place(halt));
        }
    }

    private Job carryOut(SnapshotPlaces places, TreeReader trees, PlaceLook look, SnapshotPlaces.Served place) throws BackupException {
        record.hold(snapshot.id(), "it was read");
        MountedTree tree = new MountedTree(trees, snapshot.root());
        ColdReads cold = new ColdReads(places, place, owner);
        Parties parties = new Parties(stage.hosts().client(here), place.node());
        boolean ended = false;
        try {
            record.phase("preparing");
            place.node().ask(new NodeOrder.PrepareVolume(record.id(), place.pool().name(), here, owner.trustGroup(), false), PoolAnswer.VolumeReady.class, Orders.PREPARE);
            parties.client().order(new ClientOrder.Mount(record.id(), place.pool().name(), stage.tickets().read(record.id(), place.pool().name(), parties.client(), owner, place.node()),
                    stream), Orders.PROMPT);
            record.line(JobLine.Level.INFO, "client " + here + " " + purpose.does + " snapshot " + snapshot.id() + " of client " + owner.name() + ", read from " + places.shown(place.pool()));
            warn(cold, look, place);
            record.phase(purpose.phase);
            try (Elsewhere elsewhere = new Elsewhere(stage, record, places, pool, place, owner, parties)) {
                ClientReport report;
                try (QuestionStream _ = QuestionStream.open(parties.client().open(), record.id(), outcome, elsewhere)) {
                    report = serve(parties, new Answers(tree, cold, new PlannedKeys(stage, record.id(), pool, place.pool(), owner.trustGroup(), place.node()), elsewhere.planned()));
                }
                ended = true;
                return settle(end(report, ClientReport.Unmounted.class), place.pool().name(), elsewhere.met());
            }
        } finally {
            parties.release(record, ended);
        }
    }

    /** Before anything is read, if that is known by then; a download was refused before, if any of it could not be. */
    private void warn(ColdReads cold, PlaceLook look, SnapshotPlaces.Served place) {
        if (purpose != Purpose.FILE_SYSTEM) {
            return;
        }
        if (!look.isOver()) {
            record.line(JobLine.Level.WARN, "what of it lies in an archive takes long to find out; the log of this job says so then");
        }
        look.tell(place, (thawing, why) -> {
            if (why != null) {
                record.line(JobLine.Level.WARN, "what of it lies in an archive can't be told: " + why.getMessage());
            } else if (thawing != null && thawing.cold().isAny()) {
                record.line(JobLine.Level.WARN, cold.warning(thawing));
            }
        });
    }

    private ClientReport serve(Parties parties, Answers answers) throws BackupException {
        try (Stream questions = parties.client().open()) {
            questions.send(MessageCodec.encode(new StreamOpening.MountQuestions(record.id())), Orders.PROMPT);
            for (boolean open = true; open;) {
                halt.check();
                open = answerOne(questions, answers);
            }
            outcome.heard();
            questions.endSending();
            return outcome.await(END);
        } catch (BackupException e) {
            throw outcome.reason(e);
        }
    }

    /** @return whether there may be more */
    private static boolean answerOne(Stream stream, Answers answers) throws BackupException {
        ByteBuffer frame;
        try {
            frame = stream.receive(LOOK);
        } catch (BackupException e) {
            if (e.failure().code().equals("transport.timeout")) {
                return true;
            }
            throw e;
        }
        if (frame != null) {
            stream.send(MessageCodec.encode(answers.to(MessageCodec.decode(frame, MountQuestion.class))), Orders.PROMPT);
        }
        return frame != null;
    }

    private record Answers(MountedTree tree, ColdReads cold, PlannedKeys keys, PlannedChunks planned) {

        MountAnswer to(MountQuestion question) {
            try {
                return switch (question) {
                    case MountQuestion.Look(var path) -> tree.look(path);
                    case MountQuestion.ListNames(var directory, byte[] after, int limit) -> tree.list(directory, after, limit);
                    case MountQuestion.FindRange(var file, long from, long length) -> range(file, tree.range(file, from, length));
                };
            } catch (BackupException e) {
                return new MountAnswer.Failed(e.failure());
            }
        }

        private MountAnswer range(RawPath file, MountedTree.Range range) throws BackupException {
            if (range.part() == null) {
                return new MountAnswer.Range(new byte[0], List.of(), List.of(), null);
            }
            ColdReads.Archived archived = cold.of(file, range.chunks());
            planned.add(range.chunks());
            List<RestoreBatch.ChunkKey> found = keys.asRead(range.chunks()).stream()
                    .map(key -> archived.chunks().contains(key.chunk()) ? new RestoreBatch.ChunkKey(key.chunk(), new byte[0]) : key).toList();
            return new MountAnswer.Range(new PlanWriter().parts(List.of(range.part()), found.stream().map(RestoreBatch.ChunkKey::chunk).toList()), found,
                    List.copyOf(archived.chunks()), archived.why());
        }
    }

    private Job settle(ClientReport.Unmounted report, PoolName from, Met met) throws BackupException {
        long files = report.files();
        long bytes = report.bytes();
        record.line(JobLine.Level.INFO, purpose.end + files + " times a file was read, " + bytes + " bytes in all");
        RestoreEnd.Settled settled = new RestoreEnd(stage, record, snapshot.id(), from).settle(Job.State.DONE, new JobResult.Mount(files, bytes), files, bytes, met, false);
        heals = settled.heals();
        return settled.end();
    }

    @Override
    public List<Job> next() {
        return heals;
    }
}
