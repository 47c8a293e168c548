package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;

/** What came of reading a chunk in one place. */
public sealed interface ChunkRead {

    /** The chunk's frame, whole. */
    record Read(ByteBuffer frame) implements ChunkRead {}

    /** The chunk is not there: the pack is gone, or holds other bytes. */
    record Missing(String what) implements ChunkRead {}

    /** The device could not read this place; another time it may. */
    record Unreadable(String what) implements ChunkRead {}

    /**
     * Used on a thread of the device.
     *
     * @throws BackupException if the device is gone
     */
    static ChunkRead of(BlobStore store, ChunkIndex.Found at) throws BackupException {
        return of(store, at.pack().id(), new IndexEntry(at.chunk(), at.session(), at.offset(), at.length()));
    }

    /**
     * The same of a place that nothing is known of.
     *
     * @throws BackupException if the device is gone
     */
    static ChunkRead of(BlobStore store, PackId pack, IndexEntry at) throws BackupException {
        try {
            ByteBuffer frame = ByteBuffer.allocate(at.length());
            store.read(VolumeKeys.pack(pack), at.offset(), frame);
            return check(frame.flip(), at.chunk());
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            if (e.failure().code().equals("blob.missing")) {
                return new Missing(e.getMessage());
            }
            return new Unreadable(e.getMessage());
        }
    }

    /**
     * Reads, by one request, chunks that follow each other in a pack; there may be gaps. Used on a thread of the device.
     *
     * @return the frame of each, null of what did not come as it should: that tells nothing of the volume before it was read by itself
     * @throws BackupException if the device is gone
     */
    static List<ByteBuffer> joined(BlobStore store, List<ChunkIndex.Found> run) throws BackupException {
        int begin = run.getFirst().offset();
        ByteBuffer all = ByteBuffer.allocate(run.getLast().offset() + run.getLast().length() - begin);
        try {
            store.read(VolumeKeys.pack(run.getFirst().pack().id()), begin, all);
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            all.clear();
        }
        int came = all.position();
        List<ByteBuffer> frames = new ArrayList<>();
        for (ChunkIndex.Found at : run) {
            int from = at.offset() - begin;
            boolean whole = from + at.length() <= came;
            frames.add(whole && check(all.clear().slice(from, at.length()), at.chunk()) instanceof Read(ByteBuffer frame) ? frame : null);
        }
        return frames;
    }

    private static ChunkRead check(ByteBuffer frame, ChunkId expected) {
        try {
            ChunkId found = Frame.parse(frame).header().id();
            return found.equals(expected) ? new Read(frame) : new Missing("found chunk " + found + ", expected " + expected);
        } catch (BackupException e) {
            return new Missing(e.getMessage());
        }
    }
}
