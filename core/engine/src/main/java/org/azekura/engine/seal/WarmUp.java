package org.azekura.engine.seal;

import java.nio.ByteBuffer;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;

/**
 * Runs what seals and opens until it is compiled.
 *
 * <p>The mixture of sizes was measured (Java 25, first 16 MiB after it, GiB per processor second): sealing 0.05 without, 2.3 to 3.8 with it;
 * opening 0.07 without, 4 to 7 with it. With small pieces alone one run in three never compiled the opening of large ones.
 */
final class WarmUp {

    private static final int CALLS = 4000;
    private static final int PIECE = 9000;
    private static final int LARGE = 1 << 20;
    private static final int LARGE_EVERY = 1000;

    private WarmUp() {}

    /** Does its work in the first call; others wait for that one at most. */
    static void once() {
        Done.touch();
    }

    /** A class is initialised once. */
    private static final class Done {

        static {
            try {
                session();
                ciphers();
            } catch (BackupException | AEADBadTagException e) {
                throw new IllegalStateException(e);
            }
        }

        static void touch() {}
    }

    /** Loads the native library and the classes of a session. */
    private static void session() throws BackupException {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        RecipientKey key = new RecipientKey(new byte[XWing.SEED_BYTES]);
        KeyRing ring = KeyRing.create(List.of(Recipient.of("warm-up", key)));
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            PoolKeys keys = ring.unlock(key);
            ByteBuffer frame = sealer.seal(ChunkKind.DATA, id, new byte[0], new byte[PIECE], 0, PIECE, 1);
            Unsealer.open(Frame.parse(frame), keys.session(sealer.sealedKey()).chunkKey(id));
        }
    }

    private static void ciphers() throws AEADBadTagException {
        byte[] key = new byte[Gcm.KEY_BYTES];
        for (int i = 1; i <= CALLS; i++) {
            byte[] plain = new byte[i % LARGE_EVERY == 0 ? LARGE : PIECE];
            byte[] nonce = ByteBuffer.allocate(Gcm.NONCE_BYTES).putInt(i).array();
            byte[] sealed = Gcm.sealing(key, nonce).seal(plain);
            Gcm.opening(key, nonce).open(ByteBuffer.wrap(sealed));
        }
    }
}
