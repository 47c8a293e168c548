package org.azekura.server.protection;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.testkit.catalog.Rows;

/** A catalog of save sets and policies, with two clients and a pool. */
public final class FewProtections {

    public static final ClientName HOST = new ClientName("host");
    public static final ClientName PROXY = new ClientName("proxy");

    public final Map<SaveSetId, KeptSaveSet> saveSets = new TreeMap<>();
    public final Map<PolicyName, Policy> policies = new TreeMap<>();
    public final Map<ClientName, Client> clients = new TreeMap<>();
    public final Map<JobId, Job> jobs = new HashMap<>();
    public final Map<String, String> settings = new HashMap<>();
    public final List<JobLine> lines = new ArrayList<>();

    public final Map<PolicyName, Instant> scheduled = new HashMap<>();
    /** Of all policies, oldest first. */
    public final List<PolicyRun> runs = new ArrayList<>();

    public FewProtections() {
        clients.put(HOST, new Client(HOST, new TrustGroup(0, 1), null, null));
        clients.put(PROXY, new Client(PROXY, new TrustGroup(0, 2), null, null));
    }

    private boolean putRun(PolicyRun run) {
        runs.removeIf(known -> known.policy().equals(run.policy()) && known.number() == run.number());
        return runs.add(run);
    }

    @SuppressWarnings("unchecked")
    public CatalogStore store() {
        CatalogEdit edit = (CatalogEdit) Proxy.newProxyInstance(CatalogEdit.class.getClassLoader(), new Class<?>[] {CatalogEdit.class},
                (self, method, args) -> switch (method.getName()) {
                    case "client" -> Optional.ofNullable(clients.get(args[0]));
                    case "putClient" -> clients.put(((Client) args[0]).name(), (Client) args[0]);
                    case "pool" -> ((PoolName) args[0]).value().equals("unknown") ? Optional.empty() : Optional.of(Rows.pool(args[0].toString()));
                    case "mediaSet" -> MediaSet.called((PoolName) args[0]);
                    case "replica" -> ((PoolName) args[0]).value().contains(".in.") ? Optional.of(args[0]) : Optional.empty();
                    case "saveSets" -> saveSets.values().stream().filter(set -> args[0] == null || set.client().equals(args[0])).toList();
                    case "saveSet" -> Optional.ofNullable(saveSets.get(args[0]));
                    case "putSaveSet" -> saveSets.put(((KeptSaveSet) args[0]).id(), (KeptSaveSet) args[0]);
                    case "deleteSaveSet" -> saveSets.remove(args[0]);
                    case "policies" -> List.copyOf(policies.values());
                    case "policy" -> Optional.ofNullable(policies.get(args[0]));
                    case "putPolicy" -> policies.put(((Policy) args[0]).name(), (Policy) args[0]);
                    case "drillPlans" -> List.of();
                    case "scheduled" -> Optional.ofNullable(scheduled.get(args[0]));
                    case "putScheduled" -> scheduled.put((PolicyName) args[0], (Instant) args[1]);
                    case "policyRuns" -> runs.reversed().stream().filter(run -> run.policy().equals(args[0])).limit((int) args[1]).toList();
                    case "openPolicyRuns" -> runs.stream().filter(run -> run.ended() == null && (args == null || run.policy().equals(args[0]))).toList();
                    case "putPolicyRun" -> putRun((PolicyRun) args[0]);
                    case "deletePolicyRuns" -> false;
                    case "nextJob" -> new JobId(jobs.size() + 1);
                    case "putJob" -> jobs.put(((Job) args[0]).id(), (Job) args[0]);
                    case "deletePolicy" -> policies.remove(args[0]);
                    case "setting" -> Optional.ofNullable(settings.get(args[0]));
                    case "putSetting" -> settings.put((String) args[0], (String) args[1]);
                    case "job" -> Optional.ofNullable(jobs.get(args[0]));
                    case "log" -> List.copyOf(lines);
                    case "addLine" -> lines.add((JobLine) args[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (CatalogStore) Proxy.newProxyInstance(CatalogStore.class.getClassLoader(), new Class<?>[] {CatalogStore.class},
                (self, method, args) -> method.getName().equals("read") ? ((CatalogStore.Query<Object>) args[0]).run(edit)
                        : ((CatalogStore.Change<Object>) args[0]).run(edit));
    }
}
