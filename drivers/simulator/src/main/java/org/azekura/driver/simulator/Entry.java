package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/**
 * What a reel notes of an object; the package's Javadoc has the grammar.
 *
 * @param offset of its content in the file of contents
 * @param begins bytes of tape that lie before it
 * @param length of the block; 0 for a filemark
 * @param epoch  of the reel when it was written
 * @param crc    of its content as it is stored
 */
record Entry(long offset, long begins, int length, long object, int epoch, Kind kind, Form form, int crc) {

    static final int BYTES = 40;
    /** What a filemark takes of the tape, and a compressed block of zeros. */
    static final int LEAST_TAPE = 512;
    private static final int CHECKED = BYTES - 4;

    enum Kind { BLOCK, FILEMARK }

    /** How the content is stored. */
    enum Form {
        /** As it is. */
        PLAIN,
        /** Not at all: it is all zeros. */
        ZEROS,
        /** Not at all, and it took hardly any tape, as a drive that compresses makes of it. */
        COMPRESSED_ZEROS,
        /** Sealed with a key. */
        SEALED
    }

    /** Bytes in the file of contents. */
    int stored() {
        return switch (form) {
            case PLAIN -> length;
            case ZEROS, COMPRESSED_ZEROS -> 0;
            case SEALED -> length + Seal.MORE;
        };
    }

    /** Where the next object's content begins. */
    long end() {
        return offset + stored();
    }

    /** Bytes of tape up to its end. */
    long used() {
        return begins + tape(kind, form, length);
    }

    static long tape(Kind kind, Form form, int length) {
        return kind == Kind.FILEMARK || form == Form.COMPRESSED_ZEROS ? LEAST_TAPE : length;
    }

    void encode(ByteBuffer to) {
        int start = to.position();
        to.putLong(offset).putLong(begins).putInt(length).putInt((int) object).putInt(epoch);
        to.put((byte) kind.ordinal()).put((byte) form.ordinal()).putShort((short) 0).putInt(crc);
        to.putInt(Checksum.of(to.slice(start, CHECKED)));
    }

    /**
     * @param bytes  has at least {@link #BYTES} from its position on, which moves by as many
     * @param object the number it must have
     * @throws BackupException {@code media.read} if it is not what the grammar says
     */
    static Entry decode(ByteBuffer bytes, long object, String where) throws BackupException {
        int crc = Checksum.of(bytes.slice(bytes.position(), CHECKED));
        long offset = bytes.getLong();
        long begins = bytes.getLong();
        int length = bytes.getInt();
        int number = bytes.getInt();
        int epoch = bytes.getInt();
        int kind = bytes.get();
        int form = bytes.get();
        int zero = bytes.getShort();
        int content = bytes.getInt();
        int found = bytes.getInt();
        if (found != crc || number != (int) object || zero != 0 || offset < 0 || begins < 0 || length < 0 || length > SimulatedDrive.MAX_BLOCK
                || kind < 0 || kind >= Kind.values().length || form < 0 || form >= Form.values().length
                || kind == Kind.FILEMARK.ordinal() && (length != 0 || form != 0)) {
            throw Trouble.media("media.read", where, "what is noted of object " + object + " is damaged");
        }
        return new Entry(offset, begins, length, object, epoch, Kind.values()[kind], Form.values()[form], content);
    }
}
