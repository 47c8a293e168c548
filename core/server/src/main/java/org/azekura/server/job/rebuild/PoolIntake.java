package org.azekura.server.job.rebuild;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.server.JobResult;
import org.azekura.api.transport.Stream;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolRevival;
import org.azekura.server.pool.RevivedConfiguration;
import org.azekura.server.pool.SessionBook;
import org.azekura.wire.MessageCodec;

/**
 * Takes into the catalog what the volume of one pool holds: its newest checkpoint, packs, tree pages, and those snapshots of which everything
 * is there.
 */
final class PoolIntake implements AutoCloseable {

    private static final Duration FRAME = Duration.ofMinutes(10);
    private static final int TOLD = 1000;

    private final Stage stage;
    private final JobRecord record;
    private final PoolRevival revival;
    private final PoolRevival.Revived revived;
    private final Halt halt;
    private final VolumeKnowledge known;
    private final ManifestIntake manifests;
    private final PageIntake trees;
    private final Map<ClientName, TrustGroup> groups = new HashMap<>();
    private final Set<SnapshotId> complete = new HashSet<>();
    private long files;
    private long bytes;

    PoolIntake(Stage stage, JobRecord record, PoolRevival revival, PoolRevival.Revived revived, Halt halt) throws BackupException {
        this.stage = stage;
        this.record = record;
        this.revival = revival;
        this.revived = revived;
        this.halt = halt;
        this.known = new VolumeKnowledge(stage.catalog(), revived);
        this.manifests = new ManifestIntake(pool(), known);
        this.trees = new PageIntake(stage.trees(), pages -> record.progress(0, 0, pages));
    }

    /**
     * Reads everything and finds out which snapshots are complete; none is in the catalog before {@link #commit}.
     *
     * @throws BackupException {@code manifest.lost}, {@code manifest.new} if the volume does not say the same when it is asked again
     */
    void read() throws BackupException {
        try (Stream stream = open(new StreamOpening.ReadCheckpoint(pool()))) {
            known.read(stream);
        }
        revival.takeCensus(revived);
        each(new StreamOpening.ReadManifests(pool()), "manifests", manifests::first);
        trees(new StreamOpening.ReadTrees(pool()));
        findGroups();
        Map<SnapshotId, String> missing = audit();
        if (!missing.isEmpty() && revived.onCartridges()) {
            record.line(JobLine.Level.INFO, "something is missing: every pack of tree pages of pool " + pool() + " is read");
            trees(new StreamOpening.ReadTreePacks(pool()));
            missing = audit();
        }
        missing.forEach(manifests::leaveOut);
        if (!revived.onCartridges()) {
            // What is listed of cartridges was listed once, and each block of them says what it is: to bring them again would prove nothing.
            manifests.await(complete);
            each(new StreamOpening.ReadManifests(pool()), "manifests", manifests::second);
            manifests.endSecond();
        }
        tellUnseen();
    }

    private void trees(StreamOpening opening) throws BackupException {
        trees.take(frames -> each(opening, "tree pages", frames));
    }

    /** Most of these were deleted after the checkpoint; but of a volume that has lost some, nothing else tells which. */
    private void tellUnseen() {
        List<SnapshotId> unseen = manifests.unseen();
        for (SnapshotId id : unseen.subList(0, Math.min(unseen.size(), TOLD))) {
            record.line(JobLine.Level.INFO, "snapshot " + id + " is in the checkpoint of pool " + pool()
                    + " and has no manifest that can be read: it was deleted later, or its manifest is lost");
        }
    }

    private Stream open(StreamOpening opening) throws BackupException {
        Stream stream = revived.node().open();
        stream.send(MessageCodec.encode(opening), FRAME);
        stream.endSending();
        return stream;
    }

    private void each(StreamOpening opening, String what, PageIntake.Frames frames) throws BackupException {
        try (Stream stream = open(opening)) {
            for (ByteBuffer frame = receive(stream, what); frame != null; frame = receive(stream, what)) {
                halt.check();
                frames.take(frame);
            }
        }
    }

    private ByteBuffer receive(Stream stream, String what) throws BackupException {
        try {
            return stream.receive(FRAME);
        } catch (BackupException e) {
            throw BackupException.network(e.failure().code(), revived.node().name().value(), "node " + revived.node().name() + " has not sent all "
                    + what + " of pool " + pool() + " (" + e.getMessage() + "); its log says why; mend that, then run the rebuild again", e);
        }
    }

    /** As the checkpoint says; of a client that came later, who stored most of its roots. */
    private void findGroups() throws BackupException {
        List<ChunkId> roots = manifests.candidates().values().stream().map(ManifestIntake.Candidate::root).distinct().toList();
        Map<ChunkId, List<TrustGroup>> owners = new HashMap<>();
        for (int from = 0; from < roots.size(); from += SnapshotAudit.BATCH) {
            List<ChunkId> batch = List.copyOf(roots.subList(from, Math.min(from + SnapshotAudit.BATCH, roots.size())));
            revived.node().ask(new ChunkOrder.FindOwners(pool(), batch), ChunkAnswer.Owners.class, Orders.PREPARE).owners()
                    .forEach(owner -> owners.computeIfAbsent(owner.chunk(), chunk -> new ArrayList<>()).add(owner.group()));
        }
        Map<ClientName, Map<TrustGroup, Integer>> votes = new HashMap<>();
        for (ManifestIntake.Candidate candidate : manifests.candidates().values()) {
            owners.getOrDefault(candidate.root(), List.of()).forEach(group -> votes.computeIfAbsent(candidate.client(), client -> new HashMap<>())
                    .merge(group, 1, Integer::sum));
        }
        votes.forEach((client, groupVotes) -> groups.put(client, groupVotes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey()));
        groups.putAll(known.groups());
    }

    /** What is missing of those that are not complete. */
    private Map<SnapshotId, String> audit() throws BackupException {
        Map<SnapshotId, String> incomplete = new LinkedHashMap<>();
        SnapshotAudit audit = new SnapshotAudit(stage.trees(), revived.node(), pool(), halt);
        for (Map.Entry<SnapshotId, ManifestIntake.Candidate> candidate : manifests.candidates().entrySet()) {
            if (complete.contains(candidate.getKey())) {
                continue;
            }
            TrustGroup group = groups.get(candidate.getValue().client());
            String missing = group == null ? "its root " + candidate.getValue().root() + " is not on the volume"
                    : audit.missing(candidate.getValue().root(), group);
            if (missing == null) {
                complete.add(candidate.getKey());
                record.progress(complete.size(), 0, trees.pages());
            } else {
                incomplete.put(candidate.getKey(), missing);
            }
        }
        stage.trees().settle();
        return incomplete;
    }

    /** Puts the complete snapshots and their clients into the catalog; nothing is read from the medium any more. */
    void commit(CatalogEdit edit) throws BackupException {
        manifests.each(signed -> {
            Manifest manifest = Manifest.parse(signed.manifest());
            if (complete.contains(manifest.snapshot())) {
                put(edit, signed, manifest);
            }
        });
        known.settle(edit);
        edit.putOwners(pool());
    }

    private void put(CatalogEdit edit, SignedManifest signed, Manifest manifest) throws BackupException {
        CheckpointItem.Snapshot facts = known.snapshot(manifest.snapshot());
        edit.putSnapshot(new Snapshot(manifest.snapshot(), new JobId(manifest.job().value()), pool(), manifest.client(), manifest.saveSet(),
                manifest.root(), manifest.parent(), manifest.started(), signed.received(), manifest.files(), manifest.bytes(),
                facts == null ? 0 : facts.stored(), facts == null ? 0 : facts.warnings(), signed.encoded()));
        // The key beside a manifest need not be its client's: another may have collected for it.
        Client there = edit.client(manifest.client()).orElse(null);
        edit.putClient(new Client(manifest.client(), groups.get(manifest.client()), there == null ? known.signingKey(manifest.client()) : there.signingKey(),
                there == null ? null : there.lastSeen()));
        SessionBook.judge(edit, manifest.session(), groups.get(manifest.client()));
        known.profile(manifest);
        files += manifest.files();
        bytes += manifest.bytes();
    }

    /** What its checkpoint says that people had laid down. */
    RevivedConfiguration.Found configuration() {
        return known.configuration();
    }

    PoolName pool() {
        return revived.pool().name();
    }

    List<JobResult.LeftOut> leftOut() {
        return manifests.leftOut();
    }

    int snapshots() {
        return complete.size();
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long pages() {
        return trees.pages();
    }

    @Override
    public void close() {
        manifests.close();
    }
}
