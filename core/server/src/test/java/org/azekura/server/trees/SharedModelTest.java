package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers with one device, each with jobs that send pages, rely on pages that are there, and commit; snapshots that are deleted; prunes by now one and now
 * the other; joins of what lay long; restarts; a device that fails now and then, with and without effect. Whatever happens, every page of every committed snapshot is read by both.
 */
@Timeout(300)
class SharedModelTest {

    private static final int SEEDS = Seeds.slow() ? 200 : 3;
    private static final int STEPS = 250;

    @TempDir
    Path dir;

    /** What runs on a server and has not ended. */
    private record Running(JobId id, int server, Set<ByteBuffer> needs) {}

    @Test
    void committedPagesAreReadByBoth() throws Exception {
        long start = Seeds.start();
        SomePages pages = new SomePages();
        for (int i = 0; i < SEEDS; i++) {
            try {
                new Life(pages, start + i, dir.resolve("life" + i)).live();
            } catch (BackupException | AssertionError e) {
                throw new AssertionError("seed " + (start + i) + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Life {

        private final Random random;
        private final Path dir;
        private final MemoryStore device = new MemoryStore();
        private final TreeStore[] servers = new TreeStore[2];
        private final List<ByteBuffer> some;
        private final Map<Long, Running> running = new HashMap<>();
        private final List<Set<ByteBuffer>> snapshots = new ArrayList<>();
        private long jobs;
        private int faultEvery;

        Life(SomePages pages, long seed, Path dir) {
            random = Seeds.random(seed);
            this.dir = dir;
            some = pages.frames(60, seed);
        }

        private TreeStore open(int server) throws BackupException, IOException {
            Path folder = Files.createDirectories(dir.resolve("server" + server));
            return TreeStore.open(folder, new Sharing(() -> device, "trees", "server" + server), 15_000, channel -> {});
        }

        void live() throws BackupException, IOException {
            servers[0] = open(0);
            servers[1] = open(1);
            Random faults = new Random(random.nextLong());
            device.fault((doing, key) -> {
                synchronized (faults) {
                    if (faultEvery > 0 && faults.nextInt(faultEvery) == 0) {
                        throw BackupException.network("device.io", key, "fails as planned", null);
                    }
                }
            });
            try {
                for (int step = 0; step < STEPS; step++) {
                    faultEvery = random.nextInt(3) == 0 ? 10 : 0;
                    step();
                }
                faultEvery = 0;
                for (Running each : List.copyOf(running.values())) {
                    commit(each);
                }
                check();
            } finally {
                servers[0].close();
                servers[1].close();
            }
            servers[0] = open(0);
            servers[1] = open(1);
            check();
            pruneTwiceAndLookWhatRemains();
        }

        private void step() throws BackupException, IOException {
            switch (random.nextInt(12)) {
                case 0, 1 -> begin();
                case 2, 3, 4, 5 -> oneOf(running.values()).ifPresent(this::send);
                case 6 -> oneOf(running.values()).ifPresent(this::commit);
                case 7 -> running.values().removeIf(job -> random.nextInt(4) == 0);
                case 8 -> {
                    if (!snapshots.isEmpty()) {
                        snapshots.remove(random.nextInt(snapshots.size()));
                    }
                }
                case 9 -> prune(random.nextInt(2));
                case 10 -> {
                    int which = random.nextInt(8);
                    if (which < 2) {
                        restart(which);
                    } else if (which < 4) {
                        tend(which - 2);
                    }
                }
                default -> {
                    faultEvery = 0;
                    check();
                }
            }
        }

        private <T> Optional<T> oneOf(Collection<T> all) {
            return all.stream().skip(all.isEmpty() ? 0 : random.nextInt(all.size())).findFirst();
        }

        /** The job is known before its server learns what is going. */
        private void begin() {
            if (running.size() < 6) {
                Running job = new Running(new JobId(++jobs), random.nextInt(2), new HashSet<>());
                running.put(jobs, job);
                try {
                    servers[job.server()].renew();
                } catch (BackupException e) {
                    requireAway(e);
                    running.remove(jobs);
                }
            }
        }

        /** Pages of a backup: acknowledged when they are durable. */
        private void send(Running job) {
            TreeStore store = servers[job.server()];
            List<ByteBuffer> sent = new ArrayList<>();
            try {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    ByteBuffer page = some.get(random.nextInt(some.size()));
                    store.append(page.duplicate());
                    sent.add(page);
                }
                store.sync();
                job.needs().addAll(sent);
            } catch (BackupException e) {
                requireAway(e);
                running.remove(job.id().value());
            }
        }

        private static void requireAway(BackupException e) {
            assertTrue(Set.of("trees.away", "tree.missing").contains(e.failure().code()), e.toString());
        }

        private void commit(Running job) {
            TreeStore store = servers[job.server()];
            try {
                store.renew();
                for (ByteBuffer page : job.needs()) {
                    assertTrue(store.rely(SomePages.id(page)), "a page that was acknowledged is gone before its job has ended");
                }
                store.settle();
                snapshots.add(Set.copyOf(job.needs()));
            } catch (BackupException e) {
                requireAway(e);
            }
            running.remove(job.id().value());
        }

        /** As the job does: who has not ended is asked first, what is alive after that. */
        private void prune(int server) {
            try (TreeMarks marks = servers[server].marks(() -> running.values().stream().map(Running::id).collect(Collectors.toSet()))) {
                if (random.nextBoolean()) {
                    oneOf(running.values()).ifPresent(this::send);
                }
                Set<ByteBuffer> alive = new HashSet<>();
                snapshots.forEach(alive::addAll);
                for (ByteBuffer page : alive) {
                    marks.mark(SomePages.id(page), 1);
                }
                if (random.nextBoolean()) {
                    oneOf(running.values()).ifPresent(this::commit);
                }
                marks.compact(50);
                marks.clearAll();
            } catch (BackupException e) {
                requireAway(e);
            }
        }

        private void restart(int server) throws BackupException, IOException {
            faultEvery = 0;
            running.values().removeIf(job -> job.server() == server);
            servers[server].close();
            if (random.nextInt(3) == 0) {
                try (Stream<Path> files = Files.list(dir.resolve("server" + server))) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
            servers[server] = open(server);
        }

        /** What has lain here for days is joined, by now one and now the other, or both. */
        private void tend(int server) throws IOException {
            SegmentFolder folder = new SegmentFolder(dir.resolve("server" + server));
            for (Segment segment : folder.segments()) {
                try {
                    Files.setLastModifiedTime(folder.file(segment), FileTime.from(Instant.EPOCH));
                } catch (NoSuchFileException e) {
                    continue; // joined meanwhile
                }
            }
            servers[server].tend();
        }

        private void check() throws BackupException {
            for (TreeStore store : servers) {
                for (Set<ByteBuffer> snapshot : snapshots) {
                    for (ByteBuffer page : snapshot) {
                        assertEquals(SomePages.id(page), store.frame(SomePages.id(page)).header().id());
                    }
                }
            }
        }

        /** Dead pages do go. */
        private void pruneTwiceAndLookWhatRemains() throws BackupException {
            running.clear();
            for (int times = 0; times < 3; times++) {
                prune(0);
            }
            check();
            Set<ByteBuffer> alive = new HashSet<>();
            snapshots.forEach(alive::addAll);
            long bytes = 0;
            for (String key : device.keys("trees/")) {
                bytes += device.size(key);
            }
            long live = alive.stream().mapToLong(ByteBuffer::remaining).sum();
            assertTrue(bytes <= 2 * live + 15_000, bytes + " bytes of " + live + " alive");
            snapshots.clear();
            for (int times = 0; times < 3; times++) {
                prune(0);
            }
            assertFalse(device.keys("trees/").size() > 2, () -> device.keys("trees/").toString());
            servers[0].close();
            servers[1].close();
        }
    }
}
