package org.azekura.server.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots.Found;
import org.azekura.server.walk.Forest;
import org.junit.jupiter.api.Test;

class NameSearchTest {

    private final Forest forest = new Forest();
    private final List<Snapshot> days = new ArrayList<>();

    private void day(Map<String, Integer> files) throws BackupException {
        ChunkId root = forest.tree(new TreeMap<>(files));
        days.add(new Snapshot(new SnapshotId(0, days.size()), new JobId(1), new PoolName("p"), new ClientName("c"), new SaveSetName("s"), root,
                null, Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0, null));
    }

    private Found search(String pattern, int limit) throws BackupException {
        NameSearch search = new NameSearch(NamePattern.of(pattern, false), limit);
        search.days(forest.reader(), days);
        return search.found(List.of());
    }

    private static List<String> lines(Found found) {
        return found.versions().stream().map(v -> v.path() + " " + v.first().toString().substring(31) + "-" + v.last().toString().substring(31) + " "
                + v.snapshots()).toList();
    }

    @Test
    void followsEachVersionThroughTheDays() throws BackupException {
        day(Map.of("/a/report.txt", 1, "/a/other", 1, "/gone.txt", 1));
        day(Map.of("/a/report.txt", 1, "/a/other", 2, "/b/new.txt", 1));
        day(Map.of("/a/report.txt", 2, "/a/other", 2, "/gone.txt", 3));
        day(Map.of("/a/report.txt", 2, "/a/other", 2));
        assertEquals(List.of("/a/report.txt 0-1 2", "/a/report.txt 2-3 2", "/b/new.txt 1-1 1", "/gone.txt 0-0 1", "/gone.txt 2-2 1"),
                lines(search("*.txt", 100)));
        assertEquals(List.of("/b/new.txt 1-1 1"), lines(search("/b/*", 100)));
        assertEquals(List.of("/a/other 0-0 1", "/a/other 1-3 3"), lines(search("oth?r", 100)));
        assertEquals(List.of(), lines(search("other.", 100)));
    }

    @Test
    void saysThatThereIsMore() throws BackupException {
        day(Map.of("/a", 1, "/b", 1, "/c", 1));
        day(Map.of("/a", 2, "/b", 1, "/c", 1));
        Found cut = search("*", 2);
        assertTrue(cut.more());
        assertEquals(List.of("/a 0-0 1", "/b 0-0 1"), lines(cut));
        assertFalse(search("*", 4).more());
        assertTrue(search("*", 3).more());
    }

    @Test
    void ignoresCaseOnlyIfAsked() {
        RawPath path = RawPath.of("/x/Größe.TXT");
        byte[] name = path.names().getLast();
        assertTrue(NamePattern.of("grÖße.txt", true).matches(path, name));
        assertFalse(NamePattern.of("grÖße.txt", false).matches(path, name));
        assertTrue(NamePattern.of("/X/*", true).matches(path, name));
        assertFalse(NamePattern.of("[x]*", false).matches(path, name));
        assertThrows(IllegalArgumentException.class, () -> NamePattern.of("", false));
    }
}
