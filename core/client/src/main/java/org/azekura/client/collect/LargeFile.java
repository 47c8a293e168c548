package org.azekura.client.collect;

import java.io.IOException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.client.blocks.BlockHash;
import org.azekura.client.blocks.MapReader;
import org.azekura.client.blocks.MapWriter;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.engine.chunk.Chunker;

/**
 * One reading of a large file. Without its parent's map, all of it is cut by content. With it, a file is <em>scattered</em> or
 * <em>dense</em> from place to place:
 *
 * <ul>
 * <li>scattered: blocks that are the parent's become slices of the parent's chunks, the others go to a {@link Patch};
 * <li>dense: as much as can be waits in the buffer; what must leave it is cut by content, so that what was shifted finds its old
 *     chunks.
 * </ul>
 *
 * It begins dense, becomes scattered where the parent's blocks prevail by {@value #LEAD_BYTES} bytes, what waits included, and dense
 * again where the others do. So what is stored is never much more than twice what changed. One thread.
 */
final class LargeFile {

    /** Gives bytes from a position on; fewer than wanted only at the end. */
    @FunctionalInterface
    interface Source {
        int read(long at, byte[] into, int offset, int wanted) throws IOException, BackupException;
    }

    /** What is the same for all files. @param buffer room for two of the longest chunks */
    record Tools(Breaker breaker, Pipeline pipeline, Chunker chunker, ChunkSizes sizes, Tally tally, byte[] buffer) {}

    private static final int LEAD_BYTES = 256 << 10;

    private final Tools tools;
    private final ExtentContent content;
    /** Null if nothing is compared and no map written. */
    private final BlockHash hash;
    private final int blockBytes;
    private final MapWriter map;
    private final MapReader parent;
    private final Patch patch;
    private final byte[] buffer;
    private final int lead;
    /** Whether a block is the parent's, by its number modulo the length; of the blocks in the buffer. */
    private final boolean[] same;
    /** Place in the file of what {@code begin} is the place of in the buffer: of the first byte that is not dealt with. */
    private long at;
    private int begin;
    private int compared;
    private int filled;
    private boolean dense = true;
    private int score;
    private long stored;
    private long kept;

    /**
     * @param map    is told of all blocks, null if there is none
     * @param parent of the file's content in the parent snapshot, null if there is none
     */
    LargeFile(Tools tools, ExtentContent content, MapWriter map, MapReader parent) {
        this.tools = tools;
        this.content = content;
        if (parent != null) {
            this.hash = parent.hash();
            this.blockBytes = parent.blockBytes();
        } else {
            this.hash = map == null ? null : map.hash();
            this.blockBytes = map == null ? tools.sizes.max() : map.blockBytes();
        }
        this.map = map;
        this.parent = parent;
        this.patch = new Patch(tools.pipeline, content, tools.sizes.average());
        this.buffer = tools.buffer;
        this.lead = Math.max(1, Math.min(tools.sizes.max() / 2, LEAD_BYTES) / blockBytes);
        this.same = new boolean[buffer.length / blockBytes + 4];
    }

    /** Bytes of this file's new chunks. */
    long stored() {
        return stored;
    }

    /** Bytes that are the parent's. */
    long kept() {
        return kept;
    }

    /**
     * Takes what is between two holes.
     *
     * @return where the data end: before {@code to} if the source ends there
     * @throws org.azekura.client.blocks.DamagedMapException if the parent's map is of no use
     */
    long region(Source source, long from, long to) throws IOException, BackupException {
        long next = from;
        long end = to;
        at = from;
        begin = 0;
        compared = 0;
        filled = 0;
        while (next < end || begin < filled) {
            tools.breaker.check();
            if (next < end) {
                compact();
                int wanted = (int) Math.min(buffer.length - filled, end - next);
                int read = source.read(next, buffer, filled, wanted);
                filled += read;
                next += read;
                end = read < wanted ? next : end;
            }
            compare(next == end);
            while (dense && filled - begin >= tools.sizes.max()) {
                chunk(false);
            }
            if (next == end) {
                rest();
            }
        }
        return next;
    }

    /** A chunk may end within a block that was not compared: its bytes stay until it was. */
    private void compact() {
        int from = Math.min(begin, compared);
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        begin -= from;
        compared -= from;
        filled -= from;
    }

    /** @param end whether no more follows: then the last block may be short */
    private void compare(boolean end) throws IOException, BackupException {
        if (hash == null) {
            compared = filled;
        }
        while (compared < filled) {
            long place = at + compared - begin;
            int length = toBorder(place);
            if (length > filled - compared) {
                if (!end) {
                    return;
                }
                length = filled - compared;
            }
            byte[] found = hash.of(buffer, compared, length, place);
            if (map != null) {
                map(found, place, length);
            }
            compared += length;
            if (parent != null) {
                decide(place, parent.same(place, length, found));
            }
        }
    }

    /** The new map may have smaller blocks than those that are compared. */
    private void map(byte[] found, long place, int length) {
        if (map.hash() == hash) {
            map.block(found);
            return;
        }
        for (int done = 0; done < length;) {
            int part = Math.min(length - done, map.blockBytes() - (int) ((place + done) % map.blockBytes()));
            map.block(map.hash().of(buffer, compared + done, part, place + done));
            done += part;
        }
    }

    private int toBorder(long place) {
        return blockBytes - (int) (place % blockBytes);
    }

    private int slot(long place) {
        return (int) (place / blockBytes % same.length);
    }

    private void decide(long place, boolean isSame) throws IOException, BackupException {
        same[slot(place)] = isSame;
        score = Math.max(0, score + (isSame == dense ? 1 : -1));
        if (!dense) {
            scatter();
        }
        if (score >= lead) {
            if (dense) {
                scatter();
            }
            dense = !dense;
            score = 0;
        }
    }

    /** Deals with all blocks that were compared, each by itself. */
    private void scatter() throws IOException, BackupException {
        while (begin < compared) {
            int length = Math.min(toBorder(at), compared - begin);
            long from = at;
            if (same[slot(from)]) {
                parent.slices(from, from + length, content::add);
                kept += length;
            } else {
                patch.add(buffer, begin, length);
                stored += length;
            }
            done(length);
        }
        patch.step();
    }

    private void chunk(boolean end) throws BackupException {
        int length = tools.chunker.cut(buffer, begin, filled, end);
        ChunkName name = new ChunkName();
        byte[] plain = tools.pipeline.buffer(length);
        System.arraycopy(buffer, begin, plain, 0, length);
        tools.pipeline.data(name, plain, length);
        content.add(name, 0, length);
        stored += length;
        done(length);
    }

    private void done(int length) {
        tools.tally.bytes(length);
        begin += length;
        at += length;
    }

    /** What is left at the end. A piece that would be a short chunk goes to the others of its kind. */
    private void rest() throws IOException, BackupException {
        if (parent != null && 2 * sameBytes() > filled - begin) {
            scatter();
        }
        while (begin < filled && (parent == null || filled - begin >= tools.sizes.min())) {
            chunk(true);
        }
        if (begin < filled) {
            patch.add(buffer, begin, filled - begin);
            stored += filled - begin;
            done(filled - begin);
        }
    }

    private int sameBytes() {
        int bytes = 0;
        for (int from = begin; from < compared;) {
            long place = at + from - begin;
            int length = Math.min(toBorder(place), compared - from);
            bytes += same[slot(place)] ? length : 0;
            from += length;
        }
        return bytes;
    }

    /** Sends what waits for more. */
    void end() throws BackupException {
        patch.end();
    }
}
