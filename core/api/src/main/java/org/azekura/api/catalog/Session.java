package org.azekura.api.catalog;

import org.azekura.api.PoolName;
import org.azekura.api.SessionId;

/**
 * A session key, sealed to the pool's epoch key.
 *
 * @param sealed opaque here
 */
public record Session(SessionId id, PoolName pool, byte[] sealed) {}
