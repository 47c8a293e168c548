package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import org.azekura.driver.tape.scsi.Outcome;

/** What a device on paper answers. */
public final class Said {

    public static final int FILEMARK = 0x80;
    public static final int END = 0x40;
    public static final int LENGTH = 0x20;

    private Said() {}

    public static Outcome.Answered good(int residual) {
        return new Outcome.Answered(0, new byte[0], residual);
    }

    public static Outcome.Answered status(int status) {
        return new Outcome.Answered(status, new byte[0], 0);
    }

    /** Fixed format (SPC-3, 4.5.3), with information. */
    public static Outcome.Answered sense(int key, int asc, int ascq, int flags, long information) {
        byte[] sense = new byte[18];
        ByteBuffer.wrap(sense).put(0, (byte) 0xf0).put(2, (byte) (key | flags)).putInt(3, (int) information).put(7, (byte) 10).put(12, (byte) asc).put(13,
                (byte) ascq);
        return new Outcome.Answered(2, sense, 0);
    }

    public static Outcome.Answered sense(int key, int asc, int ascq) {
        Outcome.Answered said = sense(key, asc, ascq, 0, 0);
        said.sense()[0] = 0x70;
        return said;
    }

    /** The same in the descriptor format (SPC-3, 4.5.2). */
    static Outcome.Answered described(Outcome.Answered fixed) {
        if (fixed.sense().length == 0) {
            return fixed;
        }
        byte[] from = fixed.sense();
        ByteBuffer to = ByteBuffer.allocate(24);
        to.put((byte) ((from[0] & 0x7f) + 2)).put((byte) (from[2] & 0xf)).put(from[12]).put(from[13]).put(7, (byte) 16);
        to.position(8).put((byte) 0).put((byte) 10).put((byte) (from[0] & 0x80)).put((byte) 0).putLong(ByteBuffer.wrap(from).getInt(3));
        to.put((byte) 4).put((byte) 2).put((byte) 0).put((byte) (from[2] & 0xe0));
        return new Outcome.Answered(fixed.status(), to.array(), fixed.residual());
    }

    public static Outcome.Answered deferred(int key, int asc, int ascq) {
        Outcome.Answered said = sense(key, asc, ascq);
        said.sense()[0] = 0x71;
        return said;
    }
}
