package org.azekura.client.mount;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.azekura.api.RawPath;

/** A question of the command, in the package's grammar. */
sealed interface Asked {

    int MAX_BYTES = 1 << 16;
    int MAX_READ = 1 << 20;

    long number();

    record Look(long number, RawPath path) implements Asked {}

    /** @param after empty for all */
    record Names(long number, RawPath directory, byte[] after, int most) implements Asked {}

    record Read(long number, RawPath file, long from, int length) implements Asked {}

    /**
     * Null at the end.
     *
     * @throws IOException also if it is none
     */
    static Asked next(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        if (length < Long.BYTES + 1 || length > MAX_BYTES) {
            throw new IOException("a question of " + length + " bytes");
        }
        ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length));
        if (body.remaining() < length) {
            return null;
        }
        try {
            return parse(body);
        } catch (RuntimeException e) {
            throw new IOException("a question that is none", e);
        }
    }

    private static Asked parse(ByteBuffer body) throws IOException {
        long number = body.getLong();
        int what = body.get();
        return switch (what) {
            case 1 -> new Look(number, new RawPath(rest(body)));
            case 2 -> {
                int most = body.getInt();
                byte[] path = new byte[body.getShort() & 0xffff];
                body.get(path);
                yield new Names(number, new RawPath(path), rest(body), most);
            }
            case 3 -> {
                long from = body.getLong();
                int length = body.getInt();
                if (from < 0 || length < 1 || length > MAX_READ) {
                    throw new IOException("a question for " + length + " bytes from " + from);
                }
                yield new Read(number, new RawPath(rest(body)), from, length);
            }
            default -> throw new IOException("a question of kind " + what);
        };
    }

    private static byte[] rest(ByteBuffer body) {
        return Arrays.copyOfRange(body.array(), body.position(), body.limit());
    }
}
