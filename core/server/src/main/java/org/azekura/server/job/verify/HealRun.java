package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.heal.Healing;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.place.PlaceOrder;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;

/** Reads some packs of a pool, every byte of them, and has what is damaged of them healed: what somebody else met, and did not stop for. */
public final class HealRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final Pool pool;
    private final List<PackId> named;
    private final Halt halt = new Halt();
    private final Healing healing;

    public HealRun(Stage stage, JobRecord record, Pool pool, List<PackId> named) {
        this.stage = stage;
        this.record = record;
        this.pool = pool;
        this.named = named;
        this.healing = new Healing(stage, record, halt, true);
    }

    @Override
    public Job carryOut() throws BackupException {
        record.phase("healing");
        stage.pools().require(pool, new LostPacks(stage));
        ConnectedNode node = stage.hosts().node(pool.node());
        stage.pools().look(pool, node, new LostPacks(stage));
        Map<PackId, Pack> known = known();
        VerifyReads reads = new VerifyReads(record, node, pool, false, known, ArchiveReads.leaving(stage, record));
        List<PackAnswer.DamagedPack> found = new ArrayList<>();
        List<PackId> wanted = PlaceOrder.of(named, known);
        int packs = 0;
        long bytes = 0;
        for (int from = 0; from < wanted.size(); from += VerifyReads.BATCH) {
            halt.check();
            VerifyReads.Read read = reads.read(wanted.subList(from, Math.min(from + VerifyReads.BATCH, wanted.size())));
            found.addAll(read.damaged());
            packs += read.packs().size();
            bytes += read.packs().stream().filter(known::containsKey).mapToLong(pack -> known.get(pack).size()).sum();
            record.progress(packs, bytes, 0);
        }
        Findings findings = new Findings(stage, record, healing, halt);
        findings.take(pool, node, found);
        return settle(findings, packs, bytes);
    }

    private Map<PackId, Pack> known() throws BackupException {
        Map<PackId, Pack> known = new LinkedHashMap<>();
        stage.catalog().read(view -> {
            for (PackId pack : named) {
                view.pack(pack, pool.name()).ifPresent(row -> known.put(pack, row));
            }
            return null;
        });
        return known;
    }

    private Job settle(Findings findings, int packs, long bytes) throws BackupException {
        List<JobResult.Damage> damaged = findings.damaged();
        record.line(damaged.isEmpty() ? JobLine.Level.INFO : JobLine.Level.ERROR, packs + " packs read, " + findings.healed().size() + " healed, " + damaged.size()
                + " damaged");
        Job.State state = !damaged.isEmpty() ? Job.State.FAILED : packs < named.size() || !findings.healed().isEmpty() ? Job.State.WARNED : Job.State.DONE;
        return record.settle(state, packs, bytes, damaged.isEmpty() ? null : damaged.size() + " packs are damaged and no copy has them whole",
                new JobResult.Verify(packs, damaged, findings.healed()));
    }

    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        healing.packWritten(node, written);
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }
}
