package org.azekura.server.pool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSet;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Pool;

/**
 * Which pool a backup is meant for, and which ones stand in for it. Every client has an order of preference of its own among the pools of a group,
 * the same each time and as good as random from client to client: so clients spread evenly, also those of a pool that is away, and a pool
 * more or less in the group moves only its own clients. Thread-safe.
 */
public final class PoolChoice {

    private final MediaPools pools;
    private final CatalogStore catalog;

    public PoolChoice(MediaPools pools, CatalogStore catalog) {
        this.pools = pools;
        this.catalog = catalog;
    }

    /**
     * The pool that a backup of this client's save set is meant for.
     *
     * @param named by who ordered it; null: what was laid down for the client counts, without that the only pool or {@code default}
     * @throws BackupException {@code pool.unknown}, {@code pool.unnamed}, {@code group.unknown}
     */
    public Pool meant(ClientName client, SaveSet saveSet, PoolName named) throws BackupException {
        if (named != null) {
            return pools.get(named);
        }
        ClientTerms terms = catalog.read(view -> view.terms(client));
        if (terms.pool() != null) {
            return pools.get(terms.pool());
        }
        return terms.group() == null ? pools.choose(null) : preferred(client, terms.group(), saveSet);
    }

    private Pool preferred(ClientName client, PoolGroup group, SaveSet saveSet) throws BackupException {
        return members(group, client).stream().findFirst().orElseThrow(() -> BackupException.operator("group.unknown", group.value(), "client " + client
                + " saves " + saveSet.name() + " to pools of group " + group + ", and there is none; \"azekura client pool " + client
                + "\" gives it others"));
    }

    /** The other pools of its group, the one that this client prefers first. */
    public List<Pool> standIns(Pool pool, ClientName client) throws BackupException {
        return pool.group() == null ? List.of()
                : members(pool.group(), client).stream().filter(other -> !other.name().equals(pool.name())).toList();
    }

    private List<Pool> members(PoolGroup group, ClientName client) throws BackupException {
        return pools.list().stream().filter(pool -> group.equals(pool.group()))
                .sorted(Comparator.comparing((Pool pool) -> score(client, pool.name())).reversed().thenComparing(Pool::name)).toList();
    }

    /** The highest wins (rendezvous hashing). */
    static long score(ClientName client, PoolName pool) {
        try {
            byte[] text = (client + "\n" + pool).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
