package org.azekura.server.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.plan.PairWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;
import org.junit.jupiter.api.Test;

class PairWalkTest {

    private final Forest forest = new Forest();

    /** Notes the files that differ, and stops behind so many pairs of any kind. */
    private static final class Notes implements PairWalk.Visitor {
        final List<String> files = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        final int limit;
        int pairs;
        RawPath last;

        Notes(int limit) {
            this.limit = limit;
        }

        @Override
        public PairWalk.Next pair(RawPath path, Entry before, Entry now) {
            last = path;
            if (file(before) || file(now)) {
                files.add((file(before) ? "-" : " ") + (file(now) ? "+" : " ") + path);
            }
            return ++pairs == limit ? PairWalk.Next.STOP : PairWalk.Next.INTO;
        }

        private static boolean file(Entry entry) {
            return entry != null && entry.type() == Entry.Type.FILE;
        }

        @Override
        public void unreadable(PathProblem problem) {
            problems.add(problem.path().toString());
        }
    }

    @Test
    void namesExactlyWhatDiffersAndGoesOnAnywhere() throws BackupException {
        long seed = System.nanoTime();
        System.out.println("namesExactlyWhatDiffersAndGoesOnAnywhere seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            SortedMap<String, Integer> before = files(random, random.nextInt(60));
            SortedMap<String, Integer> now = new TreeMap<>(before);
            now.keySet().removeIf(path -> random.nextInt(6) == 0);
            now.replaceAll((path, content) -> random.nextInt(6) == 0 ? content + 1 : content);
            files(random, random.nextInt(20)).forEach((path, content) -> {
                if (now.keySet().stream().noneMatch(other -> other.startsWith(path + "/") || path.startsWith(other + "/"))) {
                    now.put(path, content);
                }
            });
            ChunkId a = forest.tree(before);
            ChunkId b = forest.tree(now);
            Notes whole = new Notes(Integer.MAX_VALUE);
            new PairWalk(forest.reader(), whole).walk(a, b, null);
            assertEquals(expected(before, now), whole.files.stream().sorted().toList());
            assertEquals(whole.files, inPages(forest.reader(), a, b, 1 + random.nextInt(5)));
        }
    }

    private static List<String> inPages(TreeReader reader, ChunkId a, ChunkId b, int limit) throws BackupException {
        List<String> files = new ArrayList<>();
        Notes page = new Notes(limit);
        new PairWalk(reader, page).walk(a, b, null);
        while (page.pairs > 0) {
            files.addAll(page.files);
            RawPath last = page.last;
            page = new Notes(limit);
            new PairWalk(reader, page).walk(a, b, last);
        }
        return files;
    }

    private static List<String> expected(SortedMap<String, Integer> before, SortedMap<String, Integer> now) {
        List<String> lines = new ArrayList<>();
        SortedMap<String, Integer> all = new TreeMap<>(before);
        all.putAll(now);
        for (String path : all.keySet()) {
            boolean was = before.containsKey(path);
            boolean is = now.containsKey(path);
            if (!was || !is || !before.get(path).equals(now.get(path))) {
                lines.add((was ? "-" : " ") + (is ? "+" : " ") + path);
            }
        }
        return lines.stream().sorted().toList();
    }

    private static SortedMap<String, Integer> files(Random random, int count) {
        SortedMap<String, Integer> files = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                path.append("/d").append(random.nextInt(4));
            }
            files.put(path.append("/f").append(random.nextInt(30)).toString(), random.nextInt());
        }
        return files;
    }

    @Test
    void saysWhichDirectoryCannotBeReadAndGoesOn() throws BackupException {
        ChunkId lost = forest.tree(new TreeMap<>(java.util.Map.of("/x", 5)));
        ChunkId tree = forest.tree(new TreeMap<>(java.util.Map.of("/a", 1, "/d/x", 5, "/e", 2)));
        forest.lose(lost);
        Notes notes = new Notes(Integer.MAX_VALUE);
        new PairWalk(forest.reader(), notes).walk(null, tree, null);
        assertEquals(List.of("/d"), notes.problems);
        assertEquals(List.of(" +/a", " +/e"), notes.files);
        assertTrue(notes.pairs == 3);
    }
}
