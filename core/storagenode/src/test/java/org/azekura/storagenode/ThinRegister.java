package org.azekura.storagenode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.register.RegisterReader;
import org.azekura.engine.register.RegisterWriter;
import org.azekura.engine.register.RegisteredPack;

/** Copies a register, but for each second page of trees. */
final class ThinRegister implements RegisterReader.Visitor {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final RegisterWriter writer = new RegisterWriter(page -> bytes.write(page.array(), page.position(), page.remaining()));
    private int pages;

    private ThinRegister() {}

    static byte[] of(byte[] register) throws BackupException {
        ThinRegister copy = new ThinRegister();
        ByteBuffer from = ByteBuffer.wrap(register);
        new RegisterReader(into -> {
            int length = Math.min(into.remaining(), from.remaining());
            into.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }, "register").read(RegisterReader.Part.ALL, copy);
        copy.writer.finish();
        return copy.bytes.toByteArray();
    }

    @Override
    public void session(SealedSession session) throws BackupException {
        writer.session(session);
    }

    @Override
    public void pack(RegisteredPack pack, List<Integer> sessions) throws BackupException {
        writer.pack(pack, sessions);
    }

    @Override
    public void chunk(int pack, ChunkId chunk, int offset, int length, int session) throws BackupException {
        writer.chunk(pack, chunk, offset, length, session);
    }

    @Override
    public void manifest(ByteBuffer manifest) throws BackupException {
        writer.manifest(manifest);
    }

    @Override
    public void page(ByteBuffer frame) throws BackupException {
        if (pages++ % 2 == 1) {
            writer.page(frame);
        }
    }
}
