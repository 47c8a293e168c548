package org.azekura.engine.tree;

import java.util.List;
import java.util.function.ToIntFunction;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** Entries outside of pages: the stand-alone form, in which ids are written in full, for a client's cache; and the rule {@code entry} for restore plans. */
public final class EntryCodec {

    private static final int VERSION = FormatVersion.FIRST;
    private static final String CODE = "entry.corrupt";

    private EntryCodec() {}

    public static byte[] encode(Entry entry) {
        ByteOutput out = new ByteOutput(256);
        out.u8(VERSION);
        out.block(entry.name());
        EntryForm.write(entry, out, RefOutput.FULL);
        return out.toBytes();
    }

    /** @throws BackupException {@code entry.corrupt} */
    public static Entry decode(byte[] encoded) throws BackupException {
        ByteInput in = new ByteInput(encoded, CODE, "stand-alone tree entry");
        in.version(VERSION);
        byte[] name = in.block(Entry.MAX_NAME, "name");
        return EntryForm.read(name, in, RefInput.FULL);
    }

    /**
     * The rule {@code entry}.
     *
     * @param numbers says the number of each data chunk
     * @throws IllegalArgumentException if the entry refers to a tree
     */
    public static byte[] encode(Entry entry, ToIntFunction<ChunkId> numbers) {
        ByteOutput out = new ByteOutput(256);
        out.block(entry.name());
        EntryForm.write(entry, out, (into, id, kind) -> {
            if (kind != ChunkKind.DATA) {
                throw new IllegalArgumentException("an entry that refers to a tree stands in a page only");
            }
            into.uint(numbers.applyAsInt(id));
        });
        return out.toBytes();
    }

    /**
     * The opposite.
     *
     * @param chunks by number
     * @throws BackupException {@code entry.corrupt}
     */
    public static Entry decode(byte[] encoded, List<ChunkId> chunks) throws BackupException {
        ByteInput in = new ByteInput(encoded, CODE, "tree entry of a plan");
        byte[] name = in.block(Entry.MAX_NAME, "name");
        return EntryForm.read(name, in, (from, kind) -> {
            int number = (int) from.uint(Integer.MAX_VALUE, "number of a chunk");
            if (kind != ChunkKind.DATA || number >= chunks.size()) {
                throw from.corrupt(kind + " chunk " + number + ", expected one of " + chunks.size() + " of data");
            }
            return chunks.get(number);
        });
    }
}
