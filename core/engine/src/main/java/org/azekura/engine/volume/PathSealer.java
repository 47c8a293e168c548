package org.azekura.engine.volume;

import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.SaveSet;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Sealer;

/** Seals the paths of the save sets in one checkpoint, for who opens the pool's key ring. It seals nothing else, and no data. One thread. */
public final class PathSealer implements AutoCloseable {

    private final Sealer sealer;

    public PathSealer(KeyRing ring) {
        this.sealer = Sealer.open(ring.epoch(), ring.epochPublicKey());
    }

    /** Belongs beside what {@link #seal} gives. */
    public ConfigurationItem.PathKey key() {
        return new ConfigurationItem.PathKey(sealer.sealedKey());
    }

    /** @param via the client that collects, null if it is {@code client} itself */
    public ConfigurationItem.KeptSet seal(ClientName client, ClientName via, SaveSet set, Hooks hooks) {
        return ConfigurationItem.KeptSet.of(client, via, set, hooks, sealer);
    }

    /** Forgets the key. */
    @Override
    public void close() {
        sealer.close();
    }
}
