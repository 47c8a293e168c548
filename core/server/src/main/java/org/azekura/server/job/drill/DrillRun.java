package org.azekura.server.job.drill;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.server.JobOrder;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.job.client.ClientRun;
import org.azekura.server.job.client.LimitDesk;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.restore.PlanSender;
import org.azekura.server.job.restore.RecallChoice;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.server.job.run.Verdict;
import org.azekura.server.pool.MediaSets;

/**
 * A rehearsal of a restore: planned and read as one, by a client that brings all of it back into a scratch place, compares it there and removes it. One that was cut off begins
 * again, with the same files.
 */
public final class DrillRun extends ClientRun {

    private final Stage stage;
    private final JobOrder.Drill order;
    private final Snapshot snapshot;
    private final Client owner;
    private final Pool pool;
    private final LimitDesk limits;

    public DrillRun(Stage stage, JobRecord record, JobOrder.Drill order, Snapshot snapshot, Client owner, ClientName here, Pool pool, LimitDesk limits) {
        super(record, here);
        this.stage = stage;
        this.order = order;
        this.snapshot = snapshot;
        this.owner = owner;
        this.pool = pool;
        this.limits = limits;
    }

    @Override
    public Job carryOut() throws BackupException {
        Prelude prelude = new Prelude(stage.clock().instant());
        SnapshotPlaces places = new SnapshotPlaces(stage, snapshot, order.fromCopy());
        var served = places.served();
        record.hold(snapshot.id(), "its rehearsal began");
        TreeReader trees = SnapshotBrowser.reader(stage.trees(), stage.vault(), pool);
        record.phase("planning");
        DrillChoice chosen = order.sample() == null ? DrillChoice.all(snapshot.files()) : DrillChoice.of(trees, snapshot.root(), order.sample(), halt);
        tell(chosen);
        try (RecallChoice recall = RecallChoice.of(places, served, trees, chosen.paths(), owner.trustGroup(), order.thaw())) {
            recall.tell(record, places, served, pool);
            recall.requireAny();
            PoolName read = stage.catalog().read(view -> MediaSets.named(view, recall.place().pool().name()));
            DrillProof proofs = new DrillProof(record.id(), snapshot, here, read, order.sample(), chosen, prelude, stage.clock());
            DrillEnd end = new DrillEnd(stage, record, snapshot, order, chosen, proofs);
            if (order.thaw() != null) {
                recall.requireThawed(stage, record);
            } else if (recall.thawing() != null) {
                return end.unlooked(recall.place().pool().name(), recall.thawing());
            }
            ClientReport.Rehearsed report = rehearse(recall, trees, chosen, proofs);
            return end.settle(report, recall.place().pool().name(), recall.late(), recall.missing());
        }
    }

    private void tell(DrillChoice chosen) {
        record.line(JobLine.Level.INFO, order.sample() == null ? "client " + here + " rehearses all " + chosen.ofFiles() + " files of snapshot " + snapshot.id()
                : "client " + here + " rehearses " + chosen.chosen() + " of " + chosen.ofFiles() + " files of snapshot " + snapshot.id() + ", chosen with seed " + order.sample().seed());
        if (chosen.asked() > chosen.chosen()) {
            record.line(JobLine.Level.WARN, "a sample has no more than " + FileSample.MOST + " files, not the " + chosen.asked() + " that were asked for; --whole looks at all");
        }
    }

    private ClientReport.Rehearsed rehearse(RecallChoice recall, TreeReader trees, DrillChoice chosen, DrillProof proofs) throws BackupException {
        Pool place = recall.place().pool();
        Parties parties = new Parties(stage.hosts().client(here), recall.place().node());
        boolean ended = false;
        try {
            record.phase("preparing");
            parties.node().ask(new NodeOrder.PrepareVolume(record.id(), place.name(), here, owner.trustGroup(), false), PoolAnswer.VolumeReady.class, Orders.PREPARE);
            limits.begin(record.id(), here, 0, limit -> parties.client().order(limit, Orders.PROMPT));
            parties.client().order(new ClientOrder.Drill(record.id(), place.name(), stage.tickets().read(record.id(), place.name(), parties.client(), owner, parties.node()),
                    stage.vault().keys(pool).idKey(), recall.recalling() != null, order.keep()), Orders.PROMPT);
            proofs.prelude().over();
            record.phase("rehearsing");
            ClientReport report = new PlanSender(stage, record, pool, place, owner.trustGroup(), outcome, halt, chunks -> { })
                    .carry(parties, trees, snapshot.root(), chosen.paths(), null, recall.recalling());
            ended = true;
            return end(report, ClientReport.Rehearsed.class);
        } catch (BackupException e) {
            if (Verdict.of(e) == Verdict.ENDS && !halt.isSaid()) {
                Proof failed = proofs.of(e);
                stage.catalog().write(edit -> {
                    edit.putProof(failed);
                    return null;
                });
            }
            throw e;
        } finally {
            limits.end(record.id());
            parties.release(record, ended);
        }
    }
}
