package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.index.RegisterContent;

/**
 * What the server has and a register is to have, too, asked for as {@link StreamOpening.StoreRegister} says.
 *
 * @param stream of the register
 */
record AskedContent(Stream stream) implements RegisterContent {

    /** So many pages are asked for at once. */
    private static final int PAGES = 1024;

    @Override
    public void manifests(Sink to) throws BackupException {
        stream.send(ByteBuffer.allocate(0), VolumeStreams.SEND);
        for (ByteBuffer manifest = next(); manifest.hasRemaining(); manifest = next()) {
            to.take(manifest);
        }
    }

    @Override
    public void pages(List<ChunkId> pages, Sink to) throws BackupException {
        for (int from = 0; from < pages.size(); from += PAGES) {
            List<ChunkId> asked = pages.subList(from, Math.min(from + PAGES, pages.size()));
            ByteBuffer ids = ByteBuffer.allocate(asked.size() * ChunkId.BYTES);
            asked.forEach(page -> page.write(ids));
            stream.send(ids.flip(), VolumeStreams.SEND);
            for (int i = 0; i < asked.size(); i++) {
                ByteBuffer page = next();
                if (page.hasRemaining()) {
                    to.take(page);
                }
            }
        }
    }

    private ByteBuffer next() throws BackupException {
        ByteBuffer next = stream.receive(VolumeStreams.SEND);
        if (next == null) {
            throw BackupException.network("message.unexpected", "server", "the server has not sent all that belongs to a register", null);
        }
        return next;
    }
}
