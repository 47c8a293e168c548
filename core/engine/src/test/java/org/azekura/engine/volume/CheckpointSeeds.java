package org.azekura.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.Golden;

/** Checkpoints for a fuzzer to begin with, and what must hold for any. */
public final class CheckpointSeeds {

    private CheckpointSeeds() {}

    public static List<byte[]> all() {
        return List.of(Golden.read("volume.checkpoint"), Golden.read("volume-2.checkpoint"), Golden.read("volume-3.checkpoint"), Golden.read("volume-4.checkpoint"),
                Golden.read("volume-5.checkpoint"), Golden.read("volume-6.checkpoint"));
    }

    /** What is read can be written, and reads the same again. */
    public static void check(byte[] input) throws BackupException {
        List<CheckpointItem> items = read(input);
        assertEquals(items, read(written(items)));
    }

    static byte[] written(List<CheckpointItem> items) throws BackupException {
        return written(items, null);
    }

    /** @param idKey that it is proven with; null: it is not */
    static byte[] written(List<CheckpointItem> items, byte[] idKey) throws BackupException {
        var bytes = new ByteArrayOutputStream();
        CheckpointWriter.Sink sink = page -> bytes.write(page.array(), page.position(), page.remaining());
        CheckpointWriter writer = CheckpointWriter.of(sink, items);
        for (CheckpointItem item : items) {
            writer.add(item);
        }
        writer.finish(idKey);
        return bytes.toByteArray();
    }

    static List<CheckpointItem> read(byte[] checkpoint) throws BackupException {
        List<CheckpointItem> items = new ArrayList<>();
        reader(checkpoint).read(items::add);
        return items;
    }

    static CheckpointProof proof(byte[] checkpoint) throws BackupException {
        CheckpointReader reader = reader(checkpoint);
        reader.read(item -> {});
        return reader.proof();
    }

    private static CheckpointReader reader(byte[] checkpoint) {
        ByteBuffer from = ByteBuffer.wrap(checkpoint);
        return new CheckpointReader(into -> {
            int length = Math.min(into.remaining(), from.remaining());
            into.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }, "checkpoint");
    }

    /** Makes the checksums of its pages right, as far as their lengths make sense. */
    public static byte[] mend(byte[] input) {
        ByteBuffer all = ByteBuffer.wrap(input);
        for (int at = 0; input.length - at >= CheckpointForm.HEAD_BYTES + Integer.BYTES;) {
            int length = CheckpointForm.HEAD_BYTES + all.getInt(at + CheckpointForm.HEAD_BYTES - Integer.BYTES);
            if (length < CheckpointForm.HEAD_BYTES || length > input.length - at - Integer.BYTES) {
                break;
            }
            all.putInt(at + length, CheckpointForm.checksum(all.slice(at, length)));
            at += length + Integer.BYTES;
        }
        return input;
    }
}
