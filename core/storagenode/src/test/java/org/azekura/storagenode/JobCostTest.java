package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup costs the server: messages, and transactions of its catalog. Counted, not timed; {@code docs/scale.md} reckons with it. */
class JobCostTest {

    /** Of a job that takes long on a busy machine: what is noted from time to time. */
    private static final long LASTING = 60;
    private static final int MANY_MiB = 40;

    @TempDir
    Path dir;

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    /** The transport with what goes over control streams counted, both ways. */
    private record Counted(Transport way, Consumer<ByteBuffer> count) implements Transport {

        @Override
        public String scheme() {
            return way.scheme();
        }

        @Override
        public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
            return way.listen(service, self, connection -> accept.accept(counted(connection)));
        }

        @Override
        public Connection dial(String address, String self, Duration timeout) throws BackupException {
            return counted(way.dial(address, self, timeout));
        }

        private Connection counted(Connection real) {
            Stream control = as(Stream.class, real.control(), (method, args, result) -> {
                if (method.equals("send")) {
                    count.accept((ByteBuffer) args[0]);
                }
                return result;
            });
            return as(Connection.class, real, (method, args, result) -> method.equals("control") ? control : result);
        }
    }

    private interface Seen {
        Object after(String method, Object[] args, Object result);
    }

    @SuppressWarnings("unchecked")
    private static <T> T as(Class<T> type, T real, Seen seen) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            ByteBuffer frame = method.getName().equals("send") ? ((ByteBuffer) args[0]).duplicate() : null;
            try {
                Object result = method.invoke(real, args);
                return seen.after(method.getName(), frame == null ? args : new Object[] {frame}, result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private CatalogStore counted(CatalogStore real) {
        return as(CatalogStore.class, real, (method, args, result) -> {
            (method.equals("write") ? writes : reads).incrementAndGet();
            return result;
        });
    }

    private void count(ByteBuffer frame) {
        messages.incrementAndGet();
        bytes.addAndGet(frame.remaining());
    }

    private record Cost(long packs, long messages, long bytes, long reads, long writes) {

        Cost less(Cost before) {
            return new Cost(packs - before.packs, messages - before.messages, bytes - before.bytes, reads - before.reads, writes - before.writes);
        }
    }

    private Cost now(WholeAppliance appliance) throws BackupException {
        long packs = appliance.catalog().read(view -> view.figures(view.pools().getFirst().name())).packs();
        return new Cost(packs, messages.get(), bytes.get(), reads.get(), writes.get());
    }

    private static String rows(WholeAppliance appliance, Job job) throws BackupException {
        return appliance.catalog().read(view -> {
            Job whole = view.job(job.id()).orElseThrow();
            byte[] manifest = view.snapshot(view.snapshots(null).getLast().id()).orElseThrow().manifest();
            return "order %d bytes, result %d, manifest %d, %d lines".formatted(whole.order().length, whole.result().length, manifest.length, view.log(job.id()).size());
        });
    }

    @Test
    void aBackupCostsFewMessagesAndTransactionsBesideThoseOfItsPacks() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        Path source = Files.createDirectory(dir.resolve("source"));
        Path home = dir.resolve("home");
        FaultDisk disk = new FaultDisk(seed);
        try (WholeAppliance appliance = new WholeAppliance(home, true, node -> Map.of(home.resolve("pools/default").toString(), disk.on(FaultPlan.none())),
                new Counted(new LocalTransport(), this::count), this::counted)) {
            Cost[] costs = new Cost[3];
            for (int i = 0; i < costs.length; i++) {
                byte[] some = new byte[(i == 2 ? MANY_MiB : 1) << 20];
                random.nextBytes(some);
                Files.write(source.resolve("file" + i), some);
                Cost before = now(appliance);
                Job job = appliance.backup(source, null);
                assertEquals(Job.State.DONE, job.state(), () -> "seed " + seed + ": " + job);
                costs[i] = now(appliance).less(before);
                System.out.println("backup " + i + ": " + costs[i] + ", " + rows(appliance, job));
            }
            long packs = costs[2].packs - costs[1].packs;
            assertTrue(packs >= 1, () -> "seed " + seed + ": " + packs + " packs more");
            assertTrue(costs[1].messages <= 50 && costs[1].writes <= 20, () -> "a small one: " + costs[1]);
            assertTrue(costs[2].messages - costs[1].messages <= 2 * MANY_MiB && costs[2].writes - costs[1].writes <= 2 * packs + LASTING, () -> packs + " packs more: " + costs[2]);
        }
    }
}
