package org.azekura.client.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a map as its file is read. Nothing of it fails: a map that cannot be written is told of in the log and left out. What is not
 * finished is discarded. One thread.
 */
public final class MapWriter {

    private static final Logger LOG = LoggerFactory.getLogger(MapWriter.class);
    private static final int FIRST_BYTES = 4 << 10;

    private final BlockMaps maps;
    private final Path draft;
    private final byte[] id;
    private final int blockBytes;
    private final BlockHash hash;
    private final Run hashes = new Run(MapForm.HASHES);
    private final Run extents = new Run(MapForm.EXTENTS);
    private FileChannel channel;
    private long written;
    private long blocks;
    private boolean over;

    MapWriter(BlockMaps maps, Path draft, byte[] id, int blockBytes, BlockHash hash) {
        this.maps = maps;
        this.draft = draft;
        this.id = id;
        this.blockBytes = blockBytes;
        this.hash = hash;
    }

    /** Items of one kind that wait for their page to be full. */
    private final class Run {

        private final byte kind;
        private final int itemBytes;
        private ByteBuffer page = ByteBuffer.allocate(FIRST_BYTES);

        Run(byte kind) {
            this.kind = kind;
            this.itemBytes = MapForm.itemBytes(kind);
            page.position(MapForm.PAGE_HEAD_BYTES);
        }

        ByteBuffer room() throws IOException {
            int used = page.position() - MapForm.PAGE_HEAD_BYTES;
            if (used + itemBytes > MapForm.PAGE_ITEMS_BYTES) {
                flush();
            } else if (page.remaining() < itemBytes + MapForm.CHECK_BYTES) {
                page = ByteBuffer.allocate(2 * page.capacity()).put(page.flip());
            }
            return page;
        }

        void flush() throws IOException {
            int items = (page.position() - MapForm.PAGE_HEAD_BYTES) / itemBytes;
            if (items > 0) {
                page.put(0, kind).putInt(1, items);
                page.put(MapForm.check(id, offset(), page, 0));
                write(page.flip());
                page.clear().position(MapForm.PAGE_HEAD_BYTES);
            }
        }
    }

    /** No piece crosses a multiple of it. */
    public int blockBytes() {
        return blockBytes;
    }

    /** By which pieces are hashed; the parent's own if it has the same blocks. */
    public BlockHash hash() {
        return hash;
    }

    /** The next piece of the file. */
    public void block(byte[] hash) {
        if (!over) {
            try {
                hashes.room().put(hash);
                blocks++;
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /** The next extent of what the file's content became. */
    public void extent(Extent extent) {
        if (!over) {
            try {
                MapForm.write(extent, extents.room());
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /**
     * From now on this is the file's map.
     *
     * @param stat   as the file was when it had been read
     * @param stored what all chunks take together that were stored for it since it was last cut as a whole
     */
    public void finish(FileStat stat, Entry.Content content, long stored) {
        byte[] digest = MapForm.digest(content);
        if (over || digest == null || blocks == 0) {
            discard();
            return;
        }
        try {
            hashes.flush();
            extents.flush();
            ByteBuffer end = ByteBuffer.allocate(MapForm.END_BYTES).putLong(blocks).putLong(stored).put(digest);
            end.put(MapForm.check(id, offset(), end, 0));
            write(end.flip());
            channel.close();
            Files.move(draft, maps.file(MapName.of(stat)), StandardCopyOption.ATOMIC_MOVE);
            over = true;
            maps.finished(this, stat);
        } catch (IOException e) {
            fail(e);
        }
    }

    private long offset() {
        return channel == null ? MapForm.HEAD_BYTES : written;
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            write(ByteBuffer.allocate(MapForm.HEAD_BYTES).putInt(MapForm.MAGIC).putInt(blockBytes).put(id).put(hash.key()).flip());
        }
        while (bytes.hasRemaining()) {
            written += channel.write(bytes);
        }
    }

    private void fail(IOException e) {
        LOG.warn("block map {}: {}; without it, the next change of its file costs whole chunks", draft, e.toString());
        discard();
    }

    /** Leaves nothing behind. Discarding what is finished or discarded does nothing. */
    public void discard() {
        if (over) {
            return;
        }
        over = true;
        maps.discarded(this);
        try {
            if (channel != null) {
                channel.close();
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.warn("block map {} cannot be removed: {}", draft, e.toString());
        }
    }
}
