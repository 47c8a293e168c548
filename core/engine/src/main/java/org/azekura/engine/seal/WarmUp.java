package org.azekura.engine.seal;

import java.nio.ByteBuffer;

/** Runs AES-GCM on small pieces until it is compiled: the runtime counts calls, so small ones count as much as large ones. */
final class WarmUp {

    private static final int CALLS = 20_000;
    private static final int PIECE = 1 << 10;

    private WarmUp() {}

    /** Does its work in the first call; further calls wait for that one at most. */
    static void once() {
        Done.touch();
    }

    /** A class is initialised once. */
    private static final class Done {

        static {
            run();
        }

        static void touch() {}
    }

    private static void run() {
        byte[] key = new byte[Gcm.KEY_BYTES];
        byte[] piece = new byte[PIECE];
        byte[] sealed = new byte[PIECE + Gcm.TAG_BYTES];
        try {
            for (int i = 0; i < CALLS; i++) {
                byte[] nonce = ByteBuffer.allocate(Gcm.NONCE_BYTES).putInt(i).array();
                Gcm.sealing(key, nonce).seal(piece, 0, PIECE, sealed, 0);
                Gcm.opening(key, nonce).open(ByteBuffer.wrap(sealed));
            }
        } catch (javax.crypto.AEADBadTagException e) {
            throw new IllegalStateException(e);
        }
    }
}
