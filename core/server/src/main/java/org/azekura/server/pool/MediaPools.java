package org.azekura.server.pool;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Thaw;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Edition;
import org.azekura.server.host.Hosts;
import org.azekura.server.library.CartridgeLabels;
import org.azekura.server.media.MediaDesk;
import org.azekura.server.media.VolumeLabels;
import org.azekura.server.trees.TreeStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media pools: made, opened on their nodes, listed. */
public final class MediaPools implements Pools, CartridgeLabels {

    private static final Logger log = LoggerFactory.getLogger(MediaPools.class);

    private final NodeName local;
    private final CatalogStore catalog;
    private final Hosts hosts;
    private final PoolVault vault;
    private final PoolVolumes volumes;
    private final PoolService service;
    private final DriveSealing sealing;
    private final PoolMaking making;
    private final PoolRemoval removal;
    private final Replicas replicas;
    private final SetDesk sets;
    private final MediaDesk media;
    private volatile Alarm alarm = (pool, node, missing) -> {};

    /** @param local the node of this host, if there is one */
    public MediaPools(ApplianceId appliance, NodeName local, CatalogStore catalog, Hosts hosts, PoolVault vault, SigningKey signer, TreeStore trees) {
        this.local = local;
        this.catalog = catalog;
        this.hosts = hosts;
        this.vault = vault;
        this.volumes = new PoolVolumes(appliance, catalog, signer, vault);
        this.service = new PoolService(catalog, hosts, volumes);
        this.sealing = new DriveSealing(hosts);
        this.making = new PoolMaking(catalog, vault, volumes, service, sealing);
        this.removal = new PoolRemoval(catalog, making, vault, service.making());
        this.sets = new SetDesk(catalog, hosts, new SetBeginning(catalog, trees, vault, making, service.making()), removal, service);
        this.replicas = new Replicas(catalog, hosts, service);
        this.media = new MediaDesk(catalog, LibraryInventory::of, new VolumeLabels(volumes::appliance, signer), InstantSource.system());
    }

    /** From what keys of the cartridges of a pool are made that is not there yet; null if nobody has said. */
    byte[] tapeSecret(PoolName pool) throws BackupException {
        return vault.tapeSecret(pool);
    }

    /** Which cartridges pools have, and get. */
    public MediaDesk media() {
        return media;
    }

    /** The volumes for copies. */
    public Replicas replicas() {
        return replicas;
    }

    /** Who this appliance is. */
    public ApplianceId appliance() {
        return volumes.appliance();
    }

    @Override
    public byte[] label(Pool pool, Barcode barcode) {
        return volumes.blank(pool.name(), barcode);
    }

    @Override
    public boolean isOwn(Label label) {
        return label.appliance().equals(appliance());
    }

    /** From now on this is another one: the one whose volumes it has taken over. */
    void become(ApplianceId id) {
        volumes.become(id);
    }

    /** Who is told of packs that are missing when somebody has a volume made anew. */
    public void heeds(Alarm told) {
        alarm = told;
    }

    @Override
    public Pool remake(PoolName name) throws BackupException {
        Pool pool = get(name);
        ConnectedNode node = hosts.node(pool.node());
        for (Pool each : withReplicas(List.of(pool))) {
            if (each.name().equals(name) || catalog.read(view -> PoolVolumes.first(view, each.name())).isPresent()) {
                service.remake(each, node, alarm);
            }
        }
        return pool;
    }

    @Override
    public List<Pool> list() throws BackupException {
        return catalog.read(view -> view.pools());
    }

    /** These with their sets, and the replicas that lie in them. */
    public List<Pool> withReplicas(List<Pool> pools) throws BackupException {
        List<Pool> all = new ArrayList<>();
        for (Pool pool : pools) {
            all.addAll(catalog.read(view -> MediaSets.of(view, pool)));
        }
        for (Pool set : List.copyOf(all)) {
            all.addAll(replicas.within(set.name()));
        }
        return all;
    }

    /** Those whose packs may lie on the media of one set of a pool: itself, and the replicas in it. */
    public List<Pool> onMediaOf(Pool set) throws BackupException {
        return catalog.read(view -> Replicas.onMediaOf(view, set));
    }

    @Override
    public int set(PoolName name) throws BackupException {
        return catalog.read(view -> MediaSets.number(view, name));
    }

    @Override
    public Pool cut(PoolName name) throws BackupException {
        Pool closed = sets.open(get(name));
        Pool begun = sets.next(closed);
        tell(closed);
        return begun;
    }

    /** The same for jobs, which wait for nobody who makes a pool or set; empty, at once, if it was not done. */
    public Optional<Pool> cutUnlessBusy(PoolName name) throws BackupException {
        Pool closed = sets.open(get(name));
        Optional<Pool> begun = sets.nextUnlessBusy(closed);
        if (begun.isPresent()) {
            tell(closed);
        }
        return begun;
    }

    /** The media sets of the pools in libraries. */
    public SetDesk sets() {
        return sets;
    }

    @Override
    public Pool get(PoolName name) throws BackupException {
        return catalog.read(view -> view.replica(name).isPresent() ? Optional.<Pool>empty() : view.pool(name)).orElseThrow(() -> unknown(name));
    }

    private BackupException unknown(PoolName name) {
        return BackupException.operator("pool.unknown", name.value(), "there is no pool " + name + "; \"azekura pool list\" names them all");
    }

    @Override
    public List<Volume> volumes(PoolName name) throws BackupException {
        Pool pool = get(name);
        List<Volume> volumes = new ArrayList<>();
        for (Pool set : catalog.read(view -> MediaSets.rows(view, pool))) {
            volumes.addAll(volumesOf(set.name()));
            for (Pool replica : replicas.within(set.name())) {
                for (Volume volume : volumesOf(replica.name())) {
                    volumes.add(volume.of(set.name()));
                }
            }
        }
        return volumes;
    }

    @Override
    public List<ScratchVolume> scratch() throws BackupException {
        return catalog.read(view -> view.scratchVolumes());
    }

    private List<Volume> volumesOf(PoolName name) throws BackupException {
        return catalog.read(view -> view.volumes()).stream().filter(volume -> volume.pool().equals(name) && !volume.isOnlyName()).toList();
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
    public Pool tune(PoolName asked, Tuning tuning) throws BackupException {
        PoolName name = sets.head(get(asked)).name();
        Pool pool = catalog.write(edit -> {
            Pool now = edit.pool(name).orElseThrow(() -> unknown(name));
            Pool then = now.with(tuning.livePercent() == null ? now.livePercent() : tuning.livePercent(),
                    tuning.compressionLevel() == null ? now.compressionLevel() : tuning.compressionLevel())
                    .with(now.group(), tuning.patience() == null ? now.patience() : tuning.patience());
            edit.putPool(then);
            Edition.next(edit);
            return then;
        });
        log.info("pool={} live={}% level={}", name, pool.livePercent(), pool.compressionLevel());
        return pool;
    }

    @Override
    public MediaRules rules(PoolName name) throws BackupException {
        requireCartridges(get(name));
        return catalog.read(view -> view.mediaRules(name));
    }

    private static void requireCartridges(Pool pool) throws BackupException {
        if (Berth.of(pool).own()) {
            throw BackupException.operator("setting.value", pool.name().value(), "pool " + pool.name() + " lies on no cartridges but on a device of its own: there are no"
                    + " rules for it, and no drive that could seal; \"azekura pool set\" changes how it is filled and pruned");
        }
    }

    @Override
    public String sealingDoubt(PoolName name) throws BackupException {
        return rules(name).sealed() ? sealing.doubt(get(name)) : "";
    }

    @Override
    public MediaRules rule(PoolName name, Rules change) throws BackupException {
        Pool pool = get(name);
        requireCartridges(pool);
        if (Boolean.TRUE.equals(change.sealed())) {
            sealing.require(pool);
        }
        boolean resealed = change.sealed() != null && change.sealed() != rules(name).sealed();
        MediaRules rules = catalog.write(edit -> {
            MediaRules then = change.in(edit.mediaRules(name));
            edit.putMediaRules(then);
            Edition.next(edit);
            return then;
        });
        log.info("pool={} {}", name, rules);
        if (resealed) {
            tell(sets.head(pool));
        }
        return rules;
    }

    /** Has the node of a pool that came back seal its cartridges as they were sealed; the rest it knows. */
    public void revived(PoolName name) throws BackupException {
        if (catalog.read(view -> view.mediaRules(name)).sealed()) {
            tell(get(name));
        }
    }

    /** How a pool's cartridges are sealed has changed, or that they get nothing new. A node that does not hear of it now does when it opens the pool next. */
    private void tell(Pool pool) throws BackupException {
        for (Pool each : withReplicas(List.of(pool))) {
            try {
                again(each, hosts.node(pool.node()));
            } catch (BackupException e) {
                log.warn("pool={} its node hears later how its cartridges are used: {}", each.name(), e.getMessage());
            }
        }
    }

    @Override
    public Pool create(PoolName name, String driver, Map<String, String> settings, Readers readers, Site site) throws BackupException {
        return making.create(name, driver, settings, readers, site.group(), node(site.node()));
    }

    @Override
    public Pool group(PoolName asked, PoolGroup group) throws BackupException {
        PoolName name = sets.head(get(asked)).name();
        Pool pool = catalog.write(edit -> {
            Pool now = edit.pool(name).orElseThrow(() -> unknown(name));
            Pool then = now.with(group, now.patience());
            edit.putPool(then);
            Edition.next(edit);
            return then;
        });
        log.info("pool={} group={}", name, group == null ? "none" : group);
        return pool;
    }

    @Override
    public Thaw thaw(PoolName name) throws BackupException {
        return catalog.read(view -> PoolThaw.of(view, name));
    }

    @Override
    public void thaw(PoolName asked, Thaw how) throws BackupException {
        PoolName name = get(asked).name();
        catalog.write(edit -> {
            PoolThaw.put(edit, name, how);
            return null;
        });
        log.info("pool={} what lies in an archive is wanted {}", name, how.word());
    }

    @Override
    public void delete(PoolName name) throws BackupException {
        Pool pool = get(name);
        removal.delete(pool, hosts.node(pool.node()));
    }

    /** @param forget whether its keys go, too */
    void withdraw(Pool pool, boolean forget) throws BackupException {
        // what is withdrawn to be found again lies where somebody had it served, unless that is a folder, which is named again
        boolean stays = !forget && !pool.driver().equals(FoundVolumes.DISK);
        making.withdraw(pool.name(), stays ? Berth.of(pool).staying() : Berth.of(pool), hosts.node(pool.node()), forget);
    }

    /**
     * The node by its name; without a name the one of this host if there is one, else the only one.
     *
     * @throws BackupException {@code node.unknown}, {@code node.offline}, {@code node.unnamed}
     */
    public ConnectedNode node(NodeName name) throws BackupException {
        List<NodeName> there = hosts.nodes().stream().map(ConnectedNode::name).sorted().toList();
        NodeName wanted = name != null ? name : there.contains(local) || isUsed(local) || there.size() != 1 ? local : there.getFirst();
        if (there.contains(wanted) || isUsed(wanted)) {
            return hosts.node(wanted);
        }
        if (there.isEmpty()) {
            throw BackupException.network("node.offline", name == null ? "" : name.value(), "no storage node is connected; a pool needs one", null);
        }
        throw name == null ? BackupException.operator("node.unnamed", "", "there are several storage nodes; name one with --node: " + there)
                : BackupException.operator("node.unknown", name.value(), "there is no storage node " + name + "; connected are " + there);
    }

    private boolean isUsed(NodeName node) throws BackupException {
        return list().stream().anyMatch(pool -> pool.node().equals(node));
    }

    /** Who is told when packs that the catalog knows are not on their volume. */
    @FunctionalInterface
    public interface Alarm {
        void packsMissing(Pool pool, ConnectedNode node, List<PackId> missing) throws BackupException;
    }

    /** Another server has them served by their nodes, which know one opener at a time: this one orders no such thing, and goes by what is open. */
    public void leaveToOthers() {
        service.leaveToOthers();
    }

    /** Whether another server has them served. */
    public boolean isOfOthers() {
        return service.isOfOthers();
    }

    /** Whether it lies on a device of its own, and on no cartridges. */
    public boolean isOnDevice(Pool pool) throws BackupException {
        return Berth.of(catalog.read(view -> MediaSets.medium(view, pool))).own();
    }

    /** Has a node that joined serve its pools, and no others. What fails is kept for {@link #offline}; the others are served. */
    public void open(ConnectedNode node, Alarm alarm) throws BackupException {
        making.closing().closeOwed(node);
        sets.goOn(node);
        service.open(node, pool -> true, alarm);
    }

    /** Has a node serve the pools of a device that has changed, and notes where they are now. What fails is kept for {@link #offline}. */
    public void changed(ConnectedNode node, DeviceName device, Alarm alarm) throws BackupException {
        service.open(node, pool -> pool.device().equals(device), alarm);
    }

    /** Has the volume of a pool, which must have a label, opened by its node. */
    PoolAnswer.VolumeReady open(Pool pool, ConnectedNode node) throws BackupException {
        PoolAnswer.VolumeReady ready = volumes.open(pool, node, null);
        service.opened(pool, node);
        return ready;
    }

    /**
     * Tries once more to serve a pool that could not be served: somebody may have mounted its disk.
     *
     * @throws BackupException {@code pool.offline} saying why it can't be served now
     */
    public void require(Pool pool, Alarm alarm) throws BackupException {
        service.require(pool, alarm);
    }

    /**
     * Looks whether the volume of a pool that is served is there still. One that is gone as a whole is made anew, if its device proves to be where it was: what it lacks
     * then {@code alarm} is told of.
     *
     * @return whether it was made anew
     * @throws BackupException {@code volume.missing}, {@code volume.quarantined} if it is gone, and can't be made anew by itself
     */
    public boolean look(Pool pool, ConnectedNode node, Alarm alarm) throws BackupException {
        return service.look(pool, node, alarm);
    }

    /** Has its node serve a pool as it is now: which cartridge is its first may have changed. */
    public void again(Pool pool, ConnectedNode node) throws BackupException {
        open(pool, node);
    }

    /** Packs that the catalog knows and that are not on their volumes, now; those on volumes that are missing are left out. */
    public List<PackId> missing(Pool pool, ConnectedNode node) throws BackupException {
        Optional<Volume> first = catalog.read(view -> PoolVolumes.first(view, pool.name()));
        return first.isEmpty() ? List.of() : new PackCensus(catalog, node).take(pool.name(), first.get().id());
    }

    /** Pools that can't be served, and why. */
    public Map<PoolName, String> offline() {
        return service.offline();
    }

    /** Writes the pool's key ring on its volume; if that can't be done, the pool can't be used until it is. */
    public void storeKeyRing(Pool pool) {
        try {
            for (Pool set : catalog.read(view -> MediaSets.of(view, pool))) {
                service.storeKeyRing(set);
                replicas.of(set.name()).forEach(service::storeKeyRing);
            }
        } catch (BackupException e) {
            log.warn("pool={} its new key ring is not with its copies yet: {}", pool.name(), e.getMessage());
        }
    }

    @Override
    public String exportKey(PoolName asked, KeyForm form) throws BackupException {
        if (form.passphrase() != null && form.passphrase().isBlank()) {
            throw BackupException.operator("key.passphrase", asked.value(), "the passphrase is blank; choose one that you will still know in years, or leave it out");
        }
        Pool pool = sets.head(get(asked));
        PoolName name = pool.name();
        RecoveryFile open = RecoveryFile.of(name, vault.recipient(name), KeyRing.parse(pool.keyRing()));
        RecoveryFile file = form.passphrase() == null ? open : open.protectedBy(form.passphrase().toCharArray());
        String text = form.sheet() ? file.sheetLines() : file.text();
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
            List<PoolName> names = MediaSets.all(view).stream().filter(pool -> pool.node().equals(node)).map(Pool::name).toList();
            return view.volumes().stream().filter(volume -> names.contains(volume.pool())).toList();
        });
    }
}
