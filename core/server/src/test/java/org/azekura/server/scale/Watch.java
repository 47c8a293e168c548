package org.azekura.server.scale;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.server.job.QueueDoor;
import org.azekura.server.schedule.RoundsDoor;

/** What must hold at every step, whatever happens. Knows only what the simulation has told it. */
final class Watch {

    private final int atOnce;
    private final Supplier<Instant> now;
    private final Map<PolicyName, Policy> policies = new HashMap<>();
    /** Whose places jobs have or wait for. */
    private final Map<JobId, String> whose = new HashMap<>();
    private final Set<JobId> placed = new HashSet<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** Backups that have not ended, by client. */
    private final Map<ClientName, JobId> open = new HashMap<>();
    private final Map<ClientName, Instant> saved = new HashMap<>();
    private final Instant begin;

    Watch(int atOnce, Site site, Supplier<Instant> now) {
        this.atOnce = atOnce;
        this.now = now;
        this.begin = now.get();
        site.policies().forEach(policy -> policies.put(policy.name(), policy));
        site.policies().forEach(policy -> policy.saveSets().forEach(set -> saved.put(set.client(), begin)));
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("at " + now.get() + ": " + what);
        }
    }

    /** A job of it is about to be made. */
    void begins(PolicyName policy) throws BackupException {
        require(!RoundsDoor.isHeld(policies.get(policy).timing(), now.get(), ZoneOffset.UTC), "policy " + policy + " begins in a blackout");
    }

    void waits(Job job, String owner) {
        require(whose.put(job.id(), owner) == null, "job " + job.id() + " waits twice, or waits while it runs");
        if (job.kind() == Job.Kind.BACKUP) {
            JobId other = open.put(job.client(), job.id());
            require(other == null || other.equals(job.id()), "client " + job.client() + " has jobs " + other + " and " + job.id());
        }
    }

    void admitted(Job job) {
        require(whose.containsKey(job.id()), "job " + job.id() + " does not wait and gets a place");
        require(placed.add(job.id()), "job " + job.id() + " has two places");
        require(placed.size() <= atOnce, placed.size() + " have places");
        require(places.merge(whose.get(job.id()), 1, Integer::sum) <= QueueDoor.OF_A_CLIENT, whose.get(job.id()) + " has " + places.get(whose.get(job.id())) + " places");
    }

    void gives(Job job) {
        require(placed.remove(job.id()), "job " + job.id() + " gives a place that it has not");
        places.merge(whose.remove(job.id()), -1, Integer::sum);
    }

    void ended(Job job, boolean well) {
        if (job.kind() == Job.Kind.BACKUP) {
            require(job.id().equals(open.remove(job.client())), "job " + job.id() + " ends twice");
            if (well) {
                saved.put(job.client(), now.get());
            }
        }
    }

    void killed() {
        whose.clear();
        placed.clear();
        places.clear();
        open.clear();
    }

    /** How long ago the client that waits longest was saved last. */
    Duration oldest() {
        return Duration.between(saved.values().stream().min(Instant::compareTo).orElse(begin), now.get());
    }

    String told() {
        long stale = saved.values().stream().filter(at -> at.isBefore(now.get().minus(Duration.ofHours(48)))).count();
        return "open backups %d; oldest backup %s; older than 48 h: %d of %d\n".formatted(open.size(), oldest(), stale, saved.size());
    }
}
