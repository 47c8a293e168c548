package org.azekura.server.job;

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
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.server.JobResult;
import org.azekura.api.transport.Stream;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.server.pool.PoolRevival;
import org.azekura.wire.MessageCodec;

/**
 * Takes into the catalog what the volume of one pool holds: its newest checkpoint, packs, tree pages, and those snapshots of which everything
 * is there. Manifests are read twice, so that only a few facts of each are in memory.
 */
final class PoolIntake {

    private static final Duration FRAME = Duration.ofMinutes(10);

    private final Stage stage;
    private final PoolRevival revival;
    private final PoolRevival.Revived revived;
    private final Check check;
    private final VolumeKnowledge known;
    private final Map<SnapshotId, Candidate> candidates = new LinkedHashMap<>();
    private final Map<ClientName, TrustGroup> groups = new HashMap<>();
    private final Set<SnapshotId> complete = new HashSet<>();
    private final List<JobResult.LeftOut> leftOut = new ArrayList<>();
    private long files;
    private long bytes;
    private long pages;

    /** Ends a job that is to stop. */
    @FunctionalInterface
    interface Check {
        void run() throws BackupException;
    }

    /** A manifest that is sound. */
    private record Candidate(ClientName client, ChunkId root) {}

    PoolIntake(Stage stage, PoolRevival revival, PoolRevival.Revived revived, Check check) {
        this.stage = stage;
        this.revival = revival;
        this.revived = revived;
        this.check = check;
        this.known = new VolumeKnowledge(stage.catalog(), revived);
    }

    /** Reads everything and finds out which snapshots are complete; none is in the catalog before {@link #commit}. */
    void read(JobRecord record) throws BackupException {
        try (Stream stream = open(new StreamOpening.ReadCheckpoint(pool()))) {
            known.read(stream);
        }
        revival.takeCensus(revived);
        each(new StreamOpening.ReadManifests(pool()), this::candidate);
        each(new StreamOpening.ReadTrees(pool()), frame -> {
            stage.trees().append(frame);
            if (++pages % 1000 == 0) {
                record.progress(0, 0, pages);
            }
        });
        stage.trees().sync();
        findGroups();
        audit(record);
    }

    private Stream open(StreamOpening opening) throws BackupException {
        Stream stream = revived.node().open();
        stream.send(MessageCodec.encode(opening), FRAME);
        stream.endSending();
        return stream;
    }

    private interface Frames {
        void take(ByteBuffer frame) throws BackupException;
    }

    private void each(StreamOpening opening, Frames frames) throws BackupException {
        try (Stream stream = open(opening)) {
            for (ByteBuffer frame = stream.receive(FRAME); frame != null; frame = stream.receive(FRAME)) {
                check.run();
                frames.take(frame);
            }
        }
    }

    private void candidate(ByteBuffer frame) {
        try {
            Manifest manifest = signed(frame).verified();
            if (!manifest.pool().equals(pool())) {
                leftOut.add(new JobResult.LeftOut(manifest.snapshot(), "it is of pool " + manifest.pool()));
            } else if (!known.isDeleted(manifest.snapshot())) {
                candidates.put(manifest.snapshot(), new Candidate(manifest.client(), manifest.root()));
            }
        } catch (BackupException e) {
            leftOut.add(new JobResult.LeftOut(null, e.getMessage()));
        }
    }

    private static SignedManifest signed(ByteBuffer frame) throws BackupException {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(frame.position(), bytes);
        return SignedManifest.parse(bytes);
    }

    /** As the checkpoint says; of a client that came later, who stored most of its roots. */
    private void findGroups() throws BackupException {
        List<ChunkId> roots = candidates.values().stream().map(Candidate::root).distinct().toList();
        Map<ChunkId, List<TrustGroup>> owners = new HashMap<>();
        for (int from = 0; from < roots.size(); from += SnapshotAudit.BATCH) {
            List<ChunkId> batch = List.copyOf(roots.subList(from, Math.min(from + SnapshotAudit.BATCH, roots.size())));
            revived.node().ask(new NodeOrder.FindOwners(pool(), batch), Answer.Owners.class, Orders.PREPARE).owners()
                    .forEach(owner -> owners.computeIfAbsent(owner.chunk(), chunk -> new ArrayList<>()).add(owner.group()));
        }
        Map<ClientName, Map<TrustGroup, Integer>> votes = new HashMap<>();
        for (Candidate candidate : candidates.values()) {
            owners.getOrDefault(candidate.root(), List.of()).forEach(group -> votes.computeIfAbsent(candidate.client(), client -> new HashMap<>())
                    .merge(group, 1, Integer::sum));
        }
        votes.forEach((client, groupVotes) -> groups.put(client, groupVotes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey()));
        groups.putAll(known.groups());
    }

    private void audit(JobRecord record) throws BackupException {
        SnapshotAudit audit = new SnapshotAudit(stage.trees(), revived.node(), pool(), check);
        for (Map.Entry<SnapshotId, Candidate> candidate : candidates.entrySet()) {
            TrustGroup group = groups.get(candidate.getValue().client());
            String missing = group == null ? "its root " + candidate.getValue().root() + " is not on the volume"
                    : audit.missing(candidate.getValue().root(), group);
            if (missing == null) {
                complete.add(candidate.getKey());
                record.progress(complete.size(), 0, pages);
            } else {
                leftOut.add(new JobResult.LeftOut(candidate.getKey(), missing));
            }
        }
    }

    /**
     * Puts the complete snapshots and their clients into the catalog, in one transaction.
     *
     * @throws BackupException {@code manifest.lost} if one of them can't be read any more; then none is in the catalog
     */
    void commit() throws BackupException {
        stage.catalog().write(edit -> {
            Set<SnapshotId> awaited = new HashSet<>(complete);
            each(new StreamOpening.ReadManifests(pool()), frame -> {
                SignedManifest signed;
                Manifest manifest;
                try {
                    signed = signed(frame);
                    manifest = signed.verified();
                } catch (BackupException e) {
                    return; // named when it was read first; one that was sound then is missed below
                }
                if (awaited.remove(manifest.snapshot())) {
                    put(edit, signed, manifest);
                }
            });
            if (!awaited.isEmpty()) {
                SnapshotId lost = awaited.iterator().next();
                throw BackupException.media("manifest.lost", lost.toString(), "manifest " + lost + " of pool " + pool()
                        + " was read before and can't be read now; look at the medium, then run the rebuild again", null);
            }
            known.settle(edit);
            return null;
        });
    }

    private void put(CatalogEdit edit, SignedManifest signed, Manifest manifest) throws BackupException {
        CheckpointItem.Snapshot facts = known.snapshot(manifest.snapshot());
        edit.putSnapshot(new Snapshot(manifest.snapshot(), new JobId(manifest.job().value()), pool(), manifest.client(), manifest.saveSet(),
                manifest.root(), manifest.parent(), manifest.started(), signed.received(), manifest.files(), manifest.bytes(),
                facts == null ? 0 : facts.stored(), facts == null ? 0 : facts.warnings(), signed.encoded()));
        Client there = edit.client(manifest.client()).orElse(null);
        edit.putClient(new Client(manifest.client(), groups.get(manifest.client()), there == null ? signed.signerKey() : there.signingKey(),
                there == null ? null : there.lastSeen()));
        known.profile(manifest);
        files += manifest.files();
        bytes += manifest.bytes();
    }

    PoolName pool() {
        return revived.pool().name();
    }

    List<JobResult.LeftOut> leftOut() {
        return leftOut;
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
        return pages;
    }
}
