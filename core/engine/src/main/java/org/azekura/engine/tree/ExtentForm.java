package org.azekura.engine.tree;

import static org.azekura.engine.chunk.ChunkKind.DATA;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The rule {@code extent} of the grammar. */
final class ExtentForm {

    /** No extent takes less. */
    static final int MIN_BYTES = 2;

    private ExtentForm() {}

    static void write(Extent extent, ByteOutput out, RefOutput refs) {
        if (extent.chunk() == null) {
            out.u8(0);
        } else {
            out.u8(1);
            refs.put(out, extent.chunk(), DATA);
            out.uint(extent.offset());
        }
        out.uint(extent.length());
    }

    static Extent read(ByteInput in, RefInput refs) throws BackupException {
        int code = in.u8("extent");
        if (code > 1) {
            throw in.corrupt("extent of form " + code + ", expected 0 or 1");
        }
        ChunkId chunk = code == 0 ? null : refs.get(in, DATA);
        int offset = code == 0 ? 0 : (int) in.uint(Integer.MAX_VALUE, "offset of an extent");
        long length = in.uint(Long.MAX_VALUE, "length of an extent");
        try {
            return new Extent(chunk, offset, length);
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }
}
