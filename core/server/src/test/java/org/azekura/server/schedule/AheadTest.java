package org.azekura.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import org.azekura.api.server.JobOrder;
import org.junit.jupiter.api.Test;

/** Policies of more save sets than jobs are made ahead. */
class AheadTest {

    private static final Instant DUE = Instant.parse("2026-01-01T22:00:00Z");

    private final KilledCatalog catalog = new KilledCatalog(() -> false);
    private final Rounds rounds = new Rounds(catalog.store(), new Jobs(), PolicyCourse::all, ZoneOffset.UTC, 20);
    private Instant now = DUE.minusSeconds(60);

    private final class Jobs implements Scheduler.Queue {

        @Override
        public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) {
            return edit -> {
                Job job = new Job(edit.nextJob(), Job.Kind.BACKUP, Job.State.QUEUED, null, null, now, null, 0, 0, null, null, 0, new byte[0], null).of(policy);
                edit.putJob(job);
                return job;
            };
        }

        @Override
        public void begin(List<Job> queued) {}
    }

    private void policy(String name, int sets, int priority) {
        catalog.policies.put(new PolicyName(name), new Policy(new PolicyName(name), new PoolName("main"), IntStream.range(0, sets)
                .mapToObj(i -> new SaveSetId(new ClientName(name + i), new SaveSetName("s"))).toList(), List.of(),
                new Timing("daily 22:00", "UTC", List.of(), false, true, priority, 0, Duration.ZERO, 2, Duration.ofMinutes(10), true), Keep.ALL));
    }

    private Map<String, Long> waiting() {
        return catalog.jobs.values().stream().filter(job -> !job.state().ended()).collect(Collectors.groupingBy(job -> job.policy().value(), Collectors.counting()));
    }

    private void look() throws BackupException {
        rounds.look(now);
        now = now.plusSeconds(10);
    }

    private void park(Job job) {
        catalog.jobs.put(job.id().value(), job.waiting(Job.State.PARKED, "its client is away"));
    }

    private void end(Job job) {
        catalog.jobs.put(job.id().value(), new Job(job.id(), job.kind(), Job.State.DONE, null, null, job.started(), now, 0, 0, null, null, 1, job.order(), null).of(job.policy()));
    }

    @Test
    void policiesShareWhatIsMadeAheadAndAHigherPriorityFindsRoom() throws Exception {
        policy("a", 40, 50);
        policy("b", 40, 50);
        policy("c", 6, 60);
        look();
        now = DUE;
        look();
        assertEquals(Map.of("a", 10L, "b", 10L, "c", 6L), waiting());
        catalog.jobs.values().stream().filter(job -> !job.policy().value().equals("c")).limit(10).toList().forEach(this::end);
        look();
        assertEquals(4L + 10, waiting().get("a") + waiting().get("b"), "those of c count");
    }

    @Test
    void jobsThatWaitForTheirClientsKeepNobodyFromBeginning() throws Exception {
        policy("a", 60, 50);
        look();
        now = DUE;
        for (int i = 0; i < 2; i++) {
            look();
            assertEquals(20 * (i + 1), catalog.jobs.size());
            List.copyOf(catalog.jobs.values()).forEach(this::park);
        }
        look();
        assertEquals(60, catalog.jobs.size());
    }

    @Test
    void morePoliciesThanRoomHaveTheirTurnsAndAllAreSaved() throws Exception {
        for (int i = 0; i < 30; i++) {
            policy("p%02d".formatted(i), 2, 50);
        }
        look();
        now = DUE;
        look();
        assertEquals(20, waiting().size());
        assertTrue(waiting().values().stream().allMatch(jobs -> jobs == 1));
        Set<String> begun = new HashSet<>(waiting().keySet());
        catalog.jobs.values().stream().filter(job -> !job.state().ended()).limit(10).toList().forEach(this::end);
        look();
        begun.addAll(waiting().keySet());
        assertEquals(30, begun.size(), "who found no room came first");
        for (int i = 0; i < 5; i++) {
            catalog.jobs.values().stream().filter(job -> !job.state().ended()).toList().forEach(this::end);
            look();
        }
        assertEquals(60, catalog.jobs.size());
        assertEquals(List.of(), catalog.open());
    }
}
