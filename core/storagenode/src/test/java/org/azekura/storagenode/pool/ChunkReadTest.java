package org.azekura.storagenode.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;

/** A service far away is asked once for each chunk: its answers are what a restore waits for. */
class ChunkReadTest {

    private static final PackId PACK = PackId.parse("3f2a0193b2c4d5e6f708192a3b4c5d6e");
    private static final ChunkIndex.Found PLACE = new ChunkIndex.Found(new ChunkId(1, 2, 3, 4), new KnownPack(0, PACK, false, null, 100, 1, Instant.EPOCH), 0, 100, null, false);

    private final MemoryStore store = new MemoryStore();
    private final List<String> calls = new ArrayList<>();

    private ChunkRead read() throws BackupException {
        store.fault((doing, key) -> calls.add(doing));
        return ChunkRead.of(store, PLACE);
    }

    @Test
    void asksOnceForWhatIsThere() throws Exception {
        Blobs.put(store, VolumeKeys.pack(PACK), new byte[100]);
        assertInstanceOf(ChunkRead.Missing.class, read(), "these bytes are no chunk");
        assertEquals(List.of("read"), calls);
    }

    @Test
    void saysWhichPackIsNotThere() throws Exception {
        String what = assertInstanceOf(ChunkRead.Missing.class, read()).what();
        assertTrue(what.contains(VolumeKeys.pack(PACK)), what);
        assertEquals(List.of("read"), calls);
    }
}
