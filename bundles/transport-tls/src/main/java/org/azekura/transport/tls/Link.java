package org.azekura.transport.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import org.azekura.api.BackupException;

/** One TCP connection, from its greeting on. What says when something came, and what is due, is guarded by the session's lock. */
final class Link {

    /** Room for two units and a record. */
    private static final int LARGE = 2 * (Unit.HEAD + Unit.MAX_PAYLOAD) + (32 << 10);

    /** Room for a record. */
    private static final int SMALL = 18 << 10;

    private final Wire wire;
    private final Flow coming = new Flow();
    private ByteBuffer in = ByteBuffer.allocate(SMALL).flip();
    private int most = SMALL;
    private long heard = System.nanoTime();
    private boolean pingDue;
    private boolean ackDue;

    Link(Wire wire) {
        this.wire = wire;
    }

    Wire wire() {
        return wire;
    }

    X509Certificate certificate() {
        return wire.peer();
    }

    /** What the other side says first, without its length. */
    ByteBuffer message() throws IOException, BackupException {
        while (true) {
            if (in.remaining() >= 2) {
                int length = in.getShort(in.position()) & 0xffff;
                if (length > Greeting.MAX) {
                    throw UnitReader.malformed("a greeting or answer of " + length + " bytes");
                }
                if (in.remaining() >= 2 + length) {
                    ByteBuffer message = in.slice(in.position() + 2, length);
                    in.position(in.position() + 2 + length);
                    return message;
                }
            }
            if (!fill()) {
                throw new EOFException("the other side ended the connection before it said who it is");
            }
        }
    }

    /** From here on much may come. */
    void trusted() {
        wire.trusted();
        most = LARGE;
    }

    /** What has come and was not taken. The thread that reads. */
    ByteBuffer in() {
        return in;
    }

    /** Waits for more. */
    boolean fill() throws IOException {
        in.compact();
        try {
            if (in.position() > 0 && in.capacity() < most) {
                in = ByteBuffer.allocate(most).put(in.flip());
            }
            int got = wire.read(in);
            if (coming.isLow(got) && in.capacity() > SMALL && in.position() < SMALL) {
                in = ByteBuffer.allocate(SMALL).put(in.flip());
            }
            return got >= 0;
        } finally {
            in.flip();
        }
    }

    void write(ByteBuffer... bytes) throws IOException {
        wire.write(bytes);
    }

    /** At once; whoever reads or writes fails. */
    void cut() {
        wire.close();
    }

    void heard() {
        heard = System.nanoTime();
    }

    long silentNanos() {
        return System.nanoTime() - heard;
    }

    void ping() {
        pingDue = true;
    }

    void ack() {
        ackDue = true;
    }

    /** Adds what is of this link only. */
    void collect(UnitWriter writer, Sequence sequence) {
        if (pingDue) {
            pingDue = false;
            writer.add(new Unit.Ping());
        }
        if (ackDue) {
            ackDue = false;
            writer.add(sequence.ack());
        }
    }
}
