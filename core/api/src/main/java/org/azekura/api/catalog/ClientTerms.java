package org.azekura.api.catalog;

import java.util.List;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;

/**
 * What was laid down for a client beside who it is.
 *
 * @param pool   where its backups go if none is named; null if that was not laid down
 * @param group  instead of a pool: one of this group; null likewise
 * @param limits in the order in which they were laid down; the lowest that counts holds; empty without any
 */
public record ClientTerms(ClientName client, PoolName pool, PoolGroup group, List<Bandwidth> limits) {

    /** @throws IllegalArgumentException if it has both a pool and a group */
    public ClientTerms {
        limits = List.copyOf(limits);
        if (pool != null && group != null) {
            throw new IllegalArgumentException("client " + client + " goes to a pool or to a group, not to both");
        }
    }

    /** Of a client for which nothing was laid down. */
    public static ClientTerms none(ClientName client) {
        return new ClientTerms(client, null, null, List.of());
    }

    public ClientTerms goingTo(PoolName where) {
        return new ClientTerms(client, where, null, limits);
    }

    public ClientTerms goingTo(PoolGroup where) {
        return new ClientTerms(client, null, where, limits);
    }

    public ClientTerms limited(List<Bandwidth> to) {
        return new ClientTerms(client, pool, group, to);
    }
}
