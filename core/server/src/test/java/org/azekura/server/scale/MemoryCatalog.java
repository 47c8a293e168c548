package org.azekura.server.scale;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;

/** What scheduling needs of a catalog, in memory: so what a simulation costs is what the scheduler does. Nothing fails within its transactions. One thread. */
final class MemoryCatalog implements CatalogStore {

    private final Map<String, String> settings = new HashMap<>();
    private final Map<PoolName, Pool> pools = new TreeMap<>();
    private final Map<ClientName, Client> clients = new HashMap<>();
    private final Map<SaveSetId, KeptSaveSet> saveSets = new HashMap<>();
    private final Map<PolicyName, Policy> policies = new TreeMap<>();
    private final Map<PolicyName, Instant> scheduled = new HashMap<>();
    private final Map<PolicyName, TreeMap<Long, PolicyRun>> runs = new HashMap<>();
    private final Map<PolicyName, TreeMap<Long, PolicyRun>> open = new TreeMap<>();
    private final Map<JobId, Job> jobs = new LinkedHashMap<>();
    private final Map<JobId, Job> unended = new LinkedHashMap<>();
    private final Map<SnapshotId, Snapshot> snapshots = new HashMap<>();
    private long last;
    private final CatalogEdit edit = (CatalogEdit) Proxy.newProxyInstance(CatalogEdit.class.getClassLoader(), new Class<?>[] {CatalogEdit.class},
            (self, method, args) -> call(method.getName(), args));

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        return query.run(edit);
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        return change.run(edit);
    }

    private Object call(String method, Object[] args) {
        return switch (method) {
            case "setting" -> Optional.ofNullable(settings.get(args[0]));
            case "putSetting" -> settings.put((String) args[0], (String) args[1]);
            case "pool" -> Optional.ofNullable(pools.get(args[0]));
            case "pools" -> List.copyOf(pools.values());
            case "replica", "mediaSet", "drillPlan" -> Optional.empty();
            case "replicas", "mediaSets", "openDrillRuns" -> List.of();
            case "putPool" -> pools.put(((Pool) args[0]).name(), (Pool) args[0]);
            case "client" -> Optional.ofNullable(clients.get(args[0]));
            case "putClient" -> clients.put(((Client) args[0]).name(), (Client) args[0]);
            case "saveSet" -> Optional.ofNullable(saveSets.get(args[0]));
            case "putSaveSet" -> saveSets.put(((KeptSaveSet) args[0]).id(), (KeptSaveSet) args[0]);
            case "snapshotCount" -> snapshots.size();
            case "snapshot" -> Optional.ofNullable(snapshots.get(args[0]));
            case "snapshotsBeginningWith" -> Optional.ofNullable(snapshots.get(SnapshotId.parse((String) args[0]))).stream().toList();
            case "putSnapshot" -> snapshots.put(((Snapshot) args[0]).id(), (Snapshot) args[0]);
            case "policies", "policy", "putPolicy", "scheduled", "putScheduled" -> ofPolicies(method, args);
            case "openPolicyRuns", "policyRuns", "putPolicyRun", "deletePolicyRuns" -> ofRuns(method, args);
            case "job" -> Optional.ofNullable(jobs.get(args[0]));
            case "jobs" -> List.copyOf(((boolean) args[0] ? unended : jobs).values());
            case "nextJob" -> new JobId(++last);
            case "putJob" -> put((Job) args[0]);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private Object ofPolicies(String method, Object[] args) {
        return switch (method) {
            case "policies" -> List.copyOf(policies.values());
            case "policy" -> Optional.ofNullable(policies.get(args[0]));
            case "putPolicy" -> policies.put(((Policy) args[0]).name(), (Policy) args[0]);
            case "scheduled" -> Optional.ofNullable(scheduled.get(args[0]));
            default -> scheduled.put((PolicyName) args[0], (Instant) args[1]);
        };
    }

    private Object ofRuns(String method, Object[] args) {
        return switch (method) {
            case "openPolicyRuns" -> List.copyOf(open.getOrDefault(args[0], new TreeMap<>()).values());
            case "policyRuns" -> runs.getOrDefault(args[0], new TreeMap<>()).descendingMap().values().stream().limit((int) args[1]).toList();
            case "putPolicyRun" -> put((PolicyRun) args[0]);
            default -> null;
        };
    }

    private PolicyRun put(PolicyRun run) {
        runs.computeIfAbsent(run.policy(), policy -> new TreeMap<>()).put(run.number(), run);
        TreeMap<Long, PolicyRun> unended = open.computeIfAbsent(run.policy(), policy -> new TreeMap<>());
        return run.ended() == null ? unended.put(run.number(), run) : unended.remove(run.number());
    }

    private Job put(Job job) {
        jobs.put(job.id(), job);
        return job.state().ended() ? unended.remove(job.id()) : unended.put(job.id(), job);
    }
}
