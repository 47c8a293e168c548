package org.azekura.storagenode.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.pack.PackSource;
import org.azekura.engine.pack.PackTransit;

/** A pack that came from elsewhere, whole, in a file of the node that has no name: what is to be replaced by it stays until it was looked at. One thread. */
final class PackDraft implements PackSource, AutoCloseable {

    private static final int PIECE = 1 << 20;

    private final Path folder;
    private final FileChannel file;
    private long size;

    private PackDraft(Path folder, FileChannel file) {
        this.folder = folder;
        this.file = file;
    }

    /**
     * Takes all of a pack that is sent.
     *
     * @param folder on a disk of the node's
     * @throws BackupException {@code pack.corrupt} unless every byte is what was written once
     */
    static PackDraft take(SentPack sent, PackId pack, Path folder) throws BackupException {
        PackDraft draft = begin(folder);
        boolean whole = false;
        try {
            PackTransit transit = new PackTransit(pack, sent.size());
            for (ByteBuffer piece = sent.next(); piece != null; piece = sent.next()) {
                transit.take(piece);
                draft.write(piece);
            }
            transit.end();
            whole = true;
            return draft;
        } finally {
            if (!whole) {
                draft.close();
            }
        }
    }

    private static PackDraft begin(Path folder) throws BackupException {
        try {
            Path path = Files.createTempFile(folder, "mend-", ".new");
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
            return new PackDraft(folder, file);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** Its bytes from the first on. */
    PackOnTheWay.Pieces pieces() {
        return new PackOnTheWay.Pieces() {

            private long at;

            @Override
            public ByteBuffer next() throws BackupException {
                if (at == size) {
                    return null;
                }
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size - at));
                read(at, piece);
                at += piece.flip().remaining();
                return piece;
            }
        };
    }

    private void write(ByteBuffer piece) throws BackupException {
        try {
            while (piece.hasRemaining()) {
                size += file.write(piece, size);
            }
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static BackupException failed(Path folder, IOException e) {
        return BackupException.device("node.io", folder.toString(), "a pack can't be kept in " + folder + " before it replaces another: " + e.getMessage(), e);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer into) throws BackupException {
        try {
            return file.read(into, offset);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // It has no name: nothing is left of it either way.
        }
    }
}
