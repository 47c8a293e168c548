package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which a drive would visit places (SSC-5, GENERATE and RECEIVE RECOMMENDED ACCESS ORDER). What it answers counts only if it is a permutation;
 * else places are visited from the beginning to the end. One thread at a time.
 *
 * <p>A segment of one object alone binds the order to begin or end with it, so each has two (IBM LTO SCSI Reference, 4.6.3.4). In the answer segments may be longer
 * than they were sent, by the time it takes to get to them; each says its length.
 */
final class Recommended {

    private static final Logger LOG = LoggerFactory.getLogger(Recommended.class);
    private static final int MAINTENANCE_IN = 0xa3;
    private static final int MAINTENANCE_OUT = 0xa4;
    private static final int ORDER = 0x1d;
    private static final int LIMITS = 0x80;
    private static final int ALL_OF_IT = 2;
    private static final int HEADER = 8;
    private static final int SEGMENT = 32;
    private static final int LONGEST_SEGMENT = 64;
    private static final int NAME = 10;
    private static final int MOST = 4096;

    private final SpcDevice device;
    private int most = -1;

    Recommended(SpcDevice device) {
        this.device = device;
    }

    boolean isKnown() throws BackupException {
        if (most < 0) {
            byte[] limits = device.optional(receive(LIMITS, HEADER), HEADER).orElse(new byte[0]);
            most = limits.length >= 4 ? Math.min(MOST, Short.toUnsignedInt(ByteBuffer.wrap(limits).getShort(0))) : 0;
        }
        return most > 0;
    }

    private static Cdb receive(int flags, int length) {
        return Cdb.of(12, MAINTENANCE_IN, Direction.IN).with32(6, length).with(1, flags).service(ORDER);
    }

    List<Position> order(List<Position> places) throws BackupException {
        if (!isKnown()) {
            throw Trouble.unsupported(device.location(), "this drive has no order of its own");
        }
        List<Position> sorted = places.stream().sorted().toList();
        if (places.size() < 2 || places.size() > most) {
            return sorted;
        }
        byte[] list = segments(places);
        Cdb generate = Cdb.of(12, MAINTENANCE_OUT, Direction.OUT).with(2, ALL_OF_IT).with32(6, list.length).service(ORDER);
        Answer answer = device.once(generate, ByteBuffer.wrap(list));
        if (answer.verdict() == Verdict.UNSUPPORTED) {
            // One of them may be the last object there is.
            LOG.info("{}: the drive recommends no order for {} places: {}; the order of the tape is used", device.location(), places.size(), answer.text());
            return sorted;
        }
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.ASKING);
        }
        int length = HEADER + LONGEST_SEGMENT * places.size();
        List<Integer> order = parse(device.optional(receive(0, length), length).orElse(new byte[0]));
        if (!isPermutation(order, places.size())) {
            LOG.warn("{}: the drive's order of {} places names {} of them, or some twice; the order of the tape is used", device.location(), places.size(),
                    order.size());
            return sorted;
        }
        return order.stream().map(places::get).toList();
    }

    /** Each place is named by its number in the list. */
    static byte[] segments(List<Position> places) {
        ByteBuffer list = ByteBuffer.allocate(HEADER + SEGMENT * places.size());
        list.putInt(4, SEGMENT * places.size()).position(HEADER);
        for (int i = 0; i < places.size(); i++) {
            list.putShort((short) (SEGMENT - 2)).put(new byte[3]).put("%010d".formatted(i).getBytes(StandardCharsets.US_ASCII));
            list.put((byte) 0).putLong(places.get(i).object()).putLong(places.get(i).object() + 1);
        }
        return list.array();
    }

    /** The numbers of the places, in the drive's order; what is no number is left out. */
    static List<Integer> parse(byte[] answer) {
        List<Integer> order = new ArrayList<>();
        for (int at = HEADER; at + SEGMENT <= answer.length; at += Math.max(SEGMENT, 2 + Short.toUnsignedInt(ByteBuffer.wrap(answer).getShort(at)))) {
            try {
                order.add(Integer.parseInt(Inquiry.text(answer, at + 5, at + 5 + NAME)));
            } catch (NumberFormatException e) {
                // No place of ours; the permutation is not whole then.
                order.add(-1);
            }
        }
        return order;
    }

    private static boolean isPermutation(List<Integer> order, int size) {
        List<Integer> sorted = new ArrayList<>(order);
        Collections.sort(sorted);
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i) != i) {
                return false;
            }
        }
        return sorted.size() == size;
    }
}
