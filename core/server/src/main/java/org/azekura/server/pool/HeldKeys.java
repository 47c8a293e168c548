package org.azekura.server.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that lie in this home, in files of mode 0600, and what the servers that share the catalog know of each other's. A key that comes is in the home before it is on the
 * shelf, one that goes is off the shelf first: so who is killed in between comes to the same end when he starts again. Safe for any number of threads, but for {@link #follow}.
 */
final class HeldKeys {

    /** No pool has such a name. */
    private static final String ID_KEYS = "_id";
    private static final String TAPE_SECRETS = "_tape";
    private static final Logger log = LoggerFactory.getLogger(HeldKeys.class);

    private final KeyFolder recipients;
    private final KeyFolder idKeys;
    private final KeyFolder tapeSecrets;
    /** Null if no other server can have the catalog. */
    private final TwinShelf twins;
    /** What was taken up of the shelf. */
    private SortedMap<String, String> followed = new TreeMap<>();

    HeldKeys(Path folder, TwinShelf twins) throws BackupException {
        this.recipients = new KeyFolder(folder);
        this.idKeys = new KeyFolder(folder.resolve(ID_KEYS));
        this.tapeSecrets = new KeyFolder(folder.resolve(TAPE_SECRETS));
        this.twins = twins;
    }

    /** Null if there is none. */
    byte[] recipient(PoolName pool) throws BackupException {
        return recipients.get(pool);
    }

    /** Null if there is none. */
    byte[] idKey(PoolName pool) throws BackupException {
        return idKeys.get(pool);
    }

    /** Null if there is none. */
    byte[] tapeSecret(PoolName pool) throws BackupException {
        return tapeSecrets.get(pool);
    }

    void putRecipient(PoolName pool, byte[] key) throws BackupException {
        recipients.put(pool, key);
        share(pool);
    }

    void putIdKey(PoolName pool, byte[] key) throws BackupException {
        idKeys.put(pool, key);
        share(pool);
    }

    /** For this home alone: it is for a pool that is not there yet. */
    void putTapeSecret(PoolName pool, byte[] secret) throws BackupException {
        tapeSecrets.put(pool, secret);
    }

    /** Of the recipient key. */
    void letGo(PoolName pool) throws BackupException {
        unshare(pool, false);
        recipients.delete(pool);
    }

    /** Of all keys of a pool. */
    void letGoOfAll(PoolName pool) throws BackupException {
        unshare(pool, true);
        recipients.delete(pool);
        idKeys.delete(pool);
        tapeSecrets.delete(pool);
    }

    private void share(PoolName pool) throws BackupException {
        if (twins != null && twins.isShared()) {
            byte[] recipient = recipients.get(pool);
            byte[] idKey = idKeys.get(pool);
            twins.change(pool, before -> before.with(recipient == null ? before.recipient() : recipient, idKey == null ? before.idKey() : idKey));
        }
    }

    private void unshare(PoolName pool, boolean naming) throws BackupException {
        if (twins != null && twins.isShared()) {
            byte[] recipient = recipients.get(pool);
            byte[] idKey = idKeys.get(pool);
            twins.change(pool, before -> before.without(naming).with(recipient, idKey).without(naming));
        }
    }

    /** One that can't be shared is told of, and keeps no other from it. */
    void shareAll(List<PoolName> pools) {
        for (PoolName pool : pools) {
            try {
                share(pool);
            } catch (BackupException e) {
                log.warn("pool={} another server can't have its keys: {}", pool, e.getMessage());
            }
        }
    }

    /** Nobody else is there to have them. */
    void shareNothing() throws BackupException {
        twins.empty();
    }

    /**
     * Has here what is on the shelf, and not what others let go of. Calls come one at a time.
     *
     * @param changed told of each pool that has other keys now
     * @throws BackupException of the first pool that it could not be done for; all others were done
     */
    void follow(Consumer<PoolName> changed) throws BackupException {
        SortedMap<String, String> now = twins.sealed();
        SortedMap<String, String> news = new TreeMap<>(now);
        news.entrySet().removeAll(followed.entrySet());
        BackupException first = null;
        for (Map.Entry<PoolName, TwinKey> each : twins.open(news).entrySet()) {
            try {
                if (follow(each.getKey(), each.getValue())) {
                    log.info("pool={} has the keys here that the server has which leads: {}", each.getKey(), each.getValue());
                    changed.accept(each.getKey());
                }
            } catch (BackupException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        followed = now;
    }

    private boolean follow(PoolName pool, TwinKey key) throws BackupException {
        if (!key.knowsOf(recipients.get(pool), idKeys.get(pool))) {
            // it is older than what is here, or of a pool that was called so before; or what is here is
            log.warn("pool={} has other keys in this home than those that the catalog keeps for it, so nothing is taken of them; \"azekura key import\" brings the right one", pool);
            return false;
        }
        boolean reads = recipients.follow(pool, key.recipient(), here -> key.gone().contains(TwinKey.nameOf(here)));
        boolean names = idKeys.follow(pool, key.idKey(), here -> key.gone().contains(TwinKey.nameOfIdKey(here)));
        return reads || names;
    }
}
