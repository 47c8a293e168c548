package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** PDUs on a wire. Who takes a header must take its data too, by {@link #data} or {@link #skip}, before the next one. */
final class Pdus {

    /** PDUs that are sent by one call of the system. */
    private static final int TOGETHER = 32;
    private static final int PIECES = 3;
    private static final int SCRATCH = 4096;

    private final Wire wire;
    private final Header arrived = Header.empty();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(4);
    private final Header[] headers = new Header[TOGETHER];
    private final ByteBuffer[] pieces = new ByteBuffer[TOGETHER * PIECES];
    private int queued;
    private int used;

    Pdus(Wire wire) {
        this.wire = wire;
        ByteBuffer room = ByteBuffer.allocateDirect(TOGETHER * Header.BYTES);
        for (int i = 0; i < TOGETHER; i++) {
            headers[i] = new Header(room.slice(i * Header.BYTES, Header.BYTES));
        }
    }

    boolean pending() throws IOException {
        return wire.pending();
    }

    /** The next header to be filled and {@link #queue}d, at most 32 before a {@link #flush}. */
    Header next() {
        return headers[queued];
    }

    boolean isFull() {
        return queued == TOGETHER;
    }

    /** Queues what {@link #next} gave. @param data what goes with it; not copied, so it must not change before {@link #flush} */
    void queue(ByteBuffer data) {
        Header header = headers[queued++];
        int length = data.remaining();
        pieces[used++] = header.dataLength(length).whole();
        if (length > 0) {
            pieces[used++] = data;
        }
        if (Header.padding(length) > 0) {
            pieces[used++] = zeros.slice(0, Header.padding(length));
        }
    }

    void flush(long deadline) throws IOException {
        int count = used;
        queued = 0;
        used = 0;
        try {
            wire.send(pieces, count, deadline);
        } finally {
            Arrays.fill(pieces, 0, count, null);
        }
    }

    /** Waits for the next one; valid until the one after it. */
    Header read(long deadline) throws IOException {
        // One that never stops sending never lets the wire wait.
        if (deadline - System.nanoTime() <= 0) {
            throw new SocketTimeoutException();
        }
        wire.receive(arrived.whole(), deadline);
        if (arrived.dataLength() > Terms.OUR_SEGMENT) {
            throw new ProtocolException("a PDU of opcode " + arrived.opcode() + " brings " + arrived.dataLength() + " bytes, agreed were at most "
                    + Terms.OUR_SEGMENT);
        }
        pass(arrived.additional(), deadline);
        return arrived;
    }

    /** Takes the data of the last one: as much as it brings into this buffer, which has the room, whose position moves. */
    void data(ByteBuffer into, long deadline) throws IOException {
        int length = arrived.dataLength();
        int limit = into.limit();
        into.limit(into.position() + length);
        try {
            wire.receive(into, deadline);
        } finally {
            into.limit(limit);
        }
        pass(Header.padding(length), deadline);
    }

    /** Takes at most so many bytes of the data of the last one, which shall not be more than that. */
    ByteBuffer data(int most, long deadline) throws IOException {
        int length = arrived.dataLength();
        if (length > most) {
            throw new ProtocolException("a PDU of opcode " + arrived.opcode() + " brings " + length + " bytes, at most " + most + " belong there");
        }
        ByteBuffer data = ByteBuffer.allocate(length);
        data(data, deadline);
        return data.flip();
    }

    void skip(long deadline) throws IOException {
        pass(arrived.dataLength() + Header.padding(arrived.dataLength()), deadline);
    }

    private void pass(int length, long deadline) throws IOException {
        for (int left = length; left > 0; left -= scratch.limit()) {
            wire.receive(scratch.clear().limit(Math.min(left, SCRATCH)), deadline);
        }
    }
}
