package org.azekura.rest;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.DrillPlans;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Proofs;

/** What was proven in a test. */
public final class FakeProofs implements Proofs, DrillPlans {

    public final List<Proof> proofs = new ArrayList<>();
    final Map<PolicyName, DrillPlan> kept = new TreeMap<>();

    static Proof proof(long job, String client, Proof.Outcome outcome, String... told) {
        return new Proof(new JobId(job), FakeServer.SNAPSHOT, FakeServer.WHEN, set(client + "/docs"), new PoolName("default"), new ClientName("host"),
                new Proof.Sample(-7, 5, 100), FakeServer.WHEN, FakeServer.WHEN.plusSeconds(job), 6, 700, told.length, List.of(told),
                new Proof.Times(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)), outcome);
    }

    private static SaveSetId set(String text) {
        String[] parts = text.contains("/") ? text.split("/") : new String[] {"host", text};
        return new SaveSetId(new ClientName(parts[0]), new SaveSetName(parts[1]));
    }

    @Override
    public DrillPlans plans() {
        return this;
    }

    @Override
    public List<Proof> list(ClientName client, SaveSetName saveSet, long below, int limit) {
        return proofs.reversed().stream().filter(proof -> proof.job().value() < below && (client == null || proof.saveSet().client().equals(client))
                && (saveSet == null || proof.saveSet().name().equals(saveSet))).limit(limit).toList();
    }

    @Override
    public Proof get(JobId job) throws BackupException {
        return proofs.stream().filter(proof -> proof.job().equals(job)).findFirst()
                .orElseThrow(() -> BackupException.operator("drill.unknown", job.toString(), "job " + job + " is no drill that has ended"));
    }

    @Override
    public List<Standing> standings() {
        return proofs.stream().map(proof -> new Standing(proof.saveSet(), proof.pool(), proof.snapshot(), proof.outcome() == Proof.Outcome.PROVEN ? proof : null, proof)).toList();
    }

    @Override
    public List<Newest> newest() {
        return proofs.stream().map(proof -> new Newest(proof.saveSet(), proof.snapshot(), FakeServer.SPREAD)).toList();
    }

    @Override
    public List<Coverage> coverage(PoolName pool, int days) throws BackupException {
        if (!pool.value().equals("default")) {
            throw BackupException.operator("pool.unknown", pool.value(), "there is no pool " + pool);
        }
        return List.of(new Coverage(pool, LocalDate.of(2026, 1, 2), 10, 1000, 3, 6, 4, FakeServer.WHEN));
    }

    @Override
    public Signed sign(byte[] report) {
        return new Signed("signature of " + report.length, "certificate", "fingerprint");
    }

    @Override
    public List<DrillPlan> list() {
        return List.copyOf(kept.values());
    }

    @Override
    public DrillPlan get(PolicyName name) throws BackupException {
        if (!kept.containsKey(name)) {
            throw BackupException.operator("plan.unknown", name.value(), "there is no drill plan " + name);
        }
        return kept.get(name);
    }

    @Override
    public DrillPlan create(Wanted wanted) {
        kept.put(wanted.name(), new DrillPlan(wanted.name(), wanted.saveSets().stream().map(FakeProofs::set).toList(), wanted.copies(), wanted.perMillion(), wanted.files(),
                wanted.client(), wanted.timing()));
        return kept.get(wanted.name());
    }

    @Override
    public DrillPlan change(Wanted wanted) throws BackupException {
        get(wanted.name());
        return create(wanted);
    }

    @Override
    public void delete(PolicyName name) {
        kept.remove(name);
    }

    @Override
    public List<Policies.Begun> run(PolicyName name) throws BackupException {
        return get(name).saveSets().stream().map(set -> new Policies.Begun(set, null, BackupException.operator("drill.nothing", "", "nothing is there").failure())).toList();
    }

    @Override
    public List<PolicyRun> runs(PolicyName name, int limit) {
        return List.of();
    }
}
