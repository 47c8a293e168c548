package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.seal.TapeKeys;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.media.GivenUp;
import org.azekura.server.media.SetMembers;

/** What is on the medium of a pool: its label, opened by its node, and its key ring. Thread-safe. */
final class PoolVolumes {

    /** Starting a driver and reading every pack index of a big volume. */
    private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(10);
    static final Duration CONFIGURE_TIMEOUT = Duration.ofSeconds(30);

    /** What lies where copies are to go is the volume that they would be made from. */
    static final String SELF = "copy.self";

    /** Which cartridge is to be the volume of a pool that has none yet. */
    private static final String BARCODE = "pool.barcode.";

    /** How many bytes of a pool may wait for tape. */
    private static final String SPOOL = "pool.spool.";

    private volatile ApplianceId appliance;
    private final CatalogStore catalog;
    private final SigningKey signer;
    private final PoolVault vault;

    PoolVolumes(ApplianceId appliance, CatalogStore catalog, SigningKey signer, PoolVault vault) {
        this.appliance = appliance;
        this.catalog = catalog;
        this.signer = signer;
        this.vault = vault;
    }

    /** Who this appliance is. */
    ApplianceId appliance() {
        return appliance;
    }

    /** From now on this is another one: the one whose volumes it has taken over. */
    void become(ApplianceId id) {
        appliance = id;
    }

    /** For the first volume of a pool, or of a replica. */
    Label label(PoolName pool) throws BackupException {
        return catalog.read(view -> {
            Replica replica = view.replica(pool).orElse(null);
            return replica == null ? label(pool, pool + "-1", wanted(view, pool).map(Barcode::value).orElse(null))
                    : label(replica.of(), "copy of " + shown(replica.of()) + " in " + shown(replica.within()), null);
        });
    }

    /** A whole label for a cartridge of a pool that nothing lies on yet; its volume is called as its barcode. */
    byte[] blank(PoolName pool, Barcode barcode) {
        UUID random = UUID.randomUUID();
        VolumeId volume = new VolumeId(random.getMostSignificantBits(), random.getLeastSignificantBits());
        return new Label(volume, appliance, pool, barcode.value(), barcode.value(), Instant.now(), signer.publicKey(), volume, 0).sign(signer.privateKey());
    }

    /** Which cartridge the first volume of a pool is to be, if that was said and it is none yet. */
    static Optional<Barcode> wanted(CatalogView view, PoolName pool) throws BackupException {
        return view.setting(BARCODE + pool).map(Barcode::new);
    }

    /** Has the first volume of a pool be this cartridge; null: any. */
    void want(CatalogEdit edit, PoolName pool, Barcode barcode) throws BackupException {
        if (barcode == null) {
            edit.deleteSetting(BARCODE + pool);
        } else {
            edit.putSetting(BARCODE + pool, barcode.value());
        }
    }

    /** Has so many bytes of packs of the pool wait for tape at most; null: as many as its node finds sensible. */
    static void spool(CatalogEdit edit, PoolName pool, Long size) throws BackupException {
        if (size == null) {
            edit.deleteSetting(SPOOL + pool);
        } else {
            edit.putSetting(SPOOL + pool, Long.toString(size));
        }
    }

    /**
     * From which keys of a pool's cartridges are made; null if it lies on none, or its keys are not here. What is read is opened with them whether the pool is
     * sealed now or not: it may have been.
     */
    private byte[] tapeSecret(Pool pool) throws BackupException {
        if (Berth.of(pool).own()) {
            return null;
        }
        try {
            return TapeKeys.secret(vault.idKey(pool));
        } catch (BackupException e) {
            if (e.failure().code().startsWith("key.")) {
                return vault.tapeSecret(pool.name());
            }
            throw e;
        }
    }

    /** How many bytes of packs of the pool may wait for tape; -1: as many as its node finds sensible. */
    static long spool(CatalogView view, PoolName pool) throws BackupException {
        return view.setting(SPOOL + MediaSets.head(view, pool)).map(Long::parseLong).orElse(-1L);
    }

    /** The name of a volume has 63 characters at most. */
    private static String shown(PoolName pool) {
        return pool.value().length() <= 25 ? pool.value() : pool.value().substring(0, 24) + "~";
    }

    private Label label(PoolName pool, String name, String barcode) {
        UUID random = UUID.randomUUID();
        return new Label(new VolumeId(random.getMostSignificantBits(), random.getLeastSignificantBits()), appliance, pool, name, barcode,
                Instant.now(), signer.publicKey());
    }

    /**
     * Has the node open the volume of a pool, and notes in the catalog what it found.
     *
     * @param label null if the volume must have one already
     */
    PoolAnswer.VolumeReady open(Pool pool, ConnectedNode node, Label label) throws BackupException {
        PoolOrder.OpenPool order = order(pool, label);
        PoolAnswer.VolumeReady ready = node.ask(order, PoolAnswer.VolumeReady.class, OPEN_TIMEOUT);
        catalog.write(edit -> {
            requireOther(pool.name(), edit.volume(ready.volume()).orElse(null), ready);
            SetMembers.take(edit, pool.name(), ready, label);
            want(edit, pool.name(), null);
            if (ready.barcode() != null) {
                GivenUp.taken(edit, ready.volume(), ready.barcode());
            }
            return null;
        });
        return ready;
    }

    private PoolOrder.OpenPool order(Pool pool, Label label) throws BackupException {
        byte[] signed = label == null ? null : label.sign(signer.privateKey());
        byte[] secret = tapeSecret(catalog.read(view -> MediaSets.medium(view, pool)));
        return catalog.read(view -> {
            Replica replica = view.replica(pool.name()).orElse(null);
            PoolName medium = replica == null ? pool.name() : replica.within();
            return new PoolOrder.OpenPool(pool.name(), pool.device(), appliance, signed, pool.keyRing(), replica == null ? null : replica.of(),
                    replica == null ? null : replica.within(), barcode(view, medium), spool(view, medium),
                    secret, view.mediaRules(medium).sealed(), MediaSets.isClosed(view, MediaSets.medium(view, pool)));
        });
    }

    /**
     * Has the node write the label of a pool's volume again, which is gone with what lay beside it, and opens it.
     *
     * @param place where it was; null if somebody has said that it is to be done where its device is now
     */
    PoolAnswer.VolumeReady remake(Pool pool, ConnectedNode node, Volume was, String place) throws BackupException {
        PoolName named = catalog.read(view -> Replicas.origin(view, pool.name()));
        Label label = new Label(was.id(), appliance, named, was.label(), was.barcode(), was.labelled() == null ? Instant.now() : was.labelled(), signer.publicKey());
        node.ask(new PoolOrder.RemakeVolume(order(pool, label), place), PoolAnswer.VolumeReady.class, OPEN_TIMEOUT);
        return open(pool, node, null);
    }

    /** Of the cartridge that is, or is to be, a pool's first volume; null: it has none, or any will do. */
    private static Barcode barcode(CatalogView view, PoolName pool) throws BackupException {
        Volume first = first(view, pool).orElse(null);
        if (first != null && first.barcode() != null) {
            return new Barcode(first.barcode());
        }
        return wanted(view, pool).orElse(null);
    }

    /** The volume with which a pool begins; empty if it has none yet. Those that were labelled beforehand are none of it. */
    static Optional<Volume> first(CatalogView view, PoolName pool) throws BackupException {
        return view.volumes().stream().filter(volume -> volume.pool().equals(pool) && volume.isInSet())
                .min(Comparator.comparingInt(Volume::number));
    }

    /** One volume can't be both a pool's own and the one for its copies. */
    private static void requireOther(PoolName pool, Volume known, PoolAnswer.VolumeReady ready) throws BackupException {
        if (known != null && !known.pool().equals(pool)) {
            throw BackupException.operator(SELF, ready.location(), ready.location() + " holds volume \"" + ready.label() + "\", which pool "
                    + known.pool() + " is served from: copy to another pool");
        }
    }

    /** A change of the key ring may have been cut off before it was on the volume: so this is asked at every opening, too. */
    static void store(Pool pool, ConnectedNode node) throws BackupException {
        node.ask(new PoolOrder.StoreKeyRing(pool.name(), pool.keyRing()), Answer.Done.class, ConnectedNode.DURABLE);
    }
}
