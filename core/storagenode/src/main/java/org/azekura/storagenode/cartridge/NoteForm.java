package org.azekura.storagenode.cartridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.engine.tape.BlobHead;

/** The form of a note of what lies on a cartridge. */
final class NoteForm {

    static final int HEAD = 8 + 2 + VolumeId.BYTES;
    private static final long MAGIC = 0x415a_454b_4e4f_5445L; // "AZEKNOTE"
    private static final int VERSION = 0;
    private static final int FRAME = 2 * Integer.BYTES;
    private static final int MOST_BODY = 1024;
    private static final int BLOB = 1;
    private static final int DELETION = 2;
    private static final int END = 3;
    private static final int CLOSED = 4;

    private NoteForm() {}

    static byte[] head(VolumeId volume) {
        ByteBuffer head = ByteBuffer.allocate(HEAD).putLong(MAGIC).putShort((short) VERSION);
        volume.write(head);
        return head.array();
    }

    /** Objects and the end behind them, which makes them count. */
    static byte[] records(Iterable<Noted> objects, Tail end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Noted object : objects) {
            record(all, body -> object(body, object));
        }
        record(all, body -> tail(body, end));
        return all.toByteArray();
    }

    /** Says that nothing comes behind the end. */
    static byte[] closed() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        record(all, body -> body.writeByte(CLOSED));
        return all.toByteArray();
    }

    private interface Body {
        void write(DataOutputStream to) throws IOException;
    }

    private static void record(ByteArrayOutputStream all, Body body) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            body.write(new DataOutputStream(bytes));
            ByteBuffer record = ByteBuffer.allocate(FRAME + bytes.size()).putInt(bytes.size()).put(bytes.toByteArray());
            all.write(record.putInt(checksum(record.array(), 0, record.position())).array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void object(DataOutputStream to, Noted object) throws IOException {
        to.writeByte(object.deletion() ? DELETION : BLOB);
        to.writeLong(object.serial());
        to.writeLong(object.number());
        to.writeInt(object.payload());
        to.writeLong(object.size());
        place(to, object.at());
        to.writeShort(object.key().length());
        to.write(object.key().getBytes(US_ASCII));
    }

    private static void tail(DataOutputStream to, Tail tail) throws IOException {
        to.writeByte(END);
        to.writeLong(tail.serial());
        to.writeLong(tail.number());
        to.writeInt(tail.blocks());
        to.writeLong(tail.bytes());
        place(to, tail.last());
        place(to, tail.end());
    }

    private static void place(DataOutputStream to, Position place) throws IOException {
        to.writeLong(place.object());
        to.writeByte(place.token().length());
        to.write(place.token().getBytes(US_ASCII));
    }

    /** What a note says up to its last sound end; null if it says nothing. */
    static Contents read(byte[] note, VolumeId volume) {
        ByteBuffer in = ByteBuffer.wrap(note);
        if (note.length < HEAD || in.getLong() != MAGIC || in.getShort() != VERSION || !VolumeId.read(in).equals(volume)) {
            return null;
        }
        Contents contents = null;
        List<Noted> objects = new ArrayList<>();
        while (in.remaining() >= FRAME) {
            int from = in.position();
            int length = in.getInt();
            if (length < 1 || length > MOST_BODY || length > in.remaining() - Integer.BYTES
                    || in.getInt(in.position() + length) != checksum(note, from, Integer.BYTES + length)) {
                break;
            }
            try {
                if (in.get(in.position()) == CLOSED && contents != null && objects.isEmpty()) {
                    contents.close();
                    break;
                }
                Tail end = body(in.slice(in.position(), length), objects);
                if (end != null) {
                    contents = contents == null ? new Contents(end) : contents;
                    contents.add(objects, end);
                    objects.clear();
                }
            } catch (RuntimeException e) {
                break;
            }
            in.position(in.position() + length + Integer.BYTES);
        }
        return contents;
    }

    /** Null unless it is an end. */
    private static Tail body(ByteBuffer in, List<Noted> objects) {
        int kind = in.get();
        if (kind == END) {
            return new Tail(in.getLong(), in.getLong(), in.getInt(), in.getLong(), place(in), place(in));
        }
        if (kind != BLOB && kind != DELETION) {
            throw new IllegalArgumentException("a record of kind " + kind);
        }
        long serial = in.getLong();
        long number = in.getLong();
        int payload = in.getInt();
        long size = in.getLong();
        Position at = place(in);
        Noted object = new Noted(text(in, in.getShort()), kind == DELETION, serial, number, payload, size, at);
        if (!BlobHead.isKey(object.key()) || !object.isPossible()) {
            throw new IllegalArgumentException("no object can be " + object);
        }
        objects.add(object);
        return null;
    }

    private static Position place(ByteBuffer in) {
        return new Position(in.getLong(), text(in, in.get()));
    }

    private static String text(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, US_ASCII);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
