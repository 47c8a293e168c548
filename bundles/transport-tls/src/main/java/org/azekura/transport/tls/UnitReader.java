package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Stream;

/** Bytes as units. */
final class UnitReader {

    private UnitReader() {}

    /**
     * Takes the next unit if all of it is there; what frames contain is not copied.
     *
     * @return null if it is not; nothing is taken then
     * @throws BackupException {@code transport.malformed}
     */
    static Unit next(ByteBuffer in) throws BackupException {
        if (in.remaining() < Unit.HEAD) {
            return null;
        }
        int at = in.position();
        int type = in.get(at) & 0xff;
        int stream = in.getInt(at + 1);
        int length = in.getInt(at + 5);
        if (length < 0 || length > Unit.MAX_PAYLOAD) {
            throw malformed("a unit has at most " + Unit.MAX_PAYLOAD + " bytes, not " + Integer.toUnsignedString(length));
        }
        check(type, stream, length);
        if (in.remaining() < Unit.HEAD + length) {
            return null;
        }
        Unit unit = unit(type, stream, in.slice(at + Unit.HEAD, length));
        in.position(at + Unit.HEAD + length);
        return unit;
    }

    /** What can be said before the payload is there. */
    private static void check(int type, int stream, int length) throws BackupException {
        // Not a switch over what is ours: the other side may send any byte.
        boolean fits = switch (type) {
            case 1 -> length >= Unit.TOTAL;
            case 2 -> length > 0;
            case 6 -> length == 4;
            case 7 -> length == 8;
            case 3, 4, 5, 8, 9 -> length == 0;
            default -> throw malformed("there is no type of unit " + type);
        };
        if (!fits) {
            throw malformed("a unit of type " + type + " does not have " + length + " bytes");
        }
        if (stream < 0 || type >= 7 && stream != 0) {
            throw malformed("a unit of type " + type + " is not of stream " + Integer.toUnsignedString(stream));
        }
    }

    private static Unit unit(int type, int stream, ByteBuffer payload) throws BackupException {
        return switch (type) {
            case 1 -> frame(stream, payload.getInt(), payload.slice());
            case 2 -> new Unit.More(stream, payload);
            case 3 -> new Unit.Open(stream);
            case 4 -> new Unit.End(stream);
            case 5 -> new Unit.Reset(stream);
            case 6 -> credit(stream, payload.getInt());
            case 7 -> new Unit.Ack(payload.getLong());
            case 8 -> new Unit.Ping();
            default -> new Unit.Close();
        };
    }

    private static Unit frame(int stream, int total, ByteBuffer first) throws BackupException {
        if (total < 0 || total > Stream.MAX_FRAME || first.remaining() > total) {
            throw malformed("a frame of " + Integer.toUnsignedString(total) + " bytes begins with " + first.remaining());
        }
        return new Unit.Frame(stream, total, first);
    }

    private static Unit credit(int stream, int bytes) throws BackupException {
        if (bytes <= 0) {
            throw malformed("there is no credit of " + Integer.toUnsignedString(bytes) + " bytes");
        }
        return new Unit.Credit(stream, bytes);
    }

    /** Whoever sends this does not speak the protocol, or means harm. */
    static BackupException malformed(String what) {
        return BackupException.corrupt("transport.malformed", "", what);
    }
}
