package org.azekura.engine.volume;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.SaveSet;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Sealer;

/** Seals what is private of the configuration in one checkpoint, the paths of save sets above all, for who opens the pool's key ring. It seals no data. One thread. */
public final class PathSealer implements AutoCloseable {

    private final Sealer sealer;

    public PathSealer(KeyRing ring) {
        this.sealer = Sealer.open(ring.epoch(), ring.epochPublicKey());
    }

    /** Belongs beside what {@link #seal} and {@link #hide} give. */
    public ConfigurationItem.PathKey key() {
        return new ConfigurationItem.PathKey(sealer.sealedKey());
    }

    /** @param via the client that collects, null if it is {@code client} itself */
    public ConfigurationItem.KeptSet seal(ClientName client, ClientName via, SaveSet set, Hooks hooks) {
        return ConfigurationItem.KeptSet.of(client, via, set, hooks, sealer);
    }

    /** @return null if a checkpoint can't say this: readers would not take it */
    public ConfigurationItem.Hidden hide(PrivateItem item) {
        ConfigurationItem.Hidden hidden = ConfigurationItem.Hidden.of(item, sealer);
        try {
            return PrivateItem.of(item.encoded()).equals(item) && CheckpointWriter.canSay(hidden) ? hidden : null;
        } catch (BackupException e) {
            return null;
        }
    }

    /** Forgets the key. */
    @Override
    public void close() {
        sealer.close();
    }
}
