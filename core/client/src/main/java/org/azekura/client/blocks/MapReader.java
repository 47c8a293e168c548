package org.azekura.client.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;

/** The map of a file of the parent snapshot. Asked from the beginning to the end; memory is bounded at any file size. One thread. */
public final class MapReader implements AutoCloseable {

    /** Takes extents in file order. */
    @FunctionalInterface
    public interface Slices {

        void slice(Extent extent) throws BackupException;
    }

    private final FileChannel channel;
    private final int blockBytes;
    private final BlockHash hash;
    private final long stored;
    private final Pieces pieces;
    private final Extents extents;
    private boolean ended;

    private MapReader(FileChannel channel, Entry.Content content) throws IOException {
        this.channel = channel;
        long size = channel.size();
        long last = size - MapForm.END_BYTES;
        if (last < MapForm.HEAD_BYTES) {
            throw new IOException("has " + size + " bytes, too few for a map");
        }
        ByteBuffer head = Pages.read(channel, 0, MapForm.HEAD_BYTES);
        if (head.getInt() != MapForm.MAGIC) {
            throw new IOException("is no map");
        }
        this.blockBytes = head.getInt();
        if (blockBytes != MapForm.BLOCK_BYTES && blockBytes != MapForm.FINE_BLOCK_BYTES) {
            throw new IOException("has blocks of " + blockBytes + " bytes");
        }
        byte[] id = new byte[MapForm.ID_BYTES];
        byte[] key = new byte[BlockHash.KEY_BYTES];
        head.get(id).get(key);
        this.hash = new BlockHash(key);
        ByteBuffer end = Pages.read(channel, last, MapForm.END_BYTES);
        Pages.check(id, last, end.position(MapForm.END_BYTES - MapForm.CHECK_BYTES));
        this.stored = end.getLong(8);
        byte[] digest = MapForm.digest(content);
        if (digest == null || !Arrays.equals(digest, 0, digest.length, end.array(), 16, 16 + digest.length)) {
            throw new IOException("is the map of another content");
        }
        pieces = new Pieces(new Extents(new Pages(channel, id, MapForm.EXTENTS, last)), new Pages(channel, id, MapForm.HASHES, last),
                blockBytes);
        extents = new Extents(new Pages(channel, id, MapForm.EXTENTS, last));
    }

    /** @throws IOException if it is not there, damaged, or the map of another content */
    static MapReader open(Path file, Entry.Content content) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new MapReader(channel, content);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** No piece crosses a multiple of it. */
    public int blockBytes() {
        return blockBytes;
    }

    /** By which pieces are hashed that are to be compared. */
    public BlockHash hash() {
        return hash;
    }

    /** What all chunks take together that were stored for the file since it was last cut as a whole. */
    public long stored() {
        return stored;
    }

    /**
     * Whether the file had exactly this piece. Positions rise from question to question.
     *
     * @throws DamagedMapException if the map is of no use
     */
    public boolean same(long at, int length, byte[] hash) throws DamagedMapException {
        try {
            while (!ended && pieces.start() < at) {
                ended = !pieces.next();
            }
        } catch (IOException e) {
            throw new DamagedMapException(e);
        }
        return !ended && pieces.start() == at && pieces.end() == at + length && Arrays.equals(pieces.hash(), hash);
    }

    /**
     * The parent's extents of a range without holes. Ranges rise from call to call.
     *
     * @throws DamagedMapException if the map is of no use
     */
    public void slices(long from, long to, Slices sink) throws DamagedMapException, BackupException {
        for (long at = from; at < to;) {
            Extent slice = slice(at, to);
            sink.slice(slice);
            at += slice.length();
        }
    }

    private Extent slice(long at, long to) throws DamagedMapException {
        try {
            while (extents.end() <= at) {
                if (!extents.next()) {
                    throw new IOException("has extents up to " + extents.end() + ", not to " + to);
                }
            }
        } catch (IOException e) {
            throw new DamagedMapException(e);
        }
        Extent extent = extents.extent();
        if (extent.isHole() || extents.start() > at) {
            throw new DamagedMapException(new IOException("has a hole at " + at));
        }
        int skipped = (int) (at - extents.start());
        return new Extent(extent.chunk(), extent.offset() + skipped, Math.min(extent.length() - skipped, to - at));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
