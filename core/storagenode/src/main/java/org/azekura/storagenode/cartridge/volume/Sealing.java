package org.azekura.storagenode.cartridge.volume;

import java.util.Objects;

/**
 * How drives seal the cartridges of a pool, beside what is sealed already when it comes to them.
 *
 * @param secret from which keys are made, {@link org.azekura.engine.seal.TapeKeys#secret}; in memory only
 * @param seals  whether what is written is sealed; what is read is opened in any case
 */
public record Sealing(byte[] secret, boolean seals) {

    public Sealing {
        Objects.requireNonNull(secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return seals ? "sealed by drives" : "opened by drives";
    }
}
