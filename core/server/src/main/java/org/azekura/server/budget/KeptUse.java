package org.azekura.server.budget;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.azekura.api.device.Traffic;
import org.azekura.api.message.DeviceAnswer.MonthFound;

/**
 * What a device carried in one month. A node that lost its files, or a device that was removed and made again, counts anew under another number of its ledger: what it said before
 * stays on top of that.
 *
 * @param before by ledgers that are gone
 * @param now    by this one
 */
record KeptUse(String ledger, Traffic before, Traffic now, long microsPerGiB, long microsPerThousand, long microsPerThousandWrites) {

    static final KeptUse NONE = new KeptUse("-", Traffic.NONE, Traffic.NONE, 0, 0, 0);
    private static final double GIB = 1L << 30;
    private static final double THOUSAND = 1000;
    private static final int FIELDS = 5;

    static KeptUse parse(String text) {
        String[] words = text.split(" ");
        long[] n = Arrays.stream(words, 1, words.length).mapToLong(Long::parseLong).toArray();
        return new KeptUse(words[0], traffic(n, 0), traffic(n, FIELDS), n[2 * FIELDS], n[2 * FIELDS + 1], n[2 * FIELDS + 2]);
    }

    private static Traffic traffic(long[] n, int from) {
        return new Traffic(n[from], n[from + 1], n[from + 2], n[from + 3], n[from + 4]);
    }

    KeptUse followed(MonthFound found) {
        Traffic said = new Traffic(found.bytesIn(), found.bytesOut(), found.writes(), found.reads(), found.free());
        return new KeptUse(found.ledger(), found.ledger().equals(ledger) ? before : before.plus(now), said, found.microsPerGiB(), found.microsPerThousand(),
                found.microsPerThousandWrites());
    }

    Traffic carried() {
        return before.plus(now);
    }

    /** By the prices that were told last. */
    long micros() {
        Traffic all = carried();
        return Math.round(all.bytesOut() / GIB * microsPerGiB + all.reads() / THOUSAND * microsPerThousand + all.writes() / THOUSAND * microsPerThousandWrites);
    }

    @Override
    public String toString() {
        return ledger + " " + LongStream.of(before.bytesIn(), before.bytesOut(), before.writes(), before.reads(), before.free(), now.bytesIn(), now.bytesOut(), now.writes(), now.reads(),
                now.free(), microsPerGiB, microsPerThousand, microsPerThousandWrites).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }
}
