package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import org.azekura.driver.tape.scsi.Direction;

/**
 * A command, as it goes to a device. Immutable by agreement.
 *
 * @param service the service action, which says more than the operation code; -1 if it has none
 */
record Cdb(byte[] bytes, Direction direction, int service) {

    /** Six bytes: operation, flags, three of a number, control. */
    static Cdb six(int operation, Direction direction, int flags, int number) {
        return new Cdb(new byte[] {(byte) operation, (byte) flags, (byte) (number >> 16), (byte) (number >> 8), (byte) number, 0}, direction, -1);
    }

    /** So many bytes, to be filled by the methods below. */
    static Cdb of(int length, int operation, Direction direction) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) operation;
        return new Cdb(bytes, direction, -1);
    }

    Cdb with(int at, int value) {
        bytes[at] = (byte) value;
        return this;
    }

    Cdb with16(int at, int value) {
        return with(at, value >> 8).with(at + 1, value);
    }

    Cdb with24(int at, int value) {
        return with(at, value >> 16).with16(at + 1, value);
    }

    Cdb with32(int at, long value) {
        return with16(at, (int) (value >> 16)).with16(at + 2, (int) value);
    }

    Cdb with64(int at, long value) {
        ByteBuffer.wrap(bytes).putLong(at, value);
        return this;
    }

    /** The service action in the second byte. */
    Cdb service(int action) {
        bytes[1] |= (byte) action;
        return new Cdb(bytes, direction, action);
    }

    int operation() {
        return bytes[0] & 0xff;
    }

    /** By which it is remembered that a device has no such command. */
    int key() {
        return operation() << 8 | service & 0xff;
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.isEmpty() ? "" : " ").append("%02x".formatted(b));
        }
        return text.toString();
    }
}
