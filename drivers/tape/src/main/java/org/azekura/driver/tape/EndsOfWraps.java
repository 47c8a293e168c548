package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.driver.tape.scsi.Direction;

/**
 * Where the tape turns, by drives that say so: LTO-7 and later ones (READ END OF WRAP POSITION, A3h/1Fh/45h, of IBM's LTO SCSI Reference, 5.2.20; its bytes are those of
 * CERN's tape server, too). Named is the last object of each wrap that something was written on; that of the last of these is only where the data end. How many
 * wraps there are in all is told by nobody: by the kind of the cartridge. One thread at a time.
 */
final class EndsOfWraps {

    private static final int MAINTENANCE_IN = 0xa3;
    private static final int ACTION = 0x1f;
    private static final int QUALIFIER = 0x45;
    private static final int ALL = 2;
    private static final int HEADER = 4;
    private static final int DESCRIPTOR = 12;
    private static final int MOST = 1024;
    private static final Map<String, Integer> WRAPS = Map.of("LTO-5", 80, "LTO-6", 136, "LTO-7", 112, "LTO-7 M8", 168, "LTO-8", 208, "LTO-9", 280);

    private final SpcDevice device;

    EndsOfWraps(SpcDevice device) {
        this.device = device;
    }

    Drive.Wraps of(String kind) throws BackupException {
        Integer wraps = WRAPS.get(kind);
        if (wraps == null) {
            return Drive.Wraps.NONE;
        }
        int length = HEADER + DESCRIPTOR * MOST;
        Cdb cdb = Cdb.of(12, MAINTENANCE_IN, Direction.IN).with(2, QUALIFIER).with(3, ALL).with32(6, length).service(ACTION);
        List<Long> ends = parse(device.optional(cdb, length).orElse(new byte[0]));
        return ends.isEmpty() || ends.size() > wraps ? Drive.Wraps.NONE : new Drive.Wraps(wraps, ends);
    }

    /** The first object behind each wrap that is full; what is no list of such, from the first wrap on, is none. */
    static List<Long> parse(byte[] answer) {
        List<Long> ends = new ArrayList<>();
        if (answer.length < HEADER) {
            return ends;
        }
        ByteBuffer in = ByteBuffer.wrap(answer);
        int end = Math.min(answer.length, 2 + Short.toUnsignedInt(in.getShort(0)));
        for (int at = HEADER; at + DESCRIPTOR <= end; at += DESCRIPTOR) {
            long behind = 1 + (in.getLong(at + 4) & 0xffff_ffff_ffffL);
            boolean next = Short.toUnsignedInt(in.getShort(at)) == ends.size() && in.getShort(at + 2) == 0;
            if (!next || !ends.isEmpty() && behind <= ends.getLast()) {
                break;
            }
            ends.add(behind);
        }
        if (!ends.isEmpty()) {
            ends.removeLast();
        }
        return ends;
    }
}
