package org.azekura.testkit.device;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/** Whole blobs in one call, as tests want them. */
public final class Blobs {

    private Blobs() {}

    /** Writes and commits a blob in two pieces; returns its content. */
    public static byte[] put(BlobStore store, String key, byte[] content) throws BackupException {
        try (BlobWriter writer = store.create(key)) {
            writer.write(ByteBuffer.wrap(content, 0, content.length / 3));
            writer.write(ByteBuffer.wrap(content, content.length / 3, content.length - content.length / 3).asReadOnlyBuffer());
            writer.commit();
        }
        return content;
    }

    /** Up to so many bytes from an offset; fewer at the blob's end. */
    public static byte[] get(BlobStore store, String key, long offset, int length) throws BackupException {
        ByteBuffer into = ByteBuffer.allocate(length);
        int got = store.read(key, offset, into);
        return Arrays.copyOf(into.array(), got);
    }

    /** Sizes by key; fails if a key is named twice. */
    public static Map<String, Long> list(BlobStore store, String prefix) throws BackupException {
        Map<String, Long> found = new TreeMap<>();
        store.list(prefix, blob -> assertNull(found.put(blob.key(), blob.size()), blob.key()));
        return found;
    }

    public static byte[] random(Random random, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }
}
