package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.server.Pools;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media pools: made, opened on their nodes, listed. */
public final class MediaPools implements Pools {

    private static final Logger log = LoggerFactory.getLogger(MediaPools.class);
    /** Starting a driver and reading every pack index of a big volume. */
    private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration CONFIGURE_TIMEOUT = Duration.ofSeconds(30);

    private volatile ApplianceId appliance;
    private final CatalogStore catalog;
    private final Hosts hosts;
    private final PoolVault vault;
    private final SigningKey signer;
    private final ReentrantLock making = new ReentrantLock();
    private final Map<PoolName, String> offline = new ConcurrentHashMap<>();

    public MediaPools(ApplianceId appliance, CatalogStore catalog, Hosts hosts, PoolVault vault, SigningKey signer) {
        this.appliance = appliance;
        this.catalog = catalog;
        this.hosts = hosts;
        this.vault = vault;
        this.signer = signer;
    }

    /** Who this appliance is. */
    public ApplianceId appliance() {
        return appliance;
    }

    /** From now on this is another one: the one whose volumes it has taken over. */
    void become(ApplianceId id) {
        appliance = id;
    }

    @Override
    public List<Pool> list() throws BackupException {
        return catalog.read(view -> view.pools());
    }

    @Override
    public Pool get(PoolName name) throws BackupException {
        return catalog.read(view -> view.pool(name)).orElseThrow(() -> unknown(name));
    }

    private BackupException unknown(PoolName name) {
        return BackupException.operator("pool.unknown", name.value(), "there is no pool " + name + "; \"azekura pool list\" names them all");
    }

    @Override
    public List<Volume> volumes(PoolName name) throws BackupException {
        get(name);
        return catalog.read(view -> view.volumes()).stream().filter(volume -> volume.pool().equals(name)).toList();
    }

    /** The pool by its name; without a name the only one, or the one called default. */
    public Pool choose(PoolName name) throws BackupException {
        if (name != null) {
            return get(name);
        }
        List<Pool> all = list();
        if (all.size() == 1) {
            return all.getFirst();
        }
        return all.stream().filter(pool -> pool.name().value().equals("default")).findFirst().orElseThrow(() -> BackupException.operator(
                "pool.unnamed", "", all.isEmpty() ? "there is no pool yet; make one with \"azekura pool create\""
                        : "there are several pools and none is called default; name one with --pool"));
    }

    @Override
    public Pool create(PoolName name, String driver, Map<String, String> settings, Readers readers) throws BackupException {
        List<Recipient> recipients = recipients(readers);
        making.lock();
        try {
            if (catalog.read(view -> view.pool(name)).isPresent()) {
                throw BackupException.operator("pool.exists", name.value(), "there is a pool " + name + " already; choose another name");
            }
            return make(name, driver, settings, theNode(), recipients, readers.sealed());
        } finally {
            making.unlock();
        }
    }

    @Override
    public Pool tune(PoolName name, Tuning tuning) throws BackupException {
        Pool pool = catalog.write(edit -> {
            Pool now = edit.pool(name).orElseThrow(() -> unknown(name));
            Pool then = now.with(tuning.livePercent() == null ? now.livePercent() : tuning.livePercent(),
                    tuning.compressionLevel() == null ? now.compressionLevel() : tuning.compressionLevel());
            edit.putPool(then);
            return then;
        });
        log.info("pool={} live={}% level={}", name, pool.livePercent(), pool.compressionLevel());
        return pool;
    }

    private static List<Recipient> recipients(Readers readers) throws BackupException {
        List<Recipient> recipients = new ArrayList<>();
        for (String text : readers.recipients()) {
            recipients.add(Recipient.parse(text));
        }
        if (readers.sealed() && recipients.isEmpty()) {
            throw BackupException.operator("recipient.none", "", "a sealed pool needs somebody who can read it: give the file of a public key, as"
                    + " \"azekura key generate\" makes it");
        }
        return recipients;
    }

    ConnectedNode theNode() throws BackupException {
        return hosts.nodes().stream().min((a, b) -> a.name().compareTo(b.name())).orElseThrow(() -> BackupException.network("node.offline",
                "", "no storage node is connected; a pool needs one", null));
    }

    /**
     * The pool is in the catalog before anything is on the medium, its volume only when the label is: what was cut off in
     * between is done the next time its node joins.
     */
    private Pool make(PoolName name, String driver, Map<String, String> settings, ConnectedNode node, List<Recipient> recipients, boolean sealed)
            throws BackupException {
        DeviceName device = new DeviceName(name.value());
        node.ask(new NodeOrder.ConfigureDevice(device, driver, settings), Answer.Done.class, CONFIGURE_TIMEOUT);
        boolean made = false;
        try {
            Instant now = Instant.now();
            // nothing of a sealed pool is here that could be exported
            Pool pool = new Pool(name, node.name(), device, driver, ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT,
                    ring(name, recipients, sealed).encoded(), now, sealed ? now : null);
            catalog.write(edit -> {
                edit.putPool(pool);
                return null;
            });
            Label label = label(name);
            Answer.VolumeReady ready = open(pool, node, label);
            if (!ready.volume().equals(label.volume())) {
                throw BackupException.operator("volume.taken", ready.location(), ready.location() + " holds volume " + ready.label()
                        + " already; choose an empty place");
            }
            made = true;
            log.info("pool={} made on node={} at {}, volume={}", name, node.name(), ready.location(), ready.label());
            return pool;
        } finally {
            if (!made) {
                withdraw(name, device, node, true);
            }
        }
    }

    /** Makes the pool's keys and keeps those that the server needs: its own, or of a sealed pool what names chunks. */
    private KeyRing ring(PoolName name, List<Recipient> others, boolean sealed) throws BackupException {
        byte[] idKey = PoolKeys.newIdKey();
        List<Recipient> recipients = new ArrayList<>(others);
        if (sealed) {
            vault.keepIdKey(name, idKey);
        } else {
            RecipientKey own = RecipientKey.generate();
            vault.keep(name, own);
            recipients.addFirst(Recipient.of("appliance " + appliance.toString().substring(0, 8), own));
        }
        try {
            return KeyRing.create(recipients, idKey);
        } catch (IllegalArgumentException e) {
            throw BackupException.operator("recipient.invalid", name.value(), e.getMessage());
        }
    }

    private Label label(PoolName pool) {
        UUID random = UUID.randomUUID();
        return new Label(new VolumeId(random.getMostSignificantBits(), random.getLeastSignificantBits()), appliance, pool, pool + "-1", null,
                Instant.now(), signer.publicKey());
    }

    /** @param label null if the volume must have one already */
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

    /** @param forget whether its keys go, too */
    void withdraw(PoolName name, DeviceName device, ConnectedNode node, boolean forget) {
        try {
            catalog.write(edit -> {
                edit.deletePool(name);
                return null;
            });
            if (forget) {
                vault.forget(name);
            }
            offline.remove(name);
            node.ask(new NodeOrder.ClosePool(name), Answer.Done.class, CONFIGURE_TIMEOUT);
            node.ask(new NodeOrder.RemoveDevice(device), Answer.Done.class, CONFIGURE_TIMEOUT);
        } catch (BackupException e) {
            log.warn("pool={} could not be withdrawn wholly: {}", name, e.getMessage());
        }
    }

    private static Volume volume(PoolName pool, Answer.VolumeReady ready) {
        return new Volume(ready.volume(), pool, ready.label(), null, Volume.State.APPENDABLE, ready.location(), ready.used(),
                ready.capacity());
    }

    /** Who is told when packs that the catalog knows are not on their volume. */
    @FunctionalInterface
    public interface Alarm {
        void packsMissing(Pool pool, ConnectedNode node, List<PackId> missing) throws BackupException;
    }

    /** Has a node that joined serve its pools. What fails is kept for {@link #offline}; the others are served. */
    public void open(ConnectedNode node, Alarm alarm) throws BackupException {
        for (Pool pool : list()) {
            if (pool.node().equals(node.name())) {
                try {
                    serve(pool, node, alarm);
                } catch (BackupException e) {
                    log.warn("pool={} can't be served by node={}: {}", pool.name(), node.name(), e.getMessage());
                }
            }
        }
    }

    /**
     * Tries once more to serve a pool that could not be served: somebody may have mounted its disk.
     *
     * @throws BackupException {@code pool.offline} saying why it can't be served now
     */
    public void require(Pool pool, Alarm alarm) throws BackupException {
        if (offline.containsKey(pool.name())) {
            try {
                serve(pool, hosts.node(pool.node()), alarm);
            } catch (BackupException e) {
                throw BackupException.operator("pool.offline", pool.name().value(), "pool " + pool.name() + " can't be used: "
                        + e.getMessage());
            }
        }
    }

    /** Packs that the catalog knows and that are not on their volume, now. */
    public List<PackId> missing(Pool pool, ConnectedNode node) throws BackupException {
        List<PackId> missing = new ArrayList<>();
        for (Volume volume : volumes(pool.name())) {
            missing.addAll(new PackCensus(catalog, node).take(pool.name(), volume.id()));
        }
        return missing;
    }

    private void serve(Pool pool, ConnectedNode node, Alarm alarm) throws BackupException {
        try {
            Answer.VolumeReady ready = open(pool, node, volumes(pool.name()).isEmpty() ? label(pool.name()) : null);
            store(get(pool.name()), node);
            List<PackId> missing = new PackCensus(catalog, node).take(pool.name(), ready.volume());
            offline.remove(pool.name());
            log.info("pool={} is served by node={} from {}", pool.name(), node.name(), ready.location());
            if (!missing.isEmpty()) {
                alarm.packsMissing(pool, node, missing);
            }
        } catch (BackupException e) {
            offline.put(pool.name(), e.getMessage());
            throw e;
        }
    }

    /** A change of the key ring may have been cut off before it was on the volume: so this is asked at every opening, too. */
    private static void store(Pool pool, ConnectedNode node) throws BackupException {
        node.ask(new NodeOrder.StoreKeyRing(pool.name(), pool.keyRing()), Answer.Done.class, CONFIGURE_TIMEOUT);
    }

    /** Writes the pool's key ring on its volume; if that can't be done, the pool can't be used until it is. */
    public void storeKeyRing(Pool pool) {
        try {
            store(pool, hosts.node(pool.node()));
        } catch (BackupException e) {
            offline.put(pool.name(), "its new key ring is not on the volume yet: " + e.getMessage());
            log.warn("pool={} its new key ring is not on the volume yet: {}", pool.name(), e.getMessage());
        }
    }

    /** Pools that can't be served, and why. */
    public Map<PoolName, String> offline() {
        return Map.copyOf(offline);
    }

    @Override
    public String exportKey(PoolName name) throws BackupException {
        Pool pool = get(name);
        String text = RecoveryFile.of(name, vault.recipient(name), KeyRing.parse(pool.keyRing())).text();
        catalog.write(edit -> {
            Pool now = edit.pool(name).orElseThrow();
            edit.putPool(now.with(now.keyRing(), Instant.now()));
            return null;
        });
        log.info("pool={} key exported", name);
        return text;
    }

    /** Where a node keeps the pools it serves, as far as the catalog knows. */
    public List<Volume> volumesOn(NodeName node) throws BackupException {
        return catalog.read(view -> {
            List<PoolName> names = view.pools().stream().filter(pool -> pool.node().equals(node)).map(Pool::name).toList();
            return view.volumes().stream().filter(volume -> names.contains(volume.pool())).toList();
        });
    }
}
