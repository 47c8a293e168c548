package org.azekura.api.catalog;

import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;

/**
 * A session key, sealed to the pool's epoch key.
 *
 * @param sealed opaque here
 * @param group  whose chunks it sealed: nobody else is given a key of them; null if that is not known
 */
public record Session(SessionId id, PoolName pool, byte[] sealed, TrustGroup group) {

    /** One of which is not known whose chunks it sealed. */
    public Session(SessionId id, PoolName pool, byte[] sealed) {
        this(id, pool, sealed, null);
    }
}
