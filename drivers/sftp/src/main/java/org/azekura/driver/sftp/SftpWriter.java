package org.azekura.driver.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;

/** Writes a draft, with as many requests on their way as a line carries; commit gives it the blob's name. It has one connection from its begin to its end. */
final class SftpWriter implements BlobWriter {

    private final SftpStore store;
    private final String key;
    private final Place place;
    private final Line line;
    private final Drafts.Draft draft;
    private final Deque<Line.Asked> asked = new ArrayDeque<>();
    private final byte[] piece = new byte[Line.PIECE];
    private int filled;
    private long offset;
    private boolean open = true;
    private boolean ended;

    /** How a draft becomes the blob. */
    @FunctionalInterface
    interface Place {
        void take(Line line, String draft, String key) throws IOException, BackupException;
    }

    /** @param line that it gives back */
    SftpWriter(SftpStore store, String key, Place place, Line line, Drafts.Draft draft) {
        this.store = store;
        this.key = key;
        this.place = place;
        this.line = line;
        this.draft = draft;
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        store.requireOpen();
        try {
            while (bytes.hasRemaining()) {
                int count = Math.min(bytes.remaining(), piece.length - filled);
                bytes.get(piece, filled, count);
                filled += count;
                if (filled == piece.length) {
                    send();
                }
            }
        } catch (IOException e) {
            throw store.faultOfWrite(line, e, key);
        }
    }

    private void send() throws IOException {
        asked.addLast(line.ask(Request.write(draft.handle(), offset, piece, filled)));
        offset += filled;
        filled = 0;
        while (asked.size() >= Line.IN_FLIGHT) {
            line.done(asked.removeFirst());
        }
    }

    @Override
    public void commit() throws BackupException {
        store.requireOpen();
        try {
            if (filled > 0) {
                send();
            }
            while (!asked.isEmpty()) {
                line.done(asked.removeFirst());
            }
            if (line.has(Extension.FSYNC)) {
                line.run(Request.sync(draft.handle()));
            }
            open = false;
            line.run(Request.close(draft.handle()));
        } catch (IOException e) {
            throw store.faultOfWrite(line, e, key);
        }
        try {
            place.take(line, draft.path(), key);
        } catch (IOException e) {
            throw store.faultOfWrite(line, e, key);
        }
        close();
    }

    /** What cannot be removed now, as the connection is lost, is removed when the server is met next. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        asked.forEach(line::drop);
        if (open) {
            line.tell(Request.close(draft.handle()));
        }
        line.tell(Request.remove(draft.path()));
        Drafts.close(draft);
        line.users.decrementAndGet();
    }
}
