package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.identity.HostRole;

/**
 * A code by which a host can join. The code itself is not kept.
 *
 * @param id     the clear part of the code
 * @param role   that the host will have; null: it says which
 * @param name   that the host will have; null: it says its own
 * @param key    what the code's holder proves that he knows, 32 bytes
 * @param holder SHA-256 of the public key of the host that used it; null before
 */
public record Invitation(String id, HostRole role, String name, byte[] key, Instant expires, byte[] holder) {

    /** The same, used. */
    public Invitation usedBy(byte[] publicKeyHash) {
        return new Invitation(id, role, name, key, expires, publicKeyHash);
    }
}
