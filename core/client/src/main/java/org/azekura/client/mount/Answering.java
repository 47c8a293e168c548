package org.azekura.client.mount;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.message.MountAnswer;

/** Answers the command's questions. Safe for any number of threads. */
final class Answering {

    static final int ENOENT = 2;
    static final int EIO = 5;
    private static final int HEAD = Integer.BYTES + Long.BYTES + Integer.BYTES;

    private final OutputStream out;
    private final MountedSnapshot snapshot;

    Answering(OutputStream out, MountedSnapshot snapshot) {
        this.out = out;
        this.snapshot = snapshot;
    }

    void ready() throws IOException {
        send(0, 0, new byte[0]);
    }

    /** @throws IOException if the command is gone */
    void answer(Asked asked) throws IOException {
        byte[] body = null;
        int errno = 0;
        try {
            body = body(asked);
        } catch (BackupException e) {
            snapshot.troubles().failed(e);
            errno = EIO;
        } catch (RuntimeException | Error e) {
            snapshot.troubles().failed(BackupException.bug("a question of a mount", e));
            errno = EIO;
        }
        send(asked.number(), body == null && errno == 0 ? ENOENT : errno, body == null ? new byte[0] : body);
        if (errno == 0 && asked instanceof Asked.Read(var number, var file, long from, int length)) {
            snapshot.ahead().read(file, from, from + length);
        }
    }

    /** Null if there is no such thing. */
    private byte[] body(Asked asked) throws BackupException {
        return switch (asked) {
            case Asked.Look(var number, var path) -> {
                MountAnswer.Entries found = snapshot.look(path);
                yield found.facts().isEmpty() ? null : entries(found);
            }
            case Asked.Names(var number, var directory, byte[] after, int most) -> entries(snapshot.names(directory, after, most));
            case Asked.Read(var number, var file, long from, int length) -> snapshot.read(file, from, length);
        };
    }

    private static byte[] entries(MountAnswer.Entries found) {
        ByteBuffer body = ByteBuffer.allocate(1 + Integer.BYTES + found.facts().size() * (Long.BYTES + Integer.BYTES) + found.entries().length);
        body.put((byte) (found.more() ? 1 : 0)).putInt(found.facts().size());
        found.facts().forEach(facts -> body.putLong(facts.stored()).putInt(facts.names()));
        return body.put(found.entries()).array();
    }

    private void send(long number, int errno, byte[] body) throws IOException {
        byte[] head = ByteBuffer.allocate(HEAD).putInt(HEAD - Integer.BYTES + body.length).putLong(number).putInt(errno).array();
        synchronized (out) {
            out.write(head);
            out.write(body);
            out.flush();
        }
    }
}
