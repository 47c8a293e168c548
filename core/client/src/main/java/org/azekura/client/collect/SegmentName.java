package org.azekura.client.collect;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.engine.format.Sha256;

/** The id of a segment of small files, and the hash of each file in it. */
final class SegmentName extends ChunkName {

    private final List<int[]> slices = new ArrayList<>();
    private byte[][] hashes;

    /** Adds a file. Before the segment is handed to a worker. @return its number, for {@link #hash} */
    int add(int offset, int length) {
        slices.add(new int[] {offset, length});
        return slices.size() - 1;
    }

    /** SHA-256 of a file; there as soon as the id is. */
    byte[] hash(int slice) {
        return hashes[slice];
    }

    @Override
    void named(ChunkId id, byte[] bytes) {
        MessageDigest sha256 = Sha256.begin();
        hashes = new byte[slices.size()][];
        for (int i = 0; i < hashes.length; i++) {
            sha256.update(bytes, slices.get(i)[0], slices.get(i)[1]);
            hashes[i] = sha256.digest();
        }
        super.named(id, bytes);
    }
}
