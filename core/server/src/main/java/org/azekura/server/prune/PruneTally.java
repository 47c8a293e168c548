package org.azekura.server.prune;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.PoolName;
import org.azekura.api.message.PackAnswer.PackUse;
import org.azekura.api.server.JobResult;

/** Counts what becomes of packs. Not thread-safe, but for {@link #written}. */
public final class PruneTally {

    /** More names than this help nobody; the sums are complete all the same. */
    private static final int MAX_PLANS = 10_000;

    private final Map<PackFate, JobResult.Reason> reasons = new EnumMap<>(PackFate.class);
    private final List<JobResult.PackPlan> plans = new ArrayList<>();
    private long written;

    public void add(PoolName pool, PackUse pack, PackFate fate) {
        String action = fate.action().word();
        reasons.merge(fate, new JobResult.Reason(action, fate.why(), 1, pack.size(), pack.liveBytes()), (a, b) -> new JobResult.Reason(action,
                fate.why(), a.packs() + b.packs(), a.bytes() + b.bytes(), a.live() + b.live()));
        if (fate.action() != PackFate.Action.KEPT && plans.size() < MAX_PLANS) {
            plans.add(new JobResult.PackPlan(pack.pack(), pool, action, fate.why(), pack.size(), pack.liveBytes()));
        }
    }

    /** A new pack of so many bytes. */
    public synchronized void written(long bytes) {
        written += bytes;
    }

    /** @param pages tree pages that the server dropped */
    public synchronized JobResult.Prune result(boolean dryRun, long pages) {
        long live = reasons.values().stream().mapToLong(JobResult.Reason::live).sum();
        long freed = reasons.values().stream().filter(reason -> !reason.action().equals(PackFate.Action.KEPT.word()))
                .mapToLong(JobResult.Reason::bytes).sum();
        return new JobResult.Prune(dryRun, packs(PackFate.Action.values()), packs(PackFate.Action.DROPPED), packs(PackFate.Action.REWRITTEN),
                packs(PackFate.Action.KEPT), freed, written, live, pages, List.copyOf(reasons.values()), List.copyOf(plans));
    }

    private int packs(PackFate.Action... actions) {
        List<PackFate.Action> wanted = List.of(actions);
        return reasons.entrySet().stream().filter(entry -> wanted.contains(entry.getKey().action())).mapToInt(entry -> entry.getValue().packs())
                .sum();
    }
}
