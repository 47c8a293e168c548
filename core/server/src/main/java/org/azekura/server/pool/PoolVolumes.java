package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.ConnectedNode;

/** What is on the medium of a pool: its label, opened by its node, and its key ring. Thread-safe. */
final class PoolVolumes {

    /** Starting a driver and reading every pack index of a big volume. */
    private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(10);
    static final Duration CONFIGURE_TIMEOUT = Duration.ofSeconds(30);

    private volatile ApplianceId appliance;
    private final CatalogStore catalog;
    private final SigningKey signer;

    PoolVolumes(ApplianceId appliance, CatalogStore catalog, SigningKey signer) {
        this.appliance = appliance;
        this.catalog = catalog;
        this.signer = signer;
    }

    /** Who this appliance is. */
    ApplianceId appliance() {
        return appliance;
    }

    /** From now on this is another one: the one whose volumes it has taken over. */
    void become(ApplianceId id) {
        appliance = id;
    }

    /** For the first volume of a pool. */
    Label label(PoolName pool) {
        UUID random = UUID.randomUUID();
        return new Label(new VolumeId(random.getMostSignificantBits(), random.getLeastSignificantBits()), appliance, pool, pool + "-1", null,
                Instant.now(), signer.publicKey());
    }

    /**
     * Has the node open the volume of a pool, and notes in the catalog what it found.
     *
     * @param label null if the volume must have one already
     */
    Answer.VolumeReady open(Pool pool, ConnectedNode node, Label label) throws BackupException {
        byte[] signed = label == null ? null : label.sign(signer.privateKey());
        Answer.VolumeReady ready = node.ask(new NodeOrder.OpenPool(pool.name(), pool.device(), appliance, signed, pool.keyRing()),
                Answer.VolumeReady.class, OPEN_TIMEOUT);
        catalog.write(edit -> {
            edit.putVolume(volume(pool.name(), ready));
            return null;
        });
        return ready;
    }

    private static Volume volume(PoolName pool, Answer.VolumeReady ready) {
        return new Volume(ready.volume(), pool, ready.label(), null, Volume.State.APPENDABLE, ready.location(), ready.used(),
                ready.capacity());
    }

    /** A change of the key ring may have been cut off before it was on the volume: so this is asked at every opening, too. */
    static void store(Pool pool, ConnectedNode node) throws BackupException {
        node.ask(new NodeOrder.StoreKeyRing(pool.name(), pool.keyRing()), Answer.Done.class, CONFIGURE_TIMEOUT);
    }
}
