package org.azekura.engine.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import javax.crypto.Mac;
import org.azekura.api.ChunkId;

/** Names chunks under a pool's id key. Thread-safe. */
public final class ChunkNamer {

    /** Size of a pool's id key. */
    public static final int KEY_BYTES = 32;

    private final Keyed content;
    private final Keyed tree;
    private final Keyed link;
    private final long pageSeed;

    /** @throws IllegalArgumentException if the key has not {@value #KEY_BYTES} bytes */
    public ChunkNamer(byte[] idKey) {
        checkKey(idKey);
        content = new Keyed(idKey);
        tree = new Keyed(Hkdf.derive(idKey, "azekura tree".getBytes(US_ASCII), KEY_BYTES));
        link = new Keyed(Hkdf.derive(idKey, "azekura link".getBytes(US_ASCII), KEY_BYTES));
        pageSeed = ByteBuffer.wrap(Hkdf.derive(idKey, "azekura page".getBytes(US_ASCII), Long.BYTES)).getLong();
    }

    static void checkKey(byte[] idKey) {
        if (idKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("a pool's id key has " + KEY_BYTES + " bytes, not " + idKey.length);
        }
    }

    /** The name of a piece of content. */
    public ChunkId data(byte[] bytes, int from, int length) {
        Mac mac = content.mac();
        mac.update(bytes, from, length);
        return ChunkId.of(mac.doFinal());
    }

    /** The name of a page. It has a key of its own, so no file's content can be made to have the same name. */
    public ChunkId tree(byte[] clear, byte[] plain) {
        Mac mac = tree.mac();
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, clear.length));
        mac.update(clear);
        mac.update(plain);
        return ChunkId.of(mac.doFinal());
    }

    /** What the hash that ends tree pages begins with: so lengths of pages do not tell a known directory. */
    public long pageSeed() {
        return pageSeed;
    }

    /** A number for all hard links of one file, from bytes that name no other file, now or later; never 0. */
    public long linkGroup(byte[] name) {
        long group = ByteBuffer.wrap(link.mac().doFinal(name)).getLong();
        return group == 0 ? 1 : group;
    }
}
