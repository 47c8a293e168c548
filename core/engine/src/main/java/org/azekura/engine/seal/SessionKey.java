package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.Hkdf;

/** The key of one backup session, from which the keys of its chunks come. Thread-safe. */
public final class SessionKey {

    private static final byte[] INFO = "azekura chunk".getBytes(US_ASCII);

    private final SessionId session;
    private final byte[] key;

    SessionKey(SessionId session, byte[] key) {
        this.session = session;
        this.key = key;
    }

    public SessionId session() {
        return session;
    }

    /** The key that opens this chunk as this session sealed it, and nothing else. */
    public byte[] chunkKey(ChunkId id) {
        ByteBuffer info = ByteBuffer.allocate(INFO.length + ChunkId.BYTES).put(INFO);
        id.write(info);
        return Hkdf.derive(key, info.array(), Gcm.KEY_BYTES);
    }

    void forget() {
        Arrays.fill(key, (byte) 0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "key of session " + session;
    }
}
