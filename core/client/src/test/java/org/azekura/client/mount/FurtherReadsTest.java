package org.azekura.client.mount;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.ChunkId;
import org.azekura.api.message.RestoreBatch;
import org.junit.jupiter.api.Test;

class FurtherReadsTest {

    private final List<ChunkId> asked = new ArrayList<>();
    private final Map<ChunkId, byte[]> got = new HashMap<>();

    private static ChunkId chunk(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    private void read(Chunks.Source first, int... chunks) throws Exception {
        List<RestoreBatch.ChunkKey> wanted = new ArrayList<>();
        for (int number : chunks) {
            wanted.add(new RestoreBatch.ChunkKey(chunk(number), new byte[32]));
        }
        new FurtherReads(first, (missing, taker) -> missing.keySet().forEach(chunk -> {
            asked.add(chunk);
            taker.take(chunk, chunk.equals(chunk(3)) ? null : new byte[] {2}, 1);
        })).read(wanted, got::put);
    }

    @Test
    void whatCantBeReadWhereItLiesComesFromElsewhereAndNothingElseIsAskedForThere() throws Exception {
        read((wanted, taker) -> {
            taker.take(chunk(1), new byte[] {1});
            taker.take(chunk(2), null);
        }, 1, 2, 3);
        assertEquals(List.of(chunk(2), chunk(3)), asked);
        assertArrayEquals(new byte[] {1}, got.get(chunk(1)));
        assertArrayEquals(new byte[] {2}, got.get(chunk(2)));
        assertEquals(null, got.get(chunk(3)));
    }

    @Test
    void whereNothingIsLostNobodyIsAsked() throws Exception {
        read((wanted, taker) -> wanted.forEach(key -> taker.take(key.chunk(), new byte[] {1})), 1, 2);
        assertFalse(got.isEmpty());
        assertEquals(List.of(), asked);
    }
}
