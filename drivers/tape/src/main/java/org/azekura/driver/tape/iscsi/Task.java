package org.azekura.driver.tape.iscsi;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.azekura.driver.tape.scsi.Direction;

/** A command that runs, and its data, which are never copied. */
final class Task {

    private final int tag;
    private final Direction direction;
    private final ByteBuffer data;
    private final int start;
    private final int length;

    Task(int tag, Direction direction, ByteBuffer data) {
        this.tag = tag;
        this.direction = direction;
        this.data = data;
        this.start = data.position();
        this.length = data.remaining();
    }

    int tag() {
        return tag;
    }

    Direction direction() {
        return direction;
    }

    int length() {
        return length;
    }

    ByteBuffer out(int from, int count) {
        return data.slice(start + from, count);
    }

    /** Where the next data go that come in. */
    ByteBuffer data() {
        return data;
    }

    void mine(Header header) throws ProtocolException {
        if (header.tag() != tag) {
            throw new ProtocolException("the target speaks of task " + Integer.toHexString(header.tag()) + ", but " + Integer.toHexString(tag) + " runs");
        }
    }

    /** Data come in order and without gaps, as was agreed, and not more than was asked for. */
    void expect(int offset, int count) throws ProtocolException {
        if (direction != Direction.IN || offset != data.position() - start || count > data.remaining()) {
            throw new ProtocolException("the target sends " + count + " bytes for place " + offset + "; expected are at most "
                    + (direction == Direction.IN ? data.remaining() : 0) + " for place " + (data.position() - start));
        }
    }
}
