package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Units as bytes, without copying what is in frames. One thread. */
final class UnitWriter {

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private int units;
    private long bytes;

    void add(Unit unit) {
        units++;
        switch (unit) {
            case Unit.Frame frame -> {
                head(1, unit, Unit.TOTAL, frame.content()).putInt(frame.total()).flip();
                buffers.add(frame.bytes().duplicate());
            }
            case Unit.More more -> {
                head(2, unit, 0, more.content()).flip();
                buffers.add(more.bytes().duplicate());
            }
            case Unit.Open open -> head(3, open, 0, 0).flip();
            case Unit.End end -> head(4, end, 0, 0).flip();
            case Unit.Reset reset -> head(5, reset, 0, 0).flip();
            case Unit.Credit credit -> head(6, credit, 4, 0).putInt(credit.bytes()).flip();
            case Unit.Ack ack -> head(7, ack, 8, 0).putLong(ack.received()).flip();
            case Unit.Ping ping -> head(8, ping, 0, 0).flip();
            case Unit.Close close -> head(9, close, 0, 0).flip();
        }
    }

    /** A buffer with room for the numbers that follow; the content of a frame comes in one of its own: it may be sent again. */
    private ByteBuffer head(int type, Unit unit, int numbers, int content) {
        ByteBuffer head = ByteBuffer.allocate(Unit.HEAD + numbers).put((byte) type).putInt(unit.stream()).putInt(numbers + content);
        buffers.add(head);
        bytes += head.capacity() + content;
        return head;
    }

    int units() {
        return units;
    }

    long bytes() {
        return bytes;
    }

    /** What was added since the last time. */
    ByteBuffer[] take() {
        ByteBuffer[] taken = buffers.toArray(ByteBuffer[]::new);
        buffers.clear();
        units = 0;
        bytes = 0;
        return taken;
    }
}
