package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that is cancelled ends tidily. */
@Timeout(300)
class CancelTest {

    private static final long EVERY_ms = 20;

    @TempDir
    Path dir;

    private final MemoryStore store = new MemoryStore();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch awake = new CountDownLatch(1);

    /** The node needs seconds to end a job whose device hangs; all that time somebody cancels it again. */
    @Test
    void everybodyIsToldOfTheEndHoweverOftenItIsCancelled() throws Exception {
        Path source = Files.createDirectory(dir.resolve("source"));
        Files.write(source.resolve("file"), new byte[100]);
        Path home = dir.resolve("home");
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), store));
                ScheduledExecutorService impatient = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("impatient").factory())) {
            hang();
            SaveSet set = new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())), List.of(), false);
            Job job = appliance.server.jobs().submit(new JobOrder.Backup(null, null, set, null, false));
            assertTrue(writing.await(120, TimeUnit.SECONDS), "nothing was written");
            impatient.scheduleWithFixedDelay(() -> Thread.ofVirtual().start(() -> cancel(appliance, job)), 0, EVERY_ms, TimeUnit.MILLISECONDS);
            Job ended = appliance.await(job.id());
            impatient.shutdownNow();
            awake.countDown();
            assertEquals(Job.State.CANCELLED, ended.state());
            assertEquals(List.of(), appliance.server.jobs().log(job.id()).stream().map(JobLine::text).filter(line -> line.contains("could not be")).toList());
        }
    }

    private void hang() {
        store.fault((doing, key) -> {
            if (doing.equals("write")) {
                writing.countDown();
                try {
                    assertTrue(awake.await(120, TimeUnit.SECONDS), "the job ends although its device hangs");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private static void cancel(WholeAppliance appliance, Job job) {
        try {
            appliance.server.jobs().cancel(job.id());
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }
}
