package org.azekura.client.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.JobId;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through real trees, by one reader and by many. */
class LookaheadWalkTest {

    private static final int SMALL = 8 << 10;

    @TempDir
    Path dir;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Problems problems = new Problems();
    private final AtomicInteger readAhead = new AtomicInteger();
    private Path root;

    @BeforeEach
    void make() throws IOException {
        System.out.println("LookaheadWalkTest seed " + seed);
        root = Files.createDirectory(dir.resolve("root"));
        fill(root, 4);
    }

    private void fill(Path folder, int depth) throws IOException {
        for (int i = random.nextInt(12); i >= 0; i--) {
            byte[] content = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(2 * SMALL)];
            random.nextBytes(content);
            Files.write(folder.resolve("f" + random.nextInt(1000)), content);
        }
        if (random.nextBoolean()) {
            Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        }
        for (int i = random.nextInt(4); i >= 0 && depth > 0; i--) {
            fill(Files.createDirectory(folder.resolve("d" + i)), depth - 1);
        }
    }

    private List<String> walk(int count, List<Rule> rules) throws Exception {
        List<String> found = new ArrayList<>();
        Harvest harvest = new Harvest() {
            @Override
            public void enter(PathBuffer path, byte[] name, FileStat stat, Attributes attributes, boolean saved, CachedEntry before,
                    CachedDirectory parent) {
                found.add(path.path(name) + " " + stat);
            }

            @Override
            public void leave() {
                found.add("up");
            }

            @Override
            public void entry(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead)
                    throws IOException {
                found.add(path.path(name) + " " + stat);
                if (ahead != null) {
                    readAhead.incrementAndGet();
                    assertTrue(ahead.is(stat));
                    assertArrayEquals(Files.readAllBytes(Path.of(path.path(name).toString())), ahead.bytes());
                }
            }
        };
        Readers readers = new Readers() {
            @Override
            int count() {
                return count;
            }
        };
        Breaker breaker = new Breaker(new JobId(1));
        Meter meter = new Meter(readers, System::nanoTime);
        RuleSet set = new RuleSet(rules);
        Walker.Scope scope = new Walker.Scope(RootTree.of(List.of(RawPath.of(root.toString()))), set, false, Inodes.of(List.of()));
        try (Lookahead ahead = new Lookahead(breaker, meter, new Lookahead.Wish(SMALL, set), Lookahead.NO_BUDGET, AheadSource::of, System::nanoTime)) {
            new Walker(breaker, scope, dir, harvest, problems, new Problems(), new Tally(), ahead, meter).walk(null);
        }
        // What is above the root may change meanwhile.
        return found.stream().filter(line -> !line.startsWith("/") || line.startsWith(root.toString())).toList();
    }

    private static void assertSame(List<String> expected, List<String> found) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            assertEquals(expected.get(i), found.get(i));
        }
        assertEquals(expected.size(), found.size());
    }

    @Test
    void manyReadersFindTheSameInTheSameOrder() throws Exception {
        List<String> alone = walk(1, List.of());
        assertEquals(0, readAhead.get());
        assertSame(alone, walk(8, List.of()));
        assertTrue(readAhead.get() > 0);
        assertEquals(List.of(), problems.list());
    }

    @Test
    void whatARuleLeavesOutIsNotReadAhead() throws Exception {
        byte[] secret = "secret".getBytes(UTF_8);
        Files.write(root.resolve("f.key"), secret);
        List<Rule> rules = List.of(new Rule(false, Rule.Kind.GLOB, "f*"));
        assertSame(walk(1, rules), walk(8, rules));
        assertEquals(0, readAhead.get());
    }
}
