package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.device.Terms;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A prune where packs are paid for at least so many days, whether they are there or not. By the real server, node and client. */
@Timeout(300)
class PaidPruneTest {

    private static final PoolName POOL = new PoolName("default");
    private static final long LONG = 100_000;

    @TempDir
    Path dir;
    private final MemoryStore store = new MemoryStore();
    private WholeAppliance appliance;

    @BeforeEach
    void deleteWhatWasSaved() throws Exception {
        Path home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), store));
        Path source = Files.createDirectory(dir.resolve("source"));
        byte[] content = new byte[2 * (int) LONG];
        Random random = Seeds.random(Seeds.start());
        random.nextBytes(content);
        Files.write(source.resolve("file"), content);
        Job backup = appliance.backup(source, POOL);
        assertEquals(Job.State.DONE, backup.state(), backup::toString);
        appliance.server.snapshots().delete(((JobResult.Backup) appliance.server.jobs().result(backup.id()).orElseThrow()).snapshot());
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    private void pay(Duration least, long above) {
        store.count(new Terms(Terms.Medium.CLOUD, Duration.ZERO, -1, 0, 0, 0, least, above));
    }

    private JobResult.Prune prune(boolean dryRun, boolean early) throws Exception {
        Job job = appliance.run(new JobOrder.Prune(POOL, dryRun, early));
        assertEquals(Job.State.DONE, job.state(), job::toString);
        return (JobResult.Prune) appliance.server.jobs().result(job.id()).orElseThrow();
    }

    private List<Long> sizes() throws Exception {
        return appliance.catalog().read(view -> view.packs(POOL)).stream().map(pack -> pack.size()).toList();
    }

    @Test
    void leavesWhatIsPaidForStillUnlessItIsToldTo() throws Exception {
        pay(Duration.ofDays(90), LONG);
        for (boolean dryRun : new boolean[] {true, false}) {
            JobResult.Prune kept = prune(dryRun, false);
            assertTrue(kept.reasons().stream().anyMatch(reason -> reason.action().equals("kept") && reason.bytes() > LONG && reason.why().contains("paid for still")), kept::toString);
            assertTrue(kept.reasons().stream().anyMatch(reason -> reason.action().equals("dropped") && reason.bytes() < LONG), "short ones are not");
        }
        assertEquals(1, sizes().size());
        assertTrue(prune(false, true).freed() > LONG);
        assertEquals(List.of(), sizes());
    }

    /** As if all packs had been written that long ago. */
    private Instant age(Duration time) throws Exception {
        Instant written = Instant.now().minus(time);
        appliance.catalog().write(edit -> {
            for (Pack pack : edit.packs(POOL)) {
                edit.putPack(Records.with(pack, "writtenAt", written));
            }
            return null;
        });
        return written;
    }

    private Map<String, String> later() throws Exception {
        return appliance.catalog().read(view -> view.settings("retention.paid."));
    }

    @Test
    void dropsWhatWasPaidForLongEnoughAndNothingBeforeAndKnowsWhenThatIs() throws Exception {
        pay(Duration.ofDays(90), 0);
        Instant written = age(Duration.ofDays(89));
        assertEquals(0, prune(false, false).freed());
        assertEquals(Map.of("retention.paid." + POOL, written.plus(Duration.ofDays(90)).toString()), later());
        age(Duration.ofDays(91));
        assertTrue(prune(false, false).freed() > LONG);
        assertEquals(List.of(), sizes());
        assertEquals(Map.of(), later());
    }

    @Test
    void leavesWhatIsPaidForAlsoWhenItsNodeDoesNotSayThatItIs() throws Exception {
        pay(Duration.ofDays(90), 0);
        prune(true, false);
        store.silence();
        assertEquals(0, prune(false, false).freed());
    }
}
