package org.azekura.server.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.server.Pools;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.Label;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Edition;
import org.azekura.server.media.MediaDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes pools, with keys and a first volume, and takes back what did not become one. One pool at a time. */
final class PoolMaking {

    private static final Logger log = LoggerFactory.getLogger(PoolMaking.class);
    /** What a node says that looked through its library, and found none that bears the label, and none that is blank. */
    private static final String NO_CARTRIDGE = "volume.missing";

    private final CatalogStore catalog;
    private final PoolVault vault;
    private final PoolVolumes volumes;
    private final PoolService service;
    private final DriveSealing sealing;
    private final ScratchTaking taking;
    private final PoolClosing closing;
    private final ReentrantLock making;

    PoolMaking(CatalogStore catalog, PoolVault vault, PoolVolumes volumes, PoolService service, DriveSealing sealing) {
        this.catalog = catalog;
        this.vault = vault;
        this.volumes = volumes;
        this.service = service;
        this.sealing = sealing;
        this.making = service.making();
        this.taking = new ScratchTaking(catalog, volumes);
        this.closing = new PoolClosing(catalog, service);
    }

    /** @throws BackupException {@code pool.exists}; {@code recipient.none}; {@code device.unsupported} if drives are to seal and can't; what the node says. Then no pool was made. */
    Pool create(PoolName name, String driver, Map<String, String> settings, Pools.Readers readers, PoolGroup group, ConnectedNode node)
            throws BackupException {
        if (MediaSet.called(name).isPresent()) {
            throw BackupException.operator("pool.name", name.value(), "media sets are called so, pools are not: choose another name than " + name);
        }
        List<Recipient> recipients = recipients(readers);
        making.lock();
        try {
            if (catalog.read(view -> view.pool(name)).isPresent()) {
                throw BackupException.operator("pool.exists", name.value(), "there is a pool " + name + " already; choose another name");
            }
            return make(name, driver, settings, group, node, recipients, readers.sealed());
        } finally {
            making.unlock();
        }
    }

    private static List<Recipient> recipients(Pools.Readers readers) throws BackupException {
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

    /**
     * The pool is in the catalog before anything is on the medium, its volume only when the label is: what was cut off in
     * between is done the next time its node joins.
     */
    private Pool make(PoolName name, String driver, Map<String, String> settings, PoolGroup group, ConnectedNode node, List<Recipient> recipients,
            boolean sealed) throws BackupException {
        Berth berth = Berth.of(name, driver, settings);
        berth.prepare(driver, settings, node, catalog.read(CatalogView::pools));
        if (berth.seals()) {
            sealing.require(name, berth.device(), node.name());
        }
        byte[] ring;
        try {
            ring = ring(name, recipients, sealed).encoded();
        } catch (BackupException e) {
            withdraw(name, berth, node, true);
            throw e;
        }
        Instant now = Instant.now();
        // nothing of a sealed pool is here that could be exported
        Pool pool = new Pool(name, node.name(), berth.device(), driver, ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT,
                ring, now, sealed ? now : null).with(group, Pool.PATIENCE);
        return begin(pool, berth, node, new Cartridges(berth.own() ? List.of() : catalog.read(CatalogView::scratchVolumes), true), edit -> {
            edit.putPool(pool);
            volumes.want(edit, name, berth.barcode());
            PoolVolumes.spool(edit, name, berth.spool());
            if (berth.seals()) {
                edit.putMediaRules(edit.mediaRules(name).sealed(true));
            }
            if (group != null) {
                Edition.next(edit);
            }
            return null;
        });
    }

    /**
     * On what a pool may begin.
     *
     * @param givenUp cartridges with labels that may be overwritten
     * @param blank   whether any other that is blank will do if none of them is there
     */
    record Cartridges(List<ScratchVolume> givenUp, boolean blank) {}

    /** Puts its rows into the catalog and has it begin; if that fails nothing is left of it. */
    Pool begin(Pool pool, Berth berth, ConnectedNode node, Cartridges cartridges, CatalogStore.Change<Void> rows) throws BackupException {
        PoolName name = pool.name();
        boolean made = false;
        Optional<ScratchTaking.Taken> given = Optional.empty();
        try {
            catalog.write(rows);
            given = taking.take(pool, node, berth.barcode(), cartridges.givenUp());
            if (given.isEmpty() && !cartridges.blank()) {
                throw BackupException.operator(MediaDesk.NONE, name.value(), "pool " + name + " needs a cartridge in library " + pool.device()
                        + " to begin on, and takes no blank one; have one labelled: azekura volume label --pool POOL --barcode B");
            }
            Label label = volumes.label(name);
            PoolAnswer.VolumeReady ready = volumes.open(pool, node, label);
            if (!ready.volume().equals(label.volume())) {
                throw BackupException.operator("volume.taken", ready.location(), ready.location() + " holds volume " + ready.label()
                        + " already; choose an empty place");
            }
            made = true;
            service.opened(pool, node);
            log.info("pool={} made on node={} at {}, volume={}", name, node.name(), ready.location(), ready.label());
            return pool;
        } finally {
            if (!made) {
                withdraw(name, berth, node, true);
                if (given.isPresent()) {
                    taking.givenBack(name, berth.device(), node, given.get());
                }
            }
        }
    }

    /**
     * Goes on with a set whose beginning was cut off.
     *
     * @param blank whether any cartridge that is blank will do
     * @throws BackupException why it has not begun; nothing is left of it if no cartridge is there for it, and else it can be tried again
     */
    void goOn(Pool set, Berth berth, ConnectedNode node, boolean blank) throws BackupException {
        Barcode wanted = catalog.read(view -> PoolVolumes.wanted(view, set.name())).orElse(null);
        if (wanted == null ? !blank : !taking.isFor(set, node, wanted)) {
            withdraw(set.name(), berth, node, true);
            return;
        }
        try {
            volumes.open(set, node, volumes.label(set.name()));
        } catch (BackupException e) {
            // Anything else passes, and one that bears the set's label already is nobody's without it.
            if (wanted == null && e.failure().code().equals(NO_CARTRIDGE)) {
                withdraw(set.name(), berth, node, true);
            }
            throw e;
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
            recipients.addFirst(Recipient.of("appliance " + volumes.appliance().toString().substring(0, 8), own));
        }
        try {
            return KeyRing.create(recipients, idKey);
        } catch (IllegalArgumentException e) {
            throw BackupException.operator("recipient.invalid", name.value(), e.getMessage());
        }
    }

    /** Has nodes let go of what is gone. */
    PoolClosing closing() {
        return closing;
    }

    /** @param forget whether its keys go, too */
    void withdraw(PoolName name, Berth berth, ConnectedNode node, boolean forget) {
        try {
            catalog.write(edit -> {
                SetBeginning.giveBack(edit, name);
                edit.deletePool(name);
                volumes.want(edit, name, null);
                PoolVolumes.spool(edit, name, null);
                if (forget) {
                    vault.going(edit, name, true);
                }
                return null;
            });
            if (forget) {
                vault.forget(name);
            }
            closing.close(name, node, forget);
            if (berth.own()) {
                node.ask(new DeviceOrder.RemoveDevice(berth.device()), Answer.Done.class, PoolVolumes.CONFIGURE_TIMEOUT);
            }
        } catch (BackupException e) {
            log.warn("pool={} could not be withdrawn wholly: {}", name, e.getMessage());
        }
    }
}
