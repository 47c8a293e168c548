package org.azekura.engine.plan;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;

/**
 * Reads what a {@link PlanWriter} has written, all batches in the same order. Where a path leads is for the reader's user to judge: only its last
 * name is known to be one. One thread.
 */
public final class PlanReader {

    /** The path of the last part that was read. */
    private byte[] before = {};

    /** Takes parts in order. */
    @FunctionalInterface
    public interface Taker {
        void take(RestorePlan.Part part) throws BackupException;
    }

    /**
     * The next batch. Its paths together are no longer than a {@link RestorePlan} lets them be.
     *
     * @param chunks by place, as they were given to the writer
     * @throws BackupException {@code plan.corrupt}, {@code entry.corrupt}; what comes before the fault has been taken by then
     */
    public void read(byte[] parts, List<ChunkId> chunks, Taker taker) throws BackupException {
        ByteInput in = new ByteInput(parts, "plan.corrupt", "restore plan");
        in.version(PlanWriter.VERSION);
        long paths = 0;
        for (boolean first = true; in.remaining() > 0; first = false) {
            ByteInput part = in.part("part");
            byte[] directory = directory(part);
            paths += directory.length;
            if (!first && paths > RestorePlan.MAX_BYTES) {
                throw in.corrupt("the paths of one batch have more than " + RestorePlan.MAX_BYTES + " bytes");
            }
            taker.take(part(directory, part, chunks));
        }
    }

    private byte[] directory(ByteInput in) throws BackupException {
        int kept = (int) in.uint(before.length, "length that is kept of a path");
        byte[] more = in.block(in.remaining(), "directory");
        byte[] directory = Arrays.copyOf(before, kept + more.length);
        System.arraycopy(more, 0, directory, kept, more.length);
        return directory;
    }

    private RestorePlan.Part part(byte[] directory, ByteInput in, List<ChunkId> chunks) throws BackupException {
        long from = in.uint(Long.MAX_VALUE, "place in the file");
        boolean last = in.flag("last part");
        Entry entry = EntryCodec.decode(in.raw(in.remaining(), "entry"), chunks);
        byte[] name = entry.name();
        before = Arrays.copyOf(directory, directory.length + 1 + name.length);
        before[directory.length] = '/';
        System.arraycopy(name, 0, before, directory.length + 1, name.length);
        return new RestorePlan.Part(new RawPath(before), entry, from, last);
    }
}
