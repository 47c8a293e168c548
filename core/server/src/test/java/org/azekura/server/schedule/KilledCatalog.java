package org.azekura.server.schedule;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;

/** A catalog of policies, their runs and jobs, that keeps each transaction whole or not at all. */
final class KilledCatalog {

    final Map<PolicyName, Policy> policies = new TreeMap<>();
    Map<PolicyName, Instant> scheduled = new TreeMap<>();
    Map<String, PolicyRun> runs = new TreeMap<>();
    Map<Long, Job> jobs = new TreeMap<>();
    /** The highest number of a job. */
    private long last;
    /** Whether the server is killed before the end of this transaction. */
    private final BooleanSupplier killed;

    KilledCatalog(BooleanSupplier killed) {
        this.killed = killed;
    }

    static final class Kill extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private static String key(PolicyName policy, long number) {
        return policy + " %09d".formatted(number);
    }

    List<PolicyRun> runs(PolicyName policy) {
        return runs.values().stream().filter(run -> run.policy().equals(policy)).toList();
    }

    List<PolicyRun> open() {
        return runs.values().stream().filter(run -> run.ended() == null).toList();
    }

    /** As the real one, but fewer: years of them are not looked through at each step. */
    private boolean keepFew(PolicyName policy) {
        return runs(policy).reversed().stream().skip(4).filter(run -> run.ended() != null).map(run -> runs.remove(key(policy, run.number()))).count() > 0;
    }

    @SuppressWarnings("unchecked")
    CatalogStore store() {
        CatalogEdit edit = (CatalogEdit) Proxy.newProxyInstance(CatalogEdit.class.getClassLoader(), new Class<?>[] {CatalogEdit.class},
                (self, method, args) -> switch (method.getName()) {
                    case "setting" -> Optional.empty();
                    case "policies" -> List.copyOf(policies.values());
                    case "policy" -> Optional.ofNullable(policies.get(args[0]));
                    case "scheduled" -> Optional.ofNullable(scheduled.get(args[0]));
                    case "putScheduled" -> scheduled.put((PolicyName) args[0], (Instant) args[1]);
                    case "openPolicyRuns" -> open().stream().filter(run -> args == null || run.policy().equals(args[0])).toList();
                    case "policyRuns" -> runs((PolicyName) args[0]).reversed().stream().limit((int) args[1]).toList();
                    case "putPolicyRun" -> runs.put(key(((PolicyRun) args[0]).policy(), ((PolicyRun) args[0]).number()), (PolicyRun) args[0]);
                    case "deletePolicyRuns" -> keepFew((PolicyName) args[0]);
                    case "job" -> Optional.ofNullable(jobs.get(((JobId) args[0]).value()));
                    case "nextJob" -> new JobId(++last);
                    case "putJob" -> jobs.put(((Job) args[0]).id().value(), (Job) args[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (CatalogStore) Proxy.newProxyInstance(CatalogStore.class.getClassLoader(), new Class<?>[] {CatalogStore.class},
                (self, method, args) -> method.getName().equals("read") ? ((CatalogStore.Query<Object>) args[0]).run(edit)
                        : whole(() -> ((CatalogStore.Change<Object>) args[0]).run(edit)));
    }

    private interface Transaction {
        Object run() throws Exception;
    }

    private Object whole(Transaction transaction) throws Exception {
        Map<PolicyName, Instant> scheduledBefore = new TreeMap<>(scheduled);
        Map<String, PolicyRun> runsBefore = new TreeMap<>(runs);
        Map<Long, Job> jobsBefore = new TreeMap<>(jobs);
        Object result = transaction.run();
        if (killed.getAsBoolean()) {
            scheduled = scheduledBefore;
            runs = runsBefore;
            jobs = jobsBefore;
            throw new Kill();
        }
        return result;
    }
}
