package org.azekura.server.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Keys;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.TapeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes who can read a pool. A ring is in the catalog before it is on the volume: what is cut off in between is written when the pool is
 * opened next, and no job writes there before that.
 */
public final class KeyDesk implements Keys {

    private static final Logger log = LoggerFactory.getLogger(KeyDesk.class);

    private final CatalogStore catalog;
    private final PoolVault vault;
    private final Volumes volumes;
    private final ReentrantLock changing = new ReentrantLock();

    /** Where key rings are written beside the packs. */
    @FunctionalInterface
    public interface Volumes {

        /** Writes the pool's ring, now or before anything else is written there. */
        void storeKeyRing(Pool pool);
    }

    public KeyDesk(CatalogStore catalog, PoolVault vault, Volumes volumes) {
        this.catalog = catalog;
        this.vault = vault;
        this.volumes = volumes;
    }

    /** How a ring becomes the next one. */
    private interface Change {
        KeyRing of(Pool pool, KeyRing ring) throws BackupException;
    }

    private Pool pool(PoolName name) throws BackupException {
        return catalog.read(view -> view.mediaSet(name).isPresent() ? Optional.<Pool>empty() : view.pool(name)).orElseThrow(() -> BackupException.operator("pool.unknown", name.value(),
                "there is no pool " + name + "; \"azekura pool list\" names them all"));
    }

    @Override
    public State state(PoolName name) throws BackupException {
        Pool pool = pool(name);
        KeyRing ring = KeyRing.parse(pool.keyRing());
        boolean open = vault.opens(pool);
        String own = open ? vault.recipient(name).id() : null;
        return new State(!open, ring.number(), ring.epoch(), ring.recipients().stream().map(recipient -> new Reader(recipient.id(),
                recipient.name(), recipient.id().equals(own))).toList(), pool.keyRing());
    }

    @Override
    public State addRecipient(PoolName name, String publicKey) throws BackupException {
        Recipient added = Recipient.parse(publicKey);
        change(name, (pool, ring) -> {
            try {
                return ring.with(vault.keys(pool), added);
            } catch (IllegalArgumentException e) {
                throw BackupException.operator("recipient.invalid", added.id(), e.getMessage());
            }
        });
        log.info("pool={} can be read with key {} from now on", name, added);
        return state(name);
    }

    @Override
    public State removeRecipient(PoolName name, String keyId) throws BackupException {
        change(name, (pool, ring) -> ring.without(vault.keys(pool), keyId));
        log.info("pool={} what is saved from now on can't be read with key {}", name, keyId);
        return state(name);
    }

    @Override
    public State replaceRing(PoolName name, byte[] encoded) throws BackupException {
        KeyRing next = KeyRing.parse(encoded);
        change(name, (pool, ring) -> {
            vault.requireGenuine(pool, next);
            return next;
        });
        log.info("pool={} has key ring {} of epoch {}, made by one of its recipients", name, next.number(), next.epoch());
        return state(name);
    }

    private void change(PoolName name, Change change) throws BackupException {
        changing.lock();
        try {
            Pool pool = pool(name);
            KeyRing ring = KeyRing.parse(pool.keyRing());
            KeyRing next = change.of(pool, ring);
            next.requireAfter(ring);
            boolean opened = vault.opens(pool);
            boolean opens = opened && next.recipient(vault.recipient(name).id()) != null;
            if (opened && !opens) {
                vault.keepIdKey(name, vault.keys(pool).idKey());
            }
            // A recovery file holds the ring as it was: with a new epoch it is worth to make another.
            Instant exported = opens && next.epoch() > ring.epoch() ? null : pool.keyExported();
            Pool changed = catalog.write(edit -> {
                Pool now = edit.pool(name).orElseThrow().with(next.encoded(), exported);
                edit.putPool(now);
                if (opened && !opens) {
                    vault.going(edit, name, false);
                }
                return now;
            });
            if (opened && !opens) {
                vault.seal(name);
            }
            vault.changed(name);
            volumes.storeKeyRing(changed);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public List<PoolName> importKey(PoolName only, String recovery, String passphrase) throws BackupException {
        RecoveryFile file = RecoveryFile.parse(recovery);
        RecipientKey key = file.key(passphrase == null || !file.isProtected() ? null : passphrase.toCharArray());
        changing.lock();
        try {
            List<Pool> all = only == null ? catalog.read(view -> view.pools()) : List.of(pool(only));
            List<PoolName> opened = new ArrayList<>();
            for (Pool pool : all) {
                if (KeyRing.parse(pool.keyRing()).recipient(file.keyId()) != null) {
                    take(pool, file, key);
                    opened.add(pool.name());
                }
            }
            if (opened.isEmpty() && isBeforehand(only, file, key, all)) {
                return List.of(file.pool());
            }
            if (opened.isEmpty()) {
                throw BackupException.operator("key.wrong", file.keyId(), "key " + file.keyId() + " opens " + (only == null ? "no pool of this appliance"
                        : "not pool " + only + ", which opens with " + KeyRing.parse(all.getFirst().keyRing()).recipients())
                        + "; it is another pool's, or was revoked");
            }
            for (PoolName pool : opened) {
                SealedConfiguration.open(catalog, vault, pool(pool));
            }
            return opened;
        } finally {
            changing.unlock();
        }
    }

    /** Of a pool that is to be made anew from cartridges: those that drives have sealed are opened with what comes from its key. Where there are snapshots nothing is made anew any more. */
    private boolean isBeforehand(PoolName only, RecoveryFile file, RecipientKey key, List<Pool> all) throws BackupException {
        boolean isOfNone = only == null && file.pool() != null && file.keyRing() != null && all.stream().noneMatch(pool -> pool.name().equals(file.pool()));
        if (!isOfNone || catalog.read(CatalogView::snapshotCount) > 0) {
            return false;
        }
        PoolKeys keys = KeyRing.parse(file.keyRing()).unlock(key);
        if (!keys.mark().equals(file.mark())) {
            throw PoolVault.forged(file.pool());
        }
        vault.keepTapeSecret(file.pool(), TapeKeys.secret(keys.idKey()));
        log.info("pool={} is not here yet; cartridges of it that drives have sealed can be read", file.pool());
        return true;
    }

    private void take(Pool pool, RecoveryFile file, RecipientKey key) throws BackupException {
        PoolKeys keys = KeyRing.parse(pool.keyRing()).unlock(key);
        boolean itsOwn = pool.name().equals(file.pool());
        if (itsOwn && !keys.mark().equals(file.mark())) {
            throw PoolVault.forged(pool.name());
        }
        vault.requireSame(pool.name(), keys);
        boolean opened = vault.opens(pool);
        if (!opened || vault.holds(pool.name(), key)) {
            vault.keep(pool.name(), key); // also one that is here: what other servers know of it may have been cut off
        }
        if (!opened) {
            log.info("pool={} can be browsed and restored with key {}", pool.name(), key.id());
        }
        // who brings a recovery file has one
        if (pool.keyExported() == null) {
            catalog.write(edit -> {
                Pool now = edit.pool(pool.name()).orElseThrow();
                edit.putPool(now.with(now.keyRing(), Instant.now()));
                return null;
            });
        }
    }

    @Override
    public void forgetKey(PoolName name) throws BackupException {
        changing.lock();
        try {
            Pool pool = pool(name);
            byte[] idKey = vault.keys(pool).idKey();
            if (pool.keyExported() == null) {
                throw BackupException.operator("key.unexported", name.value(), "the key of pool " + name + " is nowhere else; run"
                        + " \"azekura key export --pool " + name + " --to FILE\" first");
            }
            vault.keepIdKey(name, idKey);
            vault.seal(name);
            log.info("pool={} is sealed: this server can fill it and not read it", name);
        } finally {
            changing.unlock();
        }
    }
}
