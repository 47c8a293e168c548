package org.azekura.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Part;
import org.azekura.api.server.JobOrder;
import org.junit.jupiter.api.Test;

/** Months of a server, years by its clock, that is killed at any moment, whose jobs are slow and fail, and whose clock is set as nobody should. */
class SimulatedYearsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Duration YEAR = Duration.ofDays(365);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final KilledCatalog catalog = new KilledCatalog(() -> random.nextInt(40) == 0);
    /** Jobs that the server has begun, and when they will end. */
    private final Map<Long, Duration> begun = new HashMap<>();
    /** What began, by policy and due time. */
    private final Set<String> seen = new HashSet<>();
    private final Map<Timing, Plan> plans = new HashMap<>();
    private Rounds rounds;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration lived = Duration.ZERO;
    private boolean up = true;
    private int kills;

    private final class Jobs implements Scheduler.Queue {

        @Override
        public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) throws BackupException {
            if (random.nextInt(50) == 0) {
                throw BackupException.operator("pool.unknown", "", "its pool is gone");
            }
            return edit -> {
                Plan plan = plan(catalog.policies.get(policy));
                assertFalse(plan.blackouts().hold(now, ZONE), () -> say(policy, "begins in a blackout"));
                Job job = new Job(edit.nextJob(), Job.Kind.BACKUP, Job.State.QUEUED, null, null, now, null, 0, 0, null, null, 0, new byte[0], null).of(policy);
                edit.putJob(job);
                return job;
            };
        }

        @Override
        public void begin(List<Job> queued) {
            if (!queued.isEmpty() && random.nextInt(40) == 0) {
                throw new KilledCatalog.Kill();
            }
            queued.forEach(job -> begun.put(job.id().value(), lived.plus(Duration.ofMinutes(1L << random.nextInt(12)))));
        }
    }

    private Plan plan(Policy policy) throws BackupException {
        Plan known = plans.get(policy.timing());
        if (known == null) {
            known = Plan.of(policy.timing(), ZONE);
            plans.put(policy.timing(), known);
        }
        return known;
    }

    private String say(PolicyName policy, String what) {
        return "seed " + seed + ": policy " + policy + " at " + now + ", after " + lived + ": " + what;
    }

    private void policy(String name, int sets, Timing timing) {
        catalog.policies.put(new PolicyName(name), new Policy(new PolicyName(name), new PoolName("main"), IntStream.range(0, sets)
                .mapToObj(i -> new SaveSetId(new ClientName("c" + i), new SaveSetName("s"))).toList(), List.of(), timing, Keep.ALL));
    }

    private static Timing timing(String schedule, List<String> blackouts, boolean leaveOut, boolean catchUp, int atOnce, Duration spread, int retries) {
        return new Timing(schedule, "", blackouts, leaveOut, catchUp, 50, atOnce, spread, retries, Duration.ofMinutes(10), true);
    }

    @Test
    void noRunIsLostAndNoneIsDoubled() throws Exception {
        policy("nightly", 3, timing("daily 02:30", List.of(), false, true, 2, Duration.ofMinutes(40), 2));
        policy("office", 2, timing("mon..fri 12:30; sat 09:00", List.of("mon..fri 08:00-18:00"), false, true, 0, Duration.ZERO, 0));
        policy("often", 1, timing("every 15m", List.of("22:00-06:00"), true, true, 0, Duration.ZERO, 1));
        policy("never-late", 2, timing("hourly", List.of(), false, false, 1, Duration.ofMinutes(5), 3));
        policy("monthly", 1, timing("monthly last sun 03:00", List.of("sun"), false, true, 0, Duration.ZERO, 2));
        rounds = new Rounds(catalog.store(), new Jobs(), PolicyCourse::all, ZONE, Ahead.MOST);
        while (lived.compareTo(Duration.ofDays(120)) < 0) {
            Duration step = Duration.ofSeconds(1 + (long) (-Math.log(1 - random.nextDouble()) * 900));
            now = now.plus(step);
            lived = lived.plus(step);
            happen();
            if (up) {
                look();
            }
        }
        comeToRest();
        assertTrue(kills > 20, "seed " + seed + ": it was killed " + kills + " times only");
    }

    private void happen() {
        if (!up && random.nextInt(20) == 0) {
            restart();
        } else if (up && random.nextInt(500) == 0) {
            kill();
        }
        if (random.nextInt(2_000) == 0) {
            setClock();
        }
        if (up) {
            for (Map.Entry<Long, Duration> each : Map.copyOf(begun).entrySet()) {
                if (each.getValue().compareTo(lived) <= 0) {
                    end(each.getKey());
                }
            }
        }
    }

    private void end(long id) {
        begun.remove(id);
        Job job = catalog.jobs.get(id);
        Job.State[] ends = {Job.State.DONE, Job.State.DONE, Job.State.DONE, Job.State.WARNED, Job.State.FAILED, Job.State.FAILED, Job.State.CANCELLED};
        catalog.jobs.put(id, new Job(job.id(), job.kind(), ends[random.nextInt(ends.length)], null, null, job.started(), now, 0, 0, "it is so", null, 1, job.order(), null)
                .of(job.policy()));
    }

    private void kill() {
        up = false;
        kills++;
        begun.clear();
    }

    /** Jobs that had not ended go on. */
    private void restart() {
        up = true;
        rounds = new Rounds(catalog.store(), new Jobs(), PolicyCourse::all, ZONE, Ahead.MOST);
        catalog.jobs.values().stream().filter(job -> !job.state().ended()).forEach(job -> begun.put(job.id().value(), lived.plus(Duration.ofMinutes(1L << random.nextInt(9)))));
    }

    private void setClock() {
        Duration by = switch (random.nextInt(5)) {
            case 0 -> YEAR;
            case 1 -> YEAR.negated();
            case 2 -> Duration.ofMinutes(random.nextInt(20 * 60)).negated();
            case 3 -> Duration.ofDays(random.nextInt(10));
            default -> Duration.ofSeconds(random.nextInt(600) - 300);
        };
        now = now.plus(by);
        if (by.compareTo(Timetable.SAME_DAY.negated()) < 0) {
            seen.clear(); // it is another time
        }
    }

    private void look() throws BackupException {
        Map<PolicyName, Optional<Instant>> due = new HashMap<>();
        for (Policy policy : catalog.policies.values()) {
            Instant scheduled = catalog.scheduled.get(policy.name());
            due.put(policy.name(), scheduled == null || scheduled.isAfter(now.plus(Timetable.SAME_DAY)) ? Optional.empty() : plan(policy).last(scheduled, now));
        }
        Set<String> before = Set.copyOf(catalog.runs.keySet());
        Set<PolicyName> waiting = catalog.open().stream().filter(run -> run.parts().stream().allMatch(part -> part.attempts() == 0)).map(PolicyRun::policy)
                .collect(Collectors.toSet());
        catalog.jobs.values().removeIf(job -> job.state().ended() && catalog.open().stream().flatMap(run -> run.parts().stream()).noneMatch(part -> job.id().equals(part.job())));
        Set<Long> jobs = Set.copyOf(catalog.jobs.keySet());
        try {
            rounds.look(now);
        } catch (KilledCatalog.Kill e) {
            kill();
        }
        for (Map.Entry<String, PolicyRun> each : catalog.runs.entrySet()) {
            if (!before.contains(each.getKey())) {
                PolicyRun run = each.getValue();
                assertTrue(seen.add(run.policy() + " " + run.due()), () -> say(run.policy(), run.due() + " has run already"));
            }
        }
        for (Policy policy : catalog.policies.values()) {
            check(policy, up ? due.get(policy.name()) : Optional.empty(), waiting.contains(policy.name()));
        }
        for (Job made : catalog.jobs.values()) {
            long of = catalog.open().stream().flatMap(run -> run.parts().stream()).filter(part -> made.id().equals(part.job())).count();
            assertTrue(of == 1 || jobs.contains(made.id().value()), () -> "seed " + seed + ": job " + made.id() + " is of " + of + " parts");
        }
    }

    /** @param waiting whether a run had not begun anything: what is due becomes one with it */
    private void check(Policy policy, Optional<Instant> due, boolean waiting) throws BackupException {
        PolicyName name = policy.name();
        List<PolicyRun> open = catalog.open().stream().filter(run -> run.policy().equals(name)).toList();
        assertTrue(open.size() <= 1, () -> say(name, "runs twice: " + open));
        long active = open.stream().flatMap(run -> run.parts().stream()).filter(Part::isActive).count();
        assertTrue(policy.timing().atOnce() == 0 || active <= policy.timing().atOnce(), () -> say(name, active + " at once"));
        open.stream().flatMap(run -> run.parts().stream()).forEach(part -> assertTrue(part.attempts() <= policy.timing().retries() + 1, () -> say(name, part.toString())));
        if (due.isPresent()) {
            assertTrue(waiting || seen.contains(name + " " + due.get()), () -> say(name, due.get() + " is lost"));
            assertTrue(plan(policy).next(catalog.scheduled.get(name)).orElseThrow().isAfter(now), () -> say(name, "is behind"));
        }
    }

    /** Nobody kills it, and nothing new is due: everything that was begun comes to its end. */
    private void comeToRest() throws BackupException {
        restart();
        catalog.policies.replaceAll((name, policy) -> new Policy(name, policy.pool(), policy.saveSets(), List.of(), policy.timing().enabled(false), Keep.ALL));
        for (int i = 0; i < 500 && !catalog.open().isEmpty(); i++) {
            now = now.plusSeconds(600);
            lived = lived.plusSeconds(600);
            begun.keySet().stream().toList().forEach(this::end);
            try {
                rounds.look(now);
            } catch (KilledCatalog.Kill e) {
                restart();
            }
        }
        assertEquals(List.of(), catalog.open(), "seed " + seed);
        assertEquals(Set.of(), begun.keySet(), "seed " + seed);
    }
}
