package org.azekura.engine.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.ChunkId;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.tree.EntryCodec;

/** Writes the parts of one plan, batch after batch, as {@code parts} in the package's grammar. One thread. */
public final class PlanWriter {

    static final int VERSION = FormatVersion.FIRST;
    private static final int USUAL_BYTES = 128;

    /** The path of the last part that was written. */
    private byte[] before = {};

    /**
     * The next batch.
     *
     * @param parts  with absolute paths
     * @param chunks all that the parts need, each once
     */
    public byte[] parts(List<RestorePlan.Part> parts, List<ChunkId> chunks) {
        Map<ChunkId, Integer> places = new HashMap<>();
        for (ChunkId chunk : chunks) {
            places.put(chunk, places.size());
        }
        ByteOutput out = new ByteOutput(USUAL_BYTES * (parts.size() + 1));
        out.u8(VERSION);
        for (RestorePlan.Part part : parts) {
            out.block(part(part, places));
        }
        return out.toBytes();
    }

    private ByteOutput part(RestorePlan.Part part, Map<ChunkId, Integer> places) {
        byte[] path = part.path().bytes();
        int directory = path.length - part.entry().name().length - 1;
        int kept = kept(path, directory);
        ByteOutput out = new ByteOutput(USUAL_BYTES);
        out.uint(kept);
        out.block(Arrays.copyOfRange(path, kept, directory));
        out.uint(part.from());
        out.flag(part.last());
        out.raw(EntryCodec.encode(part.entry(), places::get));
        before = path;
        return out;
    }

    /** How much of its directory a path has in common with the one before, in whole names or not. */
    private int kept(byte[] path, int directory) {
        int differs = Arrays.mismatch(path, 0, directory, before, 0, Math.min(before.length, directory));
        return differs < 0 ? directory : differs;
    }
}
