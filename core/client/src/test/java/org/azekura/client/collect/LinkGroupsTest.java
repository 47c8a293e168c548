package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.Test;

class LinkGroupsTest {

    private static final LinkGroups.Shared SHARED = new LinkGroups.Shared(7, new PendingContent.Known(new Entry.Content.None()), 10, false);

    private final LinkGroups groups = new LinkGroups();

    private static FileStat stat(FileType type, long inode, int links, long size, int mtimeNano, int ctimeNano) {
        return new FileStat(type, 0644, 0, 0, links, inode, 9, size, 8, 1000, mtimeNano, 2000, ctimeNano, 0);
    }

    private static FileStat file(long inode, int links) {
        return stat(FileType.FILE, inode, links, 10, 1, 1);
    }

    @Test
    void aFileIsKnownUntilAllItsNamesWereMet() {
        groups.put(file(5, 3), SHARED);
        assertNull(groups.find(file(6, 3)));
        assertEquals(SHARED, groups.find(file(5, 3)));
        assertEquals(SHARED, groups.find(file(5, 3)));
        assertNull(groups.find(file(5, 3)));
    }

    @Test
    void whatChangedOrTookTheInodeMeanwhileIsAnotherFile() {
        for (FileStat other : new FileStat[] {stat(FileType.FILE, 5, 2, 11, 1, 1), stat(FileType.FILE, 5, 2, 10, 2, 1),
            stat(FileType.FILE, 5, 2, 10, 1, 2), stat(FileType.SYMLINK, 5, 2, 10, 1, 1)}) {
            groups.put(file(5, 2), SHARED);
            assertNull(groups.find(other), other.toString());
        }
    }

    @Test
    void manyAreKnownAtOnce() {
        int many = 100_000;
        for (int i = 0; i < many; i++) {
            groups.put(file(i, 3), new LinkGroups.Shared(i, SHARED.content(), 10, false));
        }
        for (int name = 0; name < 2; name++) {
            for (int i = 0; i < many; i++) {
                assertEquals(i, groups.find(file(i, 3)).group());
            }
        }
        assertNull(groups.find(file(many / 2, 3)));
    }

    @Test
    void knowsWhatAMapKnows() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        record Key(long device, long inode) {}
        Map<Key, Long> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            Key key = new Key(random.nextInt(3), random.nextInt(1000) * (random.nextBoolean() ? 1L << 40 : 1));
            FileStat stat = new FileStat(FileType.FILE, 0644, 0, 0, 2, key.inode, key.device, 10, 8, 1000, 0, 2000, 0, 0);
            LinkGroups.Shared found = groups.find(stat);
            assertEquals(expected.remove(key), found == null ? null : (Long) found.group());
            if (random.nextInt(4) > 0) {
                long group = random.nextLong();
                groups.put(stat, new LinkGroups.Shared(group, null, 0, false));
                expected.put(key, group);
            }
        }
    }
}
