package org.azekura.storagenode.index;

import java.time.Instant;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;

/**
 * A pack on the volume, without its chunks. A value: it says what the index knew when it was asked.
 *
 * @param number    within the index; used again for another pack once this one has left
 * @param chunks    as many as the pack's own index names
 * @param writtenAt when it was durable; for one that was found, when it was found
 */
public record KnownPack(int number, PackId id, boolean tree, TrustGroup group, long size, int chunks, Instant writtenAt) {}
