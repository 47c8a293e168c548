package org.azekura.client.mount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;

/** Reads any range of any file: finds out where it lies, gets the chunks, puts them together. Safe for any number of threads. */
final class FileBytes {

    /** At once, for one range: a chunk may have 4 MiB. */
    private static final int GROUP = 2;

    private final Layouts layouts;
    private final Chunks chunks;

    FileBytes(Layouts layouts, Chunks chunks) {
        this.layouts = layouts;
        this.chunks = chunks;
    }

    /**
     * @return fewer than asked for only at the file's end
     * @throws BackupException {@code chunk.damaged} if any of these bytes can't be read, {@code blob.archived} if they are nowhere else than in an archive
     */
    byte[] read(RawPath file, long from, int length) throws BackupException {
        byte[] bytes = new byte[length];
        long end = from + length;
        long at = from;
        while (at < end) {
            Slices there = layouts.toRead(file, at, end);
            if (there == null) {
                return Arrays.copyOf(bytes, (int) (at - from));
            }
            long to = Math.min(end, there.to());
            fill(file, there.within(at, to), bytes, from);
            at = to;
        }
        return bytes;
    }

    /** The keys of what lies from here on, in the order of the file, each once. */
    List<RestoreBatch.ChunkKey> ahead(RawPath file, long from, long to) throws BackupException {
        Map<ChunkId, RestoreBatch.ChunkKey> keys = new LinkedHashMap<>();
        for (long at = from; at < to;) {
            Slices there = layouts.at(file, at);
            if (there == null) {
                break;
            }
            there.within(at, to).stream().filter(slice -> slice.chunk() != null).forEach(slice -> keys.put(slice.chunk().chunk(), slice.chunk()));
            at = there.to();
        }
        return List.copyOf(keys.values());
    }

    private void fill(RawPath file, List<Slices.Slice> slices, byte[] bytes, long from) throws BackupException {
        List<Slices.Slice> group = new ArrayList<>();
        Map<ChunkId, RestoreBatch.ChunkKey> keys = new LinkedHashMap<>();
        for (Slices.Slice slice : slices) {
            if (slice.chunk() != null) {
                if (keys.size() == GROUP && !keys.containsKey(slice.chunk().chunk())) {
                    copy(file, group, chunks.get(keys.values()), bytes, from);
                    group.clear();
                    keys.clear();
                }
                keys.put(slice.chunk().chunk(), slice.chunk());
                group.add(slice);
            }
        }
        copy(file, group, chunks.get(keys.values()), bytes, from);
    }

    private static void copy(RawPath file, List<Slices.Slice> group, Map<ChunkId, byte[]> contents, byte[] bytes, long from) throws BackupException {
        for (Slices.Slice slice : group) {
            byte[] content = contents.get(slice.chunk().chunk());
            if (content == null && slice.archived() != null) {
                throw new BackupException(slice.archived());
            }
            if (content == null || slice.offset() + slice.length() > content.length) {
                throw BackupException.corrupt("chunk.damaged", slice.chunk().chunk().toString(), file + " can't be read from byte " + slice.at() + " to " + slice.end()
                        + ": chunk " + slice.chunk().chunk() + " is damaged or lost");
            }
            long begin = Math.max(slice.at(), from);
            long end = Math.min(slice.end(), from + bytes.length);
            System.arraycopy(content, (int) (slice.offset() + begin - slice.at()), bytes, (int) (begin - from), (int) (end - begin));
        }
    }
}
