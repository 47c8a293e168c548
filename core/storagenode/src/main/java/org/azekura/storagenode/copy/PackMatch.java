package org.azekura.storagenode.copy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.HealOrder;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;

/**
 * Whether a pack that comes from elsewhere is the one that is known here under its name: of this size, with exactly these chunks in these places, sealed in these sessions. Its
 * checksums alone say only that it is what somebody wrote.
 *
 * @param known null if this node knows nothing of it
 */
record PackMatch(ChunkIndex here, HealOrder.Wanted wanted, KnownPack known) {

    /** What differs; null if nothing does. */
    String difference(PackIndex came, long size) throws BackupException {
        if (wanted.size() >= 0 && (wanted.size() != size || wanted.chunks() != came.entries().size())) {
            return size + " bytes in " + came.entries().size() + " chunks, expected " + wanted.size() + " bytes in " + wanted.chunks() + " chunks";
        }
        return known == null ? null : difference(came, size, here.partly(known));
    }

    private String difference(PackIndex came, long size, boolean partly) throws BackupException {
        if (!partly && !Set.copyOf(here.sessions(List.of(known))).equals(Set.copyOf(came.sessions()))) {
            return "it names other sessions";
        }
        if (!came.group().equals(known.group()) || !partly && (size != known.size() || came.entries().size() != known.chunks())) {
            return size + " bytes in " + came.entries().size() + " chunks, expected " + known.size() + " bytes in " + known.chunks() + " chunks of the same trust group";
        }
        Set<ChunkId> seen = new HashSet<>();
        for (IndexEntry entry : came.entries()) {
            // of two of one chunk the first counts
            if (seen.add(entry.chunk()) && !isThere(entry, partly)) {
                return "chunk " + entry.chunk() + " is not where it was";
            }
        }
        return null;
    }

    private boolean isThere(IndexEntry entry, boolean partly) throws BackupException {
        for (ChunkIndex.Found found : here.all(known.group(), entry.chunk())) {
            if (found.pack().equals(known)) {
                return found.offset() == entry.offset() && found.length() == entry.length() && found.session().equals(entry.session());
            }
        }
        return partly;
    }
}
