package org.azekura.client.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.restore.ChunkSource;
import org.azekura.client.restore.Restorer;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever made a snapshot may have written its entries by hand. Neither a drill nor a restore makes, changes or takes in anything outside of its folder. */
class HostilePlanTest {

    @TempDir
    Path dir;

    private final Plan plan = new Plan();
    private final Map<String, Entry> tree = new LinkedHashMap<>();
    private Path outside;
    private Path scratch;
    private Path target;

    @BeforeEach
    void begin() throws Exception {
        outside = Files.createDirectory(dir.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        scratch = Files.createDirectory(dir.resolve("scratch"));
        target = Files.createDirectory(dir.resolve("target"));
    }

    private Entry file(String name) {
        return plan.file(name, 0, plan.extent(plan.chunk(1, 100)));
    }

    private Entry link(String name, long group, Path to) {
        return plan.entry(name, Entry.Type.SYMLINK, 0777, group, to.toString().getBytes(), List.of(), List.of());
    }

    /** What a drill names as not restored; @param chunks where both get content. */
    private List<String> drilled(ChunkSource chunks) throws Exception {
        plan.batch(tree);
        Rehearsal rehearsal = new Rehearsal(scratch, 1 << 30, false, new Breaker(new JobId(1)), new Tally(), plan.namer, plan.batches(), chunks);
        for (Portion portion = rehearsal.restore(); portion != null; portion = rehearsal.restore()) {
            rehearsal.compare(portion);
        }
        return rehearsal.findings().differences.first().stream().map(one -> one.path().toString()).distinct().toList();
    }

    private Problems restored(ChunkSource chunks) throws Exception {
        Problems problems = new Problems();
        new Restorer(RawPath.of(target.toString()), Overwrite.ALWAYS, new Breaker(new JobId(2)), problems, new Tally()).run(plan.batches(), chunks);
        return problems;
    }

    private void assertNothingOutside() throws Exception {
        assertEquals("secret", Files.readString(outside.resolve("secret")));
        assertEquals(1, Files.getAttribute(outside.resolve("secret"), "unix:nlink"));
        try (Stream<Path> there = Files.walk(dir, 2)) {
            assertEquals(List.of("outside/secret"), there.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).map(path -> dir.relativize(path).toString()).toList());
        }
    }

    @Test
    void aLinkAmongTheParentsLeadsNowhere() throws Exception {
        tree.put("/srv", plan.directory("srv"));
        tree.put("/srv/way", link("way", 0, outside));
        tree.put("/srv/way/secret", file("secret"));
        tree.put("/srv/way/new", plan.directory("new"));
        tree.put("/srv/way/pipe", plan.entry("pipe", Entry.Type.FIFO, 0600, 0, null, List.of(), List.of()));
        tree.put("/srv/two", link("two", 0, Path.of("way/..")));
        tree.put("/srv/two/file", file("file"));
        tree.put("/up", link("up", 0, Path.of("..")));
        tree.put("/up/outside/secret", file("secret"));
        List<String> drilled = drilled(plan.source());
        assertTrue(drilled.containsAll(List.of("/srv/way/secret", "/srv/way/new", "/srv/two/file", "/up/outside/secret")), drilled::toString);
        assertEquals(List.of("/srv/way/secret", "/srv/way/new", "/srv/way/pipe", "/srv/two/file", "/up/outside/secret"),
                restored(plan.source()).list().stream().map(one -> one.path().toString()).toList());
        assertNothingOutside();
    }

    @Test
    void aPathThatIsNoneIsRefused() throws Exception {
        // of the last name the form itself has none of these
        List<String> bad = List.of("/../outside/secret", "/srv/../../outside/secret", "outside/secret", "/srv/./secret", "//secret", "/srv//secret", "/a\0b/secret", "../secret");
        bad.forEach(path -> tree.put(path, file("secret")));
        tree.put("/srv/a\nb", file("a\nb"));
        tree.put("/srv/" + "n".repeat(255) + "/" + "n".repeat(256) + "/n", file("n"));
        List<String> drilled = drilled(plan.source());
        assertTrue(drilled.containsAll(bad.stream().map(path -> RawPath.of(path).toString()).toList()), drilled::toString);
        assertEquals(bad.size() + 1, restored(plan.source()).list().size());
        assertTrue(Files.exists(target.resolve("srv/a\nb")) && Files.exists(scratch.resolve("srv/a\nb")), "a line's end is as good as any letter");
        assertNothingOutside();
    }

    @Test
    void aNameOfALinkIsNoNameOfWhatItLeadsTo() throws Exception {
        tree.put("/one", link("one", 7, outside.resolve("secret")));
        tree.put("/two", plan.file("two", 7, plan.extent(plan.chunk(1, 100))));
        tree.put("/three", link("three", 8, outside));
        tree.put("/three/below", plan.file("below", 8, plan.extent(plan.chunk(1, 100))));
        drilled(plan.source());
        restored(plan.source());
        for (Path top : List.of(scratch, target)) {
            assertTrue(Files.isSymbolicLink(top.resolve("two")), "another name of the link itself");
            assertEquals(2, Files.getAttribute(top.resolve("one"), "unix:nlink", LinkOption.NOFOLLOW_LINKS));
        }
        assertNothingOutside();
    }

    @Test
    void whatIsSwappedForALinkMeanwhileIsNotFollowed() throws Exception {
        tree.put("/srv", plan.directory("srv"));
        tree.put("/srv/d", plan.directory("d"));
        tree.put("/srv/d/secret", file("secret"));
        tree.put("/srv/e", plan.directory("e"));
        tree.put("/srv/e/secret", file("secret"));
        assertTrue(drilled(swapping(scratch)).contains("/srv/e"));
        assertTrue(restored(swapping(target)).list().stream().anyMatch(one -> one.path().toString().equals("/srv/e")));
        assertNothingOutside();
    }

    /** Puts a link in the place of each directory before its files have their content. */
    private ChunkSource swapping(Path top) {
        return (wanted, taker) -> {
            try {
                for (String name : List.of("srv/d", "srv/e")) {
                    Files.move(top.resolve(name), top.resolve(name + "-was"));
                    Files.createSymbolicLink(top.resolve(name), outside);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            plan.source().read(wanted, taker);
        };
    }
}
