package org.azekura.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkNamer;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final PageMap pages = new PageMap();
    private final TreeReader reader = new TreeReader(pages);

    private record Pair(Entry before, Entry now) {}

    @Test
    void namesExactlyWhatDiffers() throws BackupException {
        RandomEntries some = RandomEntries.seeded("namesExactlyWhatDiffers");
        for (int round = 0; round < 40; round++) {
            List<Entry> before = some.sorted(some.random().nextInt(3000));
            List<Entry> now = changed(before, some, some.random().nextInt(1, 40));
            assertEquals(expected(before, now, null), found(write(before), write(now), null));
            assertEquals(expected(List.of(), now, null), found(null, write(now), null));
            assertEquals(expected(before, List.of(), null), found(write(before), null, null));
        }
    }

    @Test
    void goesOnBehindAName() throws BackupException {
        RandomEntries some = RandomEntries.seeded("goesOnBehindAName");
        List<Entry> before = some.sorted(5000);
        List<Entry> now = changed(before, some, 200);
        for (int i = 0; i < 50; i++) {
            byte[] after = i % 2 == 0 ? some.name() : now.get(some.random().nextInt(now.size())).name();
            assertEquals(expected(before, now, after), found(write(before), write(now), after));
        }
    }

    @Test
    void theEffortGoesWithTheDifference() throws BackupException {
        RandomEntries some = RandomEntries.seeded("theEffortGoesWithTheDifference");
        List<Entry> before = some.sorted(60_000);
        ChunkId old = write(before);
        ChunkId same = write(changed(before, some, 0));
        ChunkId one = write(changed(before, some, 1));
        pages.reads = 0;
        found(old, same, null);
        assertEquals(0, pages.reads);
        found(old, one, null);
        assertTrue(pages.pages.size() > 100 && pages.reads <= 12, () -> pages.reads + " of " + pages.pages.size() + " pages read");
    }

    private List<Pair> found(ChunkId before, ChunkId now, byte[] after) throws BackupException {
        List<Pair> found = new ArrayList<>();
        reader.differences(before, now, after, (a, b) -> found.add(new Pair(a, b)));
        return found;
    }

    private static List<Pair> expected(List<Entry> before, List<Entry> now, byte[] after) {
        Map<RawPath, Entry> old = byName(before);
        Map<RawPath, Entry> young = byName(now);
        TreeMap<RawPath, Pair> pairs = new TreeMap<>();
        old.forEach((name, entry) -> pairs.put(name, new Pair(entry, young.get(name))));
        young.forEach((name, entry) -> pairs.put(name, new Pair(old.get(name), entry)));
        pairs.values().removeIf(pair -> pair.before != null && pair.before.equals(pair.now));
        return List.copyOf((after == null ? pairs : pairs.tailMap(new RawPath(after), false)).values());
    }

    private static Map<RawPath, Entry> byName(List<Entry> entries) {
        Map<RawPath, Entry> map = new HashMap<>();
        entries.forEach(entry -> map.put(new RawPath(entry.name()), entry));
        return map;
    }

    /** So many entries removed, added, or exchanged for others of the same name. */
    private static List<Entry> changed(List<Entry> entries, RandomEntries some, int changes) {
        TreeMap<RawPath, Entry> map = new TreeMap<>(byName(entries));
        Random random = some.random();
        for (int i = 0; i < changes; i++) {
            Entry fresh = some.sorted(1).getFirst();
            RawPath victim = map.isEmpty() ? null : map.ceilingKey(new RawPath(some.name()));
            switch (random.nextInt(3)) {
                case 0 -> map.put(new RawPath(fresh.name()), fresh);
                case 1 -> map.computeIfPresent(victim == null ? new RawPath(fresh.name()) : victim, (name, entry) -> null);
                default -> map.computeIfPresent(victim == null ? new RawPath(fresh.name()) : victim, (name, entry) -> entry.with(new Entry.Content.None()));
            }
        }
        return List.copyOf(map.values());
    }

    private ChunkId write(List<Entry> entries) throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }
}
