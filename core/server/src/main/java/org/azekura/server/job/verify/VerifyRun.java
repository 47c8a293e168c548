package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.client.ContentReader;
import org.azekura.server.job.damage.ChunkCensus;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.heal.Healing;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.place.PlaceOrder;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;

/**
 * Reads packs back and compares every checksum, or only their indexes, or has a client open every chunk, too; names the snapshots and files that
 * damage hits. Needs no key but for names and content. What was not found whole for the longest time comes first.
 */
public final class VerifyRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final List<Pool> pools;
    private final Snapshot only;
    private final VolumeId volume;
    private final JobOrder.Verify order;
    private final VerifyBudget budget;
    private final Findings findings;
    private int packs;
    private int left;
    /** Packs on volumes that are not there. */
    private int away;
    private long bytes;
    private final Halt halt = new Halt();
    private final Healing healing;
    private final ArchiveReads archive;
    private volatile ContentAudit audit;

    /**
     * @param only   null for every pack of the pools, else only the packs this snapshot needs
     * @param volume null for all volumes, else only what lies there
     */
    public VerifyRun(Stage stage, JobRecord record, JobOrder.Verify order, List<Pool> pools, Snapshot only, VolumeId volume) {
        this.stage = stage;
        this.record = record;
        this.pools = pools;
        this.only = only;
        this.volume = volume;
        this.order = order;
        this.budget = new VerifyBudget(order.bytes(), order.seconds());
        this.healing = new Healing(stage, record, halt, false);
        this.archive = ArchiveReads.leaving(stage, record);
        this.findings = new Findings(stage, record, healing, halt);
    }

    @Override
    public Job carryOut() throws BackupException {
        record.phase("verifying");
        if (only != null) {
            // It may be deleted and pruned meanwhile: what is looked for must not go then.
            record.hold(view -> view.snapshot(only.id()).map(Snapshot::id).orElse(null));
        }
        for (int i = 0; i < pools.size(); i++) {
            budget.share(pools.size() - i);
            verifyWith(pools.get(i));
        }
        int cold = pools.stream().mapToInt(pool -> archive.left(pool.name()).size()).sum();
        if (cold > 0) {
            record.line(JobLine.Level.WARN, cold + (cold == 1 ? " pack lies in an archive and was not looked at" : " packs lie in an archive and were not looked at"));
        }
        if (left > 0) {
            record.line(JobLine.Level.INFO, "the budget is used up; " + left + " packs wait for the next time");
        }
        List<JobResult.Damage> damaged = findings.damaged();
        List<JobResult.Damage> healed = findings.healed();
        record.line(damaged.isEmpty() ? JobLine.Level.INFO : JobLine.Level.ERROR, packs + " packs read, " + damaged.size() + " damaged");
        String error = error();
        boolean clean = healed.isEmpty() && findings.records().isEmpty() && away == 0;
        return record.settle(error == null ? clean ? Job.State.DONE : Job.State.WARNED : Job.State.FAILED, packs, bytes, error,
                new JobResult.Verify(packs, damaged, healed, findings.records()));
    }

    /** What is damaged still; null: nothing. */
    private String error() {
        List<String> still = new ArrayList<>();
        if (!findings.damaged().isEmpty()) {
            still.add(findings.damaged().size() + " of " + packs + " packs are damaged");
        }
        long beside = findings.records().stream().filter(JobResult.Laid::damaged).count();
        if (beside > 0) {
            still.add(beside + (beside == 1 ? " record beside packs is damaged" : " records beside packs are damaged"));
        }
        return still.isEmpty() ? null : String.join("; ", still);
    }

    private void verifyWith(Pool pool) throws BackupException {
        ConnectedNode node = stage.hosts().node(pool.node());
        if (stage.pools().look(pool, node, new LostPacks(stage))) {
            findings.laid(new JobResult.Laid(pool.name(), "label", "the volume was gone from its place; made anew there", false));
        }
        Looked looked = look(pool, node);
        packs -= only == null ? findings.take(pool, node, looked.found) : findings.take(pool, node, looked.found, looked.lost);
        if (only == null && volume == null) {
            findings.mendRecords(pool, node);
            halt.check();
        }
    }

    /** @param lost that the snapshot refers to and no pack has */
    private record Looked(List<PackAnswer.DamagedPack> found, List<ChunkId> lost) {}

    private Looked look(Pool pool, ConnectedNode node) throws BackupException {
        if (order.depth() != JobOrder.Depth.CONTENT) {
            return verify(pool, node);
        }
        try (ContentAudit opening = new ContentAudit(stage, record, pool, new Parties(ContentReader.choose(stage, pool, only), node))) {
            audit = opening;
            opening.begin();
            return verify(pool, node);
        } finally {
            audit = null;
        }
    }

    private Looked verify(Pool pool, ConnectedNode node) throws BackupException {
        Map<PackId, Pack> known = new LinkedHashMap<>();
        stage.catalog().read(view -> {
            view.eachPackLeastVerified(pool.name(), pack -> {
                if (volume == null || volume.equals(pack.volume())) {
                    known.put(pack.id(), pack);
                }
            });
            return null;
        });
        ChunkCensus census = new ChunkCensus(stage, pool, node);
        if (only != null) {
            census.add(only);
        }
        List<PackId> wanted = only == null ? List.copyOf(known.keySet()) : needed(pool, node, census, known);
        VerifyOrder.Ordered ordered = new VerifyOrder(stage.catalog(), record, pool.name()).order(wanted, known);
        away += ordered.away();
        List<PackAnswer.DamagedPack> found = read(pool, node, ordered.packs(), known);
        if (only == null && volume == null && order.depth() == JobOrder.Depth.INDEX) {
            findings.damaged().addAll(new PackComparison(stage, record, pool, node, known).compare());
        }
        return new Looked(found, census.lost());
    }

    /** Those the snapshot's chunks lie in, and if some lie nowhere, those that are gone: they were in there. */
    private List<PackId> needed(Pool pool, ConnectedNode node, ChunkCensus census, Map<PackId, Pack> known) throws BackupException {
        Set<PackId> wanted = new HashSet<>(census.packs());
        List<PackId> needed = new ArrayList<>(known.keySet().stream().filter(wanted::contains).toList());
        wanted.removeAll(known.keySet());
        needed.addAll(wanted);
        if (!census.lost().isEmpty()) {
            needed.addAll(stage.pools().missing(pool, node));
        }
        return needed;
    }

    private List<PackAnswer.DamagedPack> read(Pool pool, ConnectedNode node, List<PackId> all, Map<PackId, Pack> known)
            throws BackupException {
        List<PackId> wanted = PlaceOrder.within(budget.window(), all, known);
        VerifyReads reads = new VerifyReads(record, node, pool, !whole(), known, archive);
        List<PackAnswer.DamagedPack> found = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += VerifyReads.BATCH) {
            halt.check();
            if (budget.isUsedUp()) {
                left += wanted.size() - from;
                return found;
            }
            List<PackId> asked = wanted.subList(from, Math.min(from + VerifyReads.BATCH, wanted.size()));
            VerifyReads.Read verified = reads.read(asked);
            List<PackId> batch = verified.packs();
            away += asked.size() - batch.size();
            List<PackAnswer.DamagedPack> bad = new ArrayList<>(verified.damaged());
            ContentAudit opening = audit;
            if (opening != null) {
                // What is not even whole is not opened: it is damaged anyway.
                Set<PackId> broken = bad.stream().map(PackAnswer.DamagedPack::pack).collect(Collectors.toSet());
                bad.addAll(opening.check(batch.stream().filter(pack -> !broken.contains(pack)).toList()));
            }
            found.addAll(bad);
            packs += batch.size();
            List<Pack> read = batch.stream().map(known::get).filter(pack -> pack != null).toList();
            if (whole()) {
                note(read, bad);
            }
            record.progress(packs, bytes, 0);
        }
        return found;
    }

    private boolean whole() {
        return switch (order.depth()) {
            case INDEX -> false;
            case CHECKSUMS, CONTENT -> true;
        };
    }

    private void note(List<Pack> read, List<PackAnswer.DamagedPack> bad) throws BackupException {
        Set<PackId> damagedNow = bad.stream().map(PackAnswer.DamagedPack::pack).collect(Collectors.toSet());
        stage.catalog().write(edit -> {
            for (Pack pack : read) {
                if (!damagedNow.contains(pack.id())) {
                    edit.putVerified(pack.id(), pack.volume(), stage.clock().instant());
                }
            }
            return null;
        });
        long more = read.stream().mapToLong(Pack::size).sum();
        bytes += more;
        budget.spend(more);
    }

    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        healing.packWritten(node, written);
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
        ContentAudit opening = audit;
        if (opening != null) {
            opening.failed(why);
        }
    }

    @Override
    public ClientName client() {
        ContentAudit opening = audit;
        return opening == null ? null : opening.client();
    }

    /** Of the client that opens chunks. */
    @Override
    public void report(ClientReport report) {
        ContentAudit opening = audit;
        if (opening != null) {
            opening.take(report);
        }
    }
}
