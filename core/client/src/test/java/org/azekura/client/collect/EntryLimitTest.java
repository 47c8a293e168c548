package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.client.posix.Attributes;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeWriter;
import org.junit.jupiter.api.Test;

class EntryLimitTest {

    @Test
    void asManyAttributesAsAreReadFitInATreeWithTheLongestOfAllElse() throws Exception {
        for (int value : new int[] {0, 1, 64 << 10}) {
            List<Entry.Xattr> xattrs = new ArrayList<>();
            for (int bytes = 0; bytes + 20 + value <= Attributes.MAX_BYTES; bytes += 20 + value) {
                xattrs.add(new Entry.Xattr(ByteBuffer.allocate(4).putInt(xattrs.size()).array(), new byte[value]));
            }
            String account = "a".repeat(64 << 10);
            Entry entry = new Entry("n".repeat(Entry.MAX_NAME).getBytes(StandardCharsets.UTF_8), Entry.Type.SYMLINK, 0777, 1, 2, account, account, 0, Instant.MAX, Instant.MIN,
                    -1, new byte[4096], 0, 0, xattrs, new Entry.Content.None(), true);
            List<ChunkId> pages = new ArrayList<>();
            TreeWriter writer = new TreeWriter(new ChunkNamer(new byte[ChunkNamer.KEY_BYTES]), (id, page) -> pages.add(id));
            writer.add(entry);
            ChunkId tree = writer.finish();
            assertEquals(tree, pages.getLast());
        }
    }
}
