package org.azekura.storagenode;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.driver.disk.DiskDoor;

/**
 * A program: server, one node with a disk, and many clients in one process, all of which save data of their own at once. Says how fair that was and
 * how much of the heap it needed, and restores some of it.
 */
final class Crowd {

    private static final int FILE_BYTES = 100 << 10;
    /** Of so many clients what was saved is restored and compared. */
    private static final int SAMPLE = 3;
    /** What most have to have sent before shares are compared: what is sent comes in segments of up to 3 MiB. */
    private static final long SENT_BEFORE = 9 << 20;

    private final Path dir;
    private final int clients;
    private final int files;
    private final ManyHosts hosts;
    private final Map<JobId, JobProgress> latest = new ConcurrentHashMap<>();
    private final Map<JobId, Long> atFirst = new HashMap<>();
    private double leastShare = 1;
    private double greatestShare = 1;
    private long compared;
    private volatile long mostLeft;

    private Crowd(Path dir, int clients, int files) throws Exception {
        this.dir = dir;
        this.clients = clients;
        this.files = files;
        hosts = new ManyHosts(dir);
    }

    /** @param args a folder, how many clients, how many files of 100 KiB each has */
    public static void main(String[] args) throws Exception {
        Crowd crowd = new Crowd(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        crowd.run();
        crowd.hosts.close();
        System.out.println("done");
        System.exit(0);
    }

    private void run() throws Exception {
        hosts.media.put("/pool", DiskDoor.open(dir.resolve("pool")));
        hosts.node("node");
        hosts.pool("pool", "node", "/pool", null);
        for (int i = 0; i < clients; i++) {
            hosts.client("c" + i);
            fill(i);
        }
        AutoCloseable watch = hosts.server.jobs().watch(this::compare);
        List<JobId> jobs = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            jobs.add(hosts.server.jobs().submit(ManyHosts.order("c" + i, null, source(i))).id());
        }
        List<SnapshotId> snapshots = new ArrayList<>();
        for (JobId job : jobs) {
            snapshots.add(((JobResult.Backup) done(job)).snapshot());
        }
        watch.close();
        System.out.printf("saved in %d ms%n", (System.nanoTime() - began) / 1_000_000);
        System.out.printf("shares %.2f %.2f %d%n", leastShare, greatestShare, compared);
        List<JobId> restores = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            restores.add(hosts.server.jobs().submit(new JobOrder.Restore(snapshots.get(sample(i)), List.of(), null,
                    RawPath.of(target(i).toString()), Overwrite.NEVER, false)).id());
        }
        for (int i = 0; i < SAMPLE; i++) {
            done(restores.get(i));
            equal(source(sample(i)), Path.of(target(i) + source(sample(i)).toString()));
        }
        System.out.printf("heap %d MiB left by a collection, %d in use, at most%n", mostLeft >> 20,
                heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20);
    }

    private JobResult done(JobId id) throws Exception {
        Job job = Rest.of(hosts.server.jobs(), id);
        if (job.state() != Job.State.DONE) {
            throw new AssertionError(job + " " + hosts.server.jobs().log(id));
        }
        return hosts.server.jobs().result(id).orElseThrow();
    }

    /** The first, one in the middle, the last. */
    private int sample(int number) {
        return number * (clients - 1) / (SAMPLE - 1);
    }

    private Path source(int client) {
        return dir.resolve("source-" + client);
    }

    private Path target(int client) {
        return dir.resolve("target-" + client);
    }

    private void fill(int client) throws Exception {
        Random random = new Random(client);
        byte[] content = new byte[FILE_BYTES];
        for (int i = 0; i < files; i++) {
            random.nextBytes(content);
            Files.write(Files.createDirectories(source(client).resolve("d" + i % 4)).resolve("f" + i), content);
        }
    }

    /** While all are under way, and since they are: how much the slowest and the fastest have sent, by what the one in the middle has. */
    private void compare(JobProgress progress) {
        latest.put(progress.job(), progress);
        mostLeft = Math.max(mostLeft, heapLeft());
        if (latest.size() < clients || latest.values().stream().anyMatch(one -> one.state() != Job.State.RUNNING || one.phase().equals("committing"))) {
            return;
        }
        if (atFirst.isEmpty()) {
            if (latest.values().stream().allMatch(one -> one.stored() > 0)) {
                latest.forEach((job, one) -> atFirst.put(job, one.stored()));
            }
            return;
        }
        long[] sent = latest.values().stream().mapToLong(one -> one.stored() - atFirst.get(one.job())).sorted().toArray();
        long median = sent[clients / 2];
        if (median >= SENT_BEFORE) {
            leastShare = Math.min(leastShare, (double) sent[0] / median);
            greatestShare = Math.max(greatestShare, (double) sent[clients - 1] / median);
            compared++;
        }
    }

    private static void equal(Path one, Path other) throws Exception {
        try (Stream<Path> files = Files.walk(one)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.mismatch(file, other.resolve(one.relativize(file))) >= 0) {
                    throw new AssertionError(file + " was not restored as it was");
                }
            }
        }
    }

    /** What the last collection left. */
    private static long heapLeft() {
        long left = 0;
        for (MemoryPoolMXBean pool : heap()) {
            left += pool.getCollectionUsage() == null ? 0 : pool.getCollectionUsage().getUsed();
        }
        return left;
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    }
}
