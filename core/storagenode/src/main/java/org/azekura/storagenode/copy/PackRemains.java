package org.azekura.storagenode.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.pool.BlobPack;
import org.azekura.storagenode.pool.ChunkRead;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;

/**
 * What is left here of a damaged pack, as a witness against one that comes from elsewhere: whoever holds the other place can write any bytes there with
 * checksums that are right.
 *
 * <pre>
 * its SHA-256 is the one at the end of the pack here    it is what was written here
 * a frame that is whole here is another one there       it is not
 * every frame is whole here and the same there          it is: what is damaged here is what stands around the frames
 * frames are damaged here, the end is not               it is not: SHA-256 says so
 * and the end is damaged, too                           it is believed: nothing here speaks against it
 * </pre>
 *
 * @param wrong the content here is not what its ids say, though every checksum is right: then only frames that are not marked bear witness
 */
record PackRemains(Pool pool, PackId pack, boolean wrong) {

    /** As long as it may take to verify one. */
    private static final Duration WHOLE = Duration.ofMinutes(15);

    /** What of the pack here speaks against this one; null if nothing does. */
    String against(PackDraft draft, PackIndex came) throws BackupException {
        return pool.device().call("compare pack " + pack, WHOLE, store -> against(store, draft, came));
    }

    private String against(BlobStore store, PackDraft draft, PackIndex came) throws BackupException {
        if (store.size(VolumeKeys.pack(pack)) < 0) {
            return null;
        }
        ByteBuffer hash = hash(store, draft.size());
        if (hash != null && hash.equals(new PackReader(draft).hash())) {
            return null;
        }
        KnownPack known = pool.index().pack(pack);
        int lost = 0;
        for (IndexEntry entry : came.entries()) {
            switch (frame(store, entry, known)) {
                case ChunkRead.Read(ByteBuffer frame) -> {
                    if (!frame.equals(new PackReader(draft).frame(entry.offset(), entry.length()))) {
                        return "chunk " + entry.chunk() + " is whole here, and another one there";
                    }
                }
                case ChunkRead.Missing _, ChunkRead.Unreadable _ -> lost++;
            }
        }
        return lost == 0 || hash == null || wrong ? null : "its SHA-256 is not the one at the end of the pack here, of which " + lost + " chunks are damaged";
    }

    private ChunkRead frame(BlobStore store, IndexEntry entry, KnownPack known) throws BackupException {
        if (wrong && known != null && pool.index().all(known.group(), entry.chunk()).stream().anyMatch(at -> at.pack().equals(known) && at.damaged())) {
            return new ChunkRead.Missing("it is marked");
        }
        return ChunkRead.of(store, pack, entry);
    }

    /** Null if the end can't be read here, or is not whole. */
    private ByteBuffer hash(BlobStore store, long size) throws BackupException {
        try {
            BlobPack here = new BlobPack(store, pack);
            return here.size() == size ? new PackReader(here).hash() : null;
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            return null;
        }
    }
}
