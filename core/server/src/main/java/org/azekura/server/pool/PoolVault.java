package org.azekura.server.pool;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.SealedKey;
import org.azekura.engine.seal.SessionKey;
import org.azekura.engine.volume.CheckpointProof;

/**
 * The keys this server holds, and what they open: {@code keys/POOL} is a recipient key, {@code keys/_id/POOL} the id key of a pool that this server may fill but not read.
 * Safe for any number of threads.
 */
public final class PoolVault {

    private final HeldKeys held;
    private final CatalogStore catalog;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<PoolName, PoolKeys> unlocked = new ConcurrentHashMap<>();
    private final Map<SessionId, Opened> sessions = new ConcurrentHashMap<>();

    private volatile Runnable onChange = () -> {};

    /** @param group whose chunks it sealed, null if that is not known */
    private record Opened(SessionKey key, TrustGroup group) {}

    /** That of the only server: nobody else is to have its keys. */
    public PoolVault(Path folder, CatalogStore catalog) throws BackupException {
        this(folder, catalog, null);
    }

    /**
     * @param folder {@code keys} in the home; made if it is not there
     * @param twins  where other servers of the catalog find keys; null if there can be none
     */
    public PoolVault(Path folder, CatalogStore catalog, TwinShelf twins) throws BackupException {
        this.held = new HeldKeys(folder, twins);
        this.catalog = catalog;
    }

    /** What was opened is opened anew: another server may have changed a ring. */
    public void renew() {
        opening.lock();
        try {
            unlocked.clear();
            sessions.clear();
        } finally {
            opening.unlock();
        }
    }

    /** Keeps a recipient key, durable at return. */
    void keep(PoolName pool, RecipientKey key) throws BackupException {
        held.putRecipient(pool, key.seed());
        changed(pool);
    }

    /** Keeps the id key of a pool that this server will hold no recipient key of, durable at return. */
    void keepIdKey(PoolName pool, byte[] idKey) throws BackupException {
        held.putIdKey(pool, idKey);
    }

    /** Keeps from what keys of cartridges are made, of a pool whose catalog is to be made anew from them; durable at return. */
    void keepTapeSecret(PoolName pool, byte[] secret) throws BackupException {
        held.putTapeSecret(pool, secret);
    }

    /** What was kept so; null if nothing was. */
    byte[] tapeSecret(PoolName pool) throws BackupException {
        return held.tapeSecret(owner(pool));
    }

    /** Lets go of the recipient key, here and at other servers: what it opened is forgotten, too. */
    void seal(PoolName pool) throws BackupException {
        held.letGo(pool);
        changed(pool);
    }

    /** Lets go of all keys of a pool, here and at other servers. */
    void forget(PoolName pool) throws BackupException {
        held.letGoOfAll(pool);
        changed(pool);
    }

    /**
     * Tells all servers that a pool's keys go, as a part of the change that has them go; {@link #seal} or {@link #forget} comes behind it. Who is killed in between does it when he
     * starts again.
     *
     * @param all not the recipient key alone
     */
    void going(CatalogEdit edit, PoolName pool, boolean all) throws BackupException {
        held.going(edit, pool, all);
    }

    /**
     * Has here what other servers of the catalog have put there for each other, and puts there what is missing. Only where this one leads.
     *
     * @throws BackupException of the first pool that it could not be done for; all others were done
     */
    public void share() throws BackupException {
        BackupException first = null;
        try {
            follow();
        } catch (BackupException e) {
            first = e;
        }
        try {
            held.shareAll(catalog.read(PoolVault::rings));
        } catch (BackupException e) {
            first = first == null ? e : first;
        }
        if (first != null) {
            throw first;
        }
    }

    /** No other server is there any more: the same, and leaves no key there. */
    public void shareNothing() throws BackupException {
        try {
            follow();
        } finally {
            held.shareNothing();
        }
    }

    /** Has here what the server has put there that leads; throws as {@link #share} does. */
    public void follow() throws BackupException {
        held.follow(() -> catalog.read(view -> new HeldKeys.Shelf(TwinShelf.sealed(view), rings(view))), this::changed);
    }

    private static Map<PoolName, byte[]> rings(CatalogView view) throws BackupException {
        Map<PoolName, byte[]> rings = new TreeMap<>();
        for (Pool pool : view.pools()) {
            rings.put(pool.name(), pool.keyRing());
        }
        return rings;
    }

    /** Whether this very key is here. */
    boolean holds(PoolName pool, RecipientKey key) throws BackupException {
        return Arrays.equals(held.recipient(pool), key.seed());
    }

    /** The pool has another key ring, or another key. */
    void changed(PoolName pool) {
        opening.lock();
        try {
            unlocked.remove(pool);
            sessions.clear();
        } finally {
            opening.unlock();
        }
        onChange.run();
    }

    /** @param change called after each key that came or went, in the thread that brought or took it */
    public void onChange(Runnable change) {
        onChange = change;
    }

    /** Whether this server holds a key that opens the pool's ring. */
    public boolean opens(Pool pool) throws BackupException {
        PoolName owner = owner(pool.name());
        byte[] seed = held.recipient(owner);
        return seed != null && (unlocked.containsKey(owner) || KeyRing.parse(pool.keyRing()).recipient(new RecipientKey(seed).id()) != null);
    }

    /** Whether this server can name the pool's chunks: without that nothing can be saved there. */
    public boolean canFill(Pool pool) throws BackupException {
        return held.idKey(owner(pool.name())) != null || opens(pool);
    }

    /** Whose keys open a pool: its own, or those of the pool whose set it is, or that it holds copies of. */
    private PoolName owner(PoolName pool) throws BackupException {
        return catalog.read(view -> MediaSets.head(view, Replicas.origin(view, pool)));
    }

    /** @throws BackupException {@code key.missing} if this server holds no key of the pool */
    RecipientKey recipient(PoolName pool) throws BackupException {
        byte[] seed = held.recipient(pool);
        if (seed == null) {
            throw missing(pool);
        }
        return new RecipientKey(seed);
    }

    private static BackupException missing(PoolName pool) {
        return BackupException.operator("key.missing", pool.value(), "the key of pool " + pool + " is not here: its snapshots can't be opened;"
                + " bring it with \"azekura key import FILE\"");
    }

    /** @throws BackupException {@code key.missing} */
    public PoolKeys keys(Pool pool) throws BackupException {
        PoolKeys known = unlocked.get(pool.name());
        if (known != null) {
            return known;
        }
        // A ring that was read before a change must not be kept after it: both happen under this lock.
        opening.lock();
        try {
            PoolName owner = owner(pool.name());
            if (unlocked.containsKey(owner)) {
                return unlocked.get(owner);
            }
            RecipientKey key = recipient(owner);
            byte[] ring = catalog.read(view -> view.pool(owner)).orElse(pool).keyRing();
            KeyRing parsed = KeyRing.parse(ring);
            if (parsed.recipient(key.id()) == null) {
                throw missing(owner); // what lies here was revoked
            }
            PoolKeys opened = parsed.unlock(key);
            unlocked.put(owner, opened);
            return opened;
        } finally {
            opening.unlock();
        }
    }

    /**
     * What names the pool's chunks.
     *
     * @throws BackupException {@code key.missing} if neither it nor a key that opens the pool is here
     */
    public byte[] idKey(Pool pool) throws BackupException {
        byte[] kept = held.idKey(owner(pool.name()));
        return kept != null ? kept : keys(pool).idKey();
    }

    /** The same; null if neither it nor a key that opens the pool is here. */
    byte[] idKeyIfHere(Pool pool) throws BackupException {
        return canFill(pool) ? idKey(pool) : null;
    }

    /** Whether somebody who knew the pool's id key wrote a checkpoint of it; false also if that is not here. */
    public boolean proves(Pool pool, CheckpointProof proof) throws BackupException {
        byte[] idKey = idKeyIfHere(pool);
        return idKey != null && proof.holds(idKey);
    }

    /** @throws BackupException {@code keyring.forged} if the maker of the ring did not know the pool's keys */
    void requireGenuine(Pool pool, KeyRing ring) throws BackupException {
        if (!ring.isMadeWith(idKey(pool))) {
            throw forged(pool.name());
        }
    }

    /** @throws BackupException {@code keyring.forged} if these keys are another pool's */
    void requireSame(PoolName pool, PoolKeys keys) throws BackupException {
        byte[] kept = held.idKey(pool);
        if (kept != null && !Arrays.equals(kept, keys.idKey())) {
            throw forged(pool);
        }
    }

    static BackupException forged(PoolName pool) {
        return BackupException.corrupt("keyring.forged", pool.value(), "the key ring of pool " + pool
                + " was made by somebody who did not know the pool's keys; it is not used");
    }

    /** The key of a session that the catalog knows. */
    public SessionKey session(Pool pool, SessionId id) throws BackupException {
        return opened(pool, id).key();
    }

    /**
     * The key of a session, for one who may have what this group saved.
     *
     * @throws BackupException {@code session.foreign} if the session is known to be another group's
     */
    public SessionKey session(Pool pool, SessionId id, TrustGroup group) throws BackupException {
        Opened opened = opened(pool, id);
        if (opened.group() != null && !opened.group().equals(group)) {
            throw SessionBook.foreign(id, group);
        }
        return opened.key();
    }

    private Opened opened(Pool pool, SessionId id) throws BackupException {
        Opened known = sessions.get(id);
        if (known == null) {
            Session session = catalog.read(view -> view.session(id)).orElseThrow(() -> BackupException.corrupt("session.unknown",
                    id.toString(), "the catalog does not know session " + id + " of pool " + pool.name()));
            known = new Opened(keys(pool).session(session.sealed()), group(session));
            if (known.group() != null) {
                sessions.put(id, known); // of the others it may become known
            }
        }
        return known;
    }

    /** What the sealed key says has been bound to it by who made it; a row only says what was found out. */
    private static TrustGroup group(Session session) throws BackupException {
        TrustGroup said = SealedKey.parse(session.sealed()).group();
        return said == null ? session.group() : said;
    }
}
