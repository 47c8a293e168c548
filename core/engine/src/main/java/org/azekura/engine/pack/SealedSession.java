package org.azekura.engine.pack;

import java.util.Arrays;
import java.util.Objects;
import org.azekura.api.SessionId;

/**
 * A session key as it stands in a pack's header.
 *
 * @param sealedKey opaque here, 1 to {@value #MAX_KEY_BYTES} bytes
 */
public record SealedSession(SessionId session, byte[] sealedKey) {

    /** No sealed key is longer. */
    public static final int MAX_KEY_BYTES = 4096;

    public SealedSession {
        Objects.requireNonNull(session);
        if (sealedKey.length < 1 || sealedKey.length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("a sealed key has 1 to " + MAX_KEY_BYTES + " bytes, not " + sealedKey.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedSession s && session.equals(s.session) && Arrays.equals(sealedKey, s.sealedKey);
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }
}
