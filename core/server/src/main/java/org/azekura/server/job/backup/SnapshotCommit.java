package org.azekura.server.job.backup;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.JobResult;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.Compared;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.lock.OrderedLock;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.LostAnswer;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolCheckpoint;

/**
 * Makes a collected save set a snapshot: every new id checked, manifest durable on the volume, catalog transaction,
 * acknowledgement, in this order. After a failure there is no snapshot and no manifest; the packs stay. Where nobody can say whether it failed, the manifest stays until somebody can.
 */
final class SnapshotCommit {

    private final Stage stage;
    private final JobRecord record;
    private final Parties parties;
    private final Client client;
    private final Pool pool;
    private final Compared compared;
    private final List<PoolName> copyTo;
    private List<Job> copies = List.of();
    /** Null if there is none, or one waits already. */
    private Job lock;
    private boolean doubtful;

    /**
     * @param compared with which snapshot, and when that was chosen
     * @param copyTo   pools that get a copy
     */
    SnapshotCommit(Stage stage, JobRecord record, Parties parties, Client client, Pool pool, Compared compared, List<PoolName> copyTo) {
        this.stage = stage;
        this.record = record;
        this.parties = parties;
        this.client = client;
        this.pool = pool;
        this.compared = compared;
        this.copyTo = copyTo;
    }

    /** Jobs that are in the catalog with the snapshot, and that nobody has begun. */
    List<Job> next() {
        return lock == null ? copies : Stream.concat(copies.stream(), Stream.of(lock)).toList();
    }

    /**
     * @param stored bytes written on the volume for it
     * @param goesOn whether earlier runs of the job may have brought some of its pages
     */
    Job commit(SnapshotId id, ClientReport.Collected collected, List<PathProblem> problems, TreeIntake intake, long stored,
            boolean goesOn) throws BackupException {
        Instant received = stage.clock().instant();
        // Who collected signs; the key it said hello with, not the one the catalog has of whose data it is.
        SignedManifest signed = new SignedManifest(collected.manifest(), collected.signature(), parties.client().signingKey(), received);
        Manifest manifest = checked(signed, id, intake);
        CommitCheck check = new CommitCheck(stage.trees(), parties.node(), record.id(), pool.name(), client.trustGroup(),
                intake::relyOn);
        if (goesOn) {
            check.checkAll(manifest.root());
        } else {
            check.check(manifest.root(), intake.pages());
        }
        boolean toItself = copyTo.contains(stage.pools().sets().head(pool).name());
        byte[] encoded = signed.encoded();
        new PendingManifests(stage.catalog()).add(record.id(), pool.name(), id);
        parties.node().ask(new PoolOrder.StoreManifest(record.id(), pool.name(), id, encoded), Answer.Done.class, ConnectedNode.DURABLE);
        Job end = settle(new Snapshot(id, record.id(), pool.name(), client.name(), manifest.saveSet(), manifest.root(), compared.parent(),
                manifest.started(), received, manifest.files(), manifest.bytes(), stored, problems.size(), encoded),
                problems);
        record.line(JobLine.Level.INFO, "snapshot " + id + " is in the catalog: " + manifest.files() + " files, " + manifest.bytes()
                + " bytes, " + stored + " bytes written");
        if (doubtful) {
            record.line(JobLine.Level.WARN, "while it was made, data were lost that it may need; the next backup of this save set reads all of it and sends what is lost again");
        }
        copies.forEach(copy -> record.line(JobLine.Level.INFO, "it is copied by job " + copy.id()));
        if (toItself) {
            record.line(JobLine.Level.WARN, "no copy to pool " + pool.name() + ": the snapshot itself went there");
        }
        acknowledge(id);
        if (!stage.pools().isOfOthers()) {
            new PoolCheckpoint(stage.catalog(), stage.trees(), stage.vault(), parties.node(), pool.name()).writeIfDue()
                    .ifPresent(why -> record.line(JobLine.Level.WARN, why));
        }
        return end;
    }

    private Manifest checked(SignedManifest signed, SnapshotId id, TreeIntake intake) throws BackupException {
        Manifest manifest = signed.verified();
        if (!manifest.snapshot().equals(id) || !manifest.job().equals(record.id()) || !manifest.client().equals(client.name())
                || !intake.isOf(manifest.session())) {
            throw BackupException.corrupt("manifest.foreign", id.toString(), "client " + parties.client().name() + " sent a manifest of snapshot "
                    + manifest.snapshot() + ", job " + manifest.job() + "; expected snapshot " + id + ", job " + record.id());
        }
        return manifest;
    }

    /** The transaction; the manifest is on the volume. */
    Job settle(Snapshot snapshot, List<PathProblem> problems) throws BackupException {
        try {
            return record.end(edit -> {
                // What the node knew for this job it keeps as long as this connection lasts: a prune behind its end may have dropped it.
                if (stage.hosts().node(pool.node()) != parties.node()) {
                    throw BackupException.network("node.left", pool.node().value(), "storage node " + pool.node()
                            + " left before snapshot " + snapshot.id() + " was committed; run the backup again: what is there is not sent twice", null);
                }
                edit.putSnapshot(snapshot);
                doubtful = compared.hasLost(edit, pool.name());
                if (doubtful && compared.isKnown(edit, pool.name())) {
                    DamagedSnapshots.rememberLost(edit, pool.name(), List.of(snapshot.id()));
                } else if (doubtful) {
                    DamagedSnapshots.remember(edit, pool.name(), List.of(snapshot.id()));
                }
                stage.clock().remember(edit);
                PendingManifests.remove(edit, snapshot.id());
                OrderedCopies ordered = OrderedCopies.put(edit, snapshot, copyTo);
                copies = ordered.jobs();
                lock = OrderedLock.put(edit, snapshot.pool()).orElse(null);
                return record.ended(problems.isEmpty() ? Job.State.DONE : Job.State.WARNED, snapshot.files(), snapshot.bytes(), null,
                        JobCodecs.RESULTS.encode(new JobResult.Backup(snapshot.id(), snapshot.files(), snapshot.bytes(), snapshot.stored(),
                                problems, List.of(), snapshot.pool(), record.job().detour(), ordered.told())));
            });
        } catch (BackupException e) {
            if (!LostAnswer.is(e)) {
                removeManifest(snapshot.id(), e);
            } // else its pending line, which is there exactly if the snapshot is not, has it taken off the volume
            throw e;
        }
    }

    private void removeManifest(SnapshotId id, BackupException why) {
        try {
            parties.node().ask(new PoolOrder.RemoveManifest(pool.name(), id), Answer.Done.class, ConnectedNode.DURABLE);
        } catch (BackupException e) {
            why.addSuppressed(e);
        }
    }

    /** The snapshot stands whether or not the client hears of it: without its word the next backup compares with nothing. */
    private void acknowledge(SnapshotId id) {
        try {
            parties.client().order(new ClientOrder.Committed(record.id(), id), Orders.PROMPT);
        } catch (BackupException e) {
            record.line(JobLine.Level.WARN, "client " + parties.client().name() + " could not be told of its snapshot: " + e.getMessage());
        }
    }
}
