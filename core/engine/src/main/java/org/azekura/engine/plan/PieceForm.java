package org.azekura.engine.plan;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.tree.EntryCodec;

/**
 * Records of a plan that is sorted on this machine's disk: rank, object, offset and number (big-endian, so that they sort as they are), then file, path,
 * from, last, entry with ids in full. They outlive nothing.
 *
 * @param rank   0 for what needs no chunk, 1 for chunks that are nowhere, from 2 on cartridges
 * @param object of the pack
 * @param file   number of the file, -1 for what is none
 */
record PieceForm(int rank, long object, int file, RestorePlan.Part part) {

    static final int KEY = Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;
    static final int PLAIN = 0;
    static final int NOWHERE = 1;
    private static final int CARTRIDGES = 2;
    private static final String CODE = "plan.corrupt";

    static int rank(int cartridge) {
        return CARTRIDGES + cartridge;
    }

    /** @param number of the piece: those at one place stay in this order */
    static byte[] encode(int rank, Lie at, long number, int file, RestorePlan.Part part) {
        ByteOutput out = new ByteOutput(256);
        out.u32(rank);
        out.u64(at == null ? 0 : at.object());
        out.u32(at == null ? 0 : at.offset());
        out.u64(number);
        out.uint(file + 1);
        out.block(part.path().bytes());
        out.uint(part.from());
        out.flag(part.last());
        out.raw(EntryCodec.encode(part.entry()));
        return out.toBytes();
    }

    static int rank(byte[] record) {
        return ByteBuffer.wrap(record).getInt();
    }

    static long object(byte[] record) {
        return ByteBuffer.wrap(record).getLong(Integer.BYTES);
    }

    static PieceForm decode(byte[] record) throws BackupException {
        ByteInput in = new ByteInput(Arrays.copyOfRange(record, KEY, record.length), CODE, "sorted plan");
        int file = (int) in.uint(Integer.MAX_VALUE, "number of a file") - 1;
        RawPath path = new RawPath(in.block(in.remaining(), "path"));
        long from = in.uint(Long.MAX_VALUE, "place in the file");
        boolean last = in.flag("last part");
        return new PieceForm(rank(record), object(record), file, new RestorePlan.Part(path, EntryCodec.decode(in.raw(in.remaining(), "entry")), from, last));
    }
}
