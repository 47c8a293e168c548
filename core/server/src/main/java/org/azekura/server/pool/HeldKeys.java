package org.azekura.server.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.RecipientKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that lie in this home, in files of mode 0600, and what the servers that share the catalog know of each other's. A key that comes is in the home before it is on the
 * shelf, one that goes is off the shelf first, and what the home remembers of the act is last: so who is killed in between comes to the same end when he starts again. No file is
 * overwritten by another key, and none is deleted but for an act that names it. Safe for any number of threads; who holds a catalog's transaction calls {@link #going} only.
 */
final class HeldKeys {

    /** No pool has such a name. */
    private static final String ID_KEYS = "_id";
    private static final String TAPE_SECRETS = "_tape";
    private static final String ACTS = "_acts";
    private static final Logger log = LoggerFactory.getLogger(HeldKeys.class);

    private final KeyFolder recipients;
    private final KeyFolder idKeys;
    private final KeyFolder tapeSecrets;
    private final TwinRecord acts;
    /** Null if no other server can have the catalog. */
    private final TwinShelf twins;
    /** Held while files and what is known of them change together. */
    private final ReentrantLock turn = new ReentrantLock();
    /** What was taken up of the shelf, with which ring. */
    private final Map<PoolName, String> followed = new HashMap<>();

    HeldKeys(Path folder, TwinShelf twins) throws BackupException {
        this.recipients = new KeyFolder(folder, TwinKey::nameOf);
        this.idKeys = new KeyFolder(folder.resolve(ID_KEYS), TwinKey::nameOfIdKey);
        this.tapeSecrets = new KeyFolder(folder.resolve(TAPE_SECRETS), TwinKey::nameOfIdKey);
        this.acts = new TwinRecord(folder.resolve(ACTS));
        this.twins = twins;
    }

    /** What there is of other servers' keys, and of the pools that they are of. */
    record Shelf(SortedMap<String, String> sealed, Map<PoolName, byte[]> rings) {}

    /** Reads the shelf as it is now. */
    @FunctionalInterface
    interface Look {
        Shelf now() throws BackupException;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws BackupException;
    }

    private void inTurn(Step step) throws BackupException {
        turn.lock();
        try {
            step.run();
        } finally {
            turn.unlock();
        }
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
        inTurn(() -> {
            recipients.put(pool, key);
            act(pool, known -> known.opened(key));
        });
    }

    void putIdKey(PoolName pool, byte[] key) throws BackupException {
        inTurn(() -> {
            idKeys.put(pool, key);
            act(pool, known -> known.named(key));
        });
    }

    /** For this home alone: it is for a pool that is not there yet. */
    void putTapeSecret(PoolName pool, byte[] secret) throws BackupException {
        tapeSecrets.put(pool, secret);
    }

    private void act(PoolName pool, UnaryOperator<TwinKey> change) throws BackupException {
        if (twins != null) {
            TwinKey was = acts.get(pool);
            acts.put(pool, twins.change(pool, shelf -> change.apply(was.over(shelf))));
        }
    }

    /**
     * Says to all servers that keys of a pool go, as a part of what takes them away; {@link #letGo} comes behind it, or the next start does it.
     *
     * @param all not the recipient key alone
     */
    void going(CatalogEdit edit, PoolName pool, boolean all) throws BackupException {
        if (twins != null) {
            TwinKey was = acts.get(pool);
            UnaryOperator<TwinKey> change = going(pool, all);
            twins.change(edit, pool, shelf -> change.apply(was.over(shelf)));
        }
    }

    private UnaryOperator<TwinKey> going(PoolName pool, boolean all) throws BackupException {
        byte[] recipient = recipients.readable(pool);
        byte[] idKey = idKeys.readable(pool);
        return known -> all ? known.forgotten(recipient, idKey) : known.closed(recipient);
    }

    /** Of the recipient key. */
    void letGo(PoolName pool) throws BackupException {
        inTurn(() -> {
            TwinKey now = off(pool, false);
            recipients.delete(pool);
            acts.put(pool, now);
        });
    }

    /** Of all keys of a pool. */
    void letGoOfAll(PoolName pool) throws BackupException {
        inTurn(() -> {
            TwinKey now = off(pool, true);
            recipients.delete(pool);
            idKeys.delete(pool);
            tapeSecrets.delete(pool);
            acts.put(pool, now);
        });
    }

    private TwinKey off(PoolName pool, boolean all) throws BackupException {
        TwinKey was = acts.get(pool);
        UnaryOperator<TwinKey> change = going(pool, all);
        return twins == null ? was : twins.change(pool, shelf -> change.apply(was.over(shelf)));
    }

    /**
     * Puts on the shelf what is missing there, and what is older there than this home knows. It is no act: nothing goes by it.
     *
     * @throws BackupException of the first pool that it could not be done for; all others were done
     */
    void shareAll(Map<PoolName, byte[]> rings) throws BackupException {
        BackupException first = null;
        for (Map.Entry<PoolName, byte[]> each : rings.entrySet()) {
            try {
                inTurn(() -> share(each.getKey(), KeyRing.parse(each.getValue())));
            } catch (BackupException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void share(PoolName pool, KeyRing ring) throws BackupException {
        byte[] recipient = recipients.get(pool);
        byte[] idKey = idKeys.get(pool);
        byte[] reads = recipient != null && reads(ring, recipient) ? recipient : null;
        byte[] names = idKey != null && ring.isMadeWith(idKey) ? idKey : null;
        act(pool, known -> {
            boolean sealed = known.sealed() || known.equals(TwinKey.NONE) && reads == null && names != null;
            boolean has = known.recipient() != null && (reads == null || reads(ring, known.recipient()));
            boolean brings = !has && !sealed && reads != null && !known.gone().contains(TwinKey.nameOf(reads));
            boolean named = known.idKey() != null && (names == null || ring.isMadeWith(known.idKey()));
            boolean brought = !named && names != null && !known.gone().contains(TwinKey.nameOfIdKey(names));
            return new TwinKey(known.number(), brings ? reads : known.recipient(), brought ? names : known.idKey(), known.gone(), sealed);
        });
    }

    private static boolean reads(KeyRing ring, byte[] recipient) {
        return ring.recipient(TwinKey.nameOf(recipient)) != null;
    }

    /** Nobody else is there to have them. */
    void shareNothing() throws BackupException {
        inTurn(twins::empty);
    }

    /**
     * Has here what is on the shelf, and not what others let go of.
     *
     * @param changed told of each pool that has other keys now
     * @throws BackupException of the first pool that it could not be done for; all others were done
     */
    void follow(Look look, Consumer<PoolName> changed) throws BackupException {
        List<PoolName> news = new ArrayList<>();
        try {
            inTurn(() -> follow(look.now(), news));
        } finally {
            news.forEach(changed);
        }
    }

    private void follow(Shelf shelf, List<PoolName> news) throws BackupException {
        BackupException first = null;
        for (Map.Entry<String, String> each : shelf.sealed().entrySet()) {
            PoolName pool = TwinShelf.pool(each.getKey());
            byte[] ring = shelf.rings().get(pool);
            String text = each.getValue() + " " + Arrays.hashCode(ring);
            if (text.equals(followed.get(pool))) {
                continue;
            }
            try {
                Optional<TwinKey> key = twins.open(pool, each.getValue());
                if (key.isPresent() && follow(pool, key.get(), ring == null ? null : KeyRing.parse(ring))) {
                    log.info("pool={} has the keys here that servers of the catalog share: {}", pool, key.get());
                    news.add(pool);
                }
                followed.put(pool, text);
            } catch (BackupException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** @param ring null if there is no such pool (yet) */
    private boolean follow(PoolName pool, TwinKey shelf, KeyRing ring) throws BackupException {
        TwinKey was = acts.get(pool);
        if (shelf.number() < was.number()) {
            log.warn("pool={} what the catalog keeps of its keys is older than what was known here, so nothing is taken of it: was the catalog set back?", pool);
            return false;
        }
        boolean reads = followRecipient(pool, shelf, ring);
        boolean names = followIdKey(pool, shelf, ring);
        acts.put(pool, shelf);
        return reads || names;
    }

    private boolean followIdKey(PoolName pool, TwinKey shelf, KeyRing ring) throws BackupException {
        byte[] here = idKeys.get(pool);
        boolean known = here != null && ring != null && ring.isMadeWith(here);
        boolean goes = here != null && !known && shelf.gone().contains(TwinKey.nameOfIdKey(here));
        byte[] takes = !known && ring != null && shelf.idKey() != null && ring.isMadeWith(shelf.idKey()) ? shelf.idKey() : null;
        return move(idKeys, pool, takes, goes);
    }

    private boolean followRecipient(PoolName pool, TwinKey shelf, KeyRing ring) throws BackupException {
        byte[] here = recipients.get(pool);
        boolean known = here != null && ring != null && reads(ring, here);
        boolean named = here != null && shelf.gone().contains(TwinKey.nameOf(here));
        boolean goes = named && (!known || shelf.sealed());
        if (shelf.sealed() && here != null && !named) {
            log.warn("pool={} was sealed, and key {} of it is in this home still; it stays until \"azekura key seal\" is said while this server leads", pool, TwinKey.nameOf(here));
        }
        if (goes && known && idKeys.get(pool) == null) {
            idKeys.put(pool, ring.unlock(new RecipientKey(here)).idKey()); // it is to be filled all the same
        }
        // a home that was sealed before keys were shared has no act that says so: what another had then brings nothing again
        boolean sealedHere = shelf.number() == 0 && here == null && idKeys.get(pool) != null;
        boolean takes = (!known || goes) && !sealedHere && ring != null && shelf.recipient() != null && reads(ring, shelf.recipient());
        return move(recipients, pool, takes ? shelf.recipient() : null, goes);
    }

    /** @param takes null for none */
    private boolean move(KeyFolder folder, PoolName pool, byte[] takes, boolean goes) throws BackupException {
        if (goes) {
            folder.delete(pool);
        }
        if (takes != null) {
            folder.put(pool, takes);
        }
        return takes != null || goes;
    }
}
