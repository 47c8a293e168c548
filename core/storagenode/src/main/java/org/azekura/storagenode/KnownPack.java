package org.azekura.storagenode;

import java.time.Instant;
import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;

/**
 * A pack on the volume, without its chunks.
 *
 * @param number    counts up within the index
 * @param writtenAt when it was durable; for one that was found, when it was found
 */
record KnownPack(int number, PackId id, boolean tree, TrustGroup group, List<SessionId> sessions, long size, int chunks, Instant writtenAt) {

    Answer.PackOnVolume onVolume() {
        return new Answer.PackOnVolume(id, tree, VolumeKeys.pack(id), size, chunks, writtenAt);
    }
}
