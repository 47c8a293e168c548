package org.azekura.engine.register;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.Golden;
import org.azekura.engine.pack.SealedSession;

/** Registers for a fuzzer to begin with, and what must hold for any. */
public final class RegisterSeeds {

    private RegisterSeeds() {}

    public static List<byte[]> all() {
        return List.of(Golden.read("packs.register"), Golden.read("pages.register"));
    }

    /** Two sessions, two packs, three chunks, two manifests, one page of a tree. */
    static byte[] small() throws BackupException {
        var bytes = new ByteArrayOutputStream();
        RegisterWriter writer = new RegisterWriter(page -> bytes.write(page.array(), page.position(), page.remaining()));
        writer.session(new SealedSession(new SessionId(1, 2), new byte[] {3, 4}));
        writer.session(new SealedSession(new SessionId(5, 6), new byte[] {7}));
        writer.pack(new RegisteredPack(new PackId(8, 9), false, new TrustGroup(10, 11), 5_000_000_000L, 3, 2), List.of(0, 1));
        writer.pack(new RegisteredPack(new PackId(12, 13), true, new TrustGroup(10, 11), 400, 1, 1), List.of(1));
        writer.chunk(0, new ChunkId(1, 2, 3, 4), 64, 1000, 1);
        writer.chunk(1, new ChunkId(5, 6, 7, 8), 100, 200, 0);
        writer.chunk(0, new ChunkId(9, 10, 11, 12), Integer.MAX_VALUE, 1, 0);
        writer.manifest(ByteBuffer.wrap(new byte[] {14, 15, 16}));
        writer.manifest(ByteBuffer.wrap(new byte[] {17}));
        writer.page(ByteBuffer.wrap(new byte[] {18, 19}));
        writer.finish();
        return bytes.toByteArray();
    }

    static List<Object> read(byte[] register) throws BackupException {
        return read(register, RegisterReader.Part.ALL);
    }

    static List<Object> read(byte[] register, RegisterReader.Part part) throws BackupException {
        List<Object> items = new ArrayList<>();
        ByteBuffer from = ByteBuffer.wrap(register);
        new RegisterReader(into -> {
            int length = Math.min(into.remaining(), from.remaining());
            into.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }, "register").read(part, new RegisterReader.Visitor() {
            @Override
            public void session(SealedSession session) {
                items.add(session);
            }

            @Override
            public void pack(RegisteredPack pack, List<Integer> sessions) {
                items.add(List.of(pack, sessions));
            }

            @Override
            public void chunk(int pack, ChunkId chunk, int offset, int length, int session) {
                items.add(List.of(pack, chunk, offset, length, session));
            }

            @Override
            public void manifest(ByteBuffer manifest) {
                items.add(ByteBuffer.allocate(manifest.remaining()).put(manifest).flip());
            }

            @Override
            public void page(ByteBuffer frame) {
                items.add(List.of(ByteBuffer.allocate(frame.remaining()).put(frame).flip()));
            }
        });
        return items;
    }

    public static void check(byte[] input) throws BackupException {
        read(input);
    }

    /** So that a fuzzer comes behind the checksums. */
    public static byte[] mend(byte[] input) {
        ByteBuffer all = ByteBuffer.wrap(input);
        for (int at = 0; at + RegisterForm.HEAD <= input.length;) {
            int length = all.getInt(at + 6);
            if (length < 1 || length > input.length - at - RegisterForm.HEAD - Integer.BYTES) {
                return input;
            }
            int end = at + RegisterForm.HEAD + length;
            all.putInt(end, RegisterForm.checksum(ByteBuffer.wrap(Arrays.copyOfRange(input, at, end))));
            at = end + Integer.BYTES;
        }
        return input;
    }
}
