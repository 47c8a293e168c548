package org.azekura.server.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.azekura.api.Keep;
import org.azekura.api.SnapshotId;

/**
 * Says which of all snapshots there ever were stay at one moment, in another way than the product: numbers days since 1970 and reckons weeks, months and years from
 * those, looks at the whole past at once, and knows nothing of what went before.
 */
final class Oracle {

    private final ZoneId zone;

    Oracle(ZoneId zone) {
        this.zone = zone;
    }

    /** @param all oldest first */
    Set<SnapshotId> staying(List<Aged> all, Keep keep, List<Hold> holds, Instant now) {
        Set<SnapshotId> stay = new HashSet<>();
        int from = Math.max(0, all.size() - Math.max(1, keep.last()));
        all.subList(Math.min(from, all.size()), all.size()).forEach(one -> stay.add(one.id()));
        stay.addAll(newest(all, keep.hourly(), this::hour));
        stay.addAll(newest(all, keep.daily(), this::day));
        stay.addAll(newest(all, keep.weekly(), one -> Math.floorDiv(day(one) + 3, 7)));
        stay.addAll(newest(all, keep.monthly(), one -> month(day(one))));
        stay.addAll(newest(all, keep.yearly(), one -> Math.floorDiv(month(day(one)), 12L)));
        for (Aged one : all) {
            if (keep.keepsAll() || !keep.within().isZero() && now.getEpochSecond() - one.stamp().getEpochSecond() < keep.within().toSeconds()) {
                stay.add(one.id());
            }
        }
        for (Hold hold : holds) {
            if (hold.time() == null || now.isBefore(hold.since().plus(hold.time()))) {
                stay.add(hold.snapshot());
            }
        }
        return stay;
    }

    private static List<SnapshotId> newest(List<Aged> all, int count, ToLongFunction<Aged> number) {
        TreeMap<Long, SnapshotId> spans = new TreeMap<>();
        all.forEach(one -> spans.put(number.applyAsLong(one), one.id()));
        return new ArrayList<>(spans.descendingMap().values()).subList(0, Math.min(count, spans.size()));
    }

    private long local(Aged one) {
        return one.received().getEpochSecond() + zone.getRules().getOffset(one.received()).getTotalSeconds();
    }

    /** Where clocks stand at full hours from UTC. */
    private long hour(Aged one) {
        return Math.floorDiv(one.received().getEpochSecond(), 3600L);
    }

    private long day(Aged one) {
        return Math.floorDiv(local(one), 86_400L);
    }

    /** Months since the year 0, by counting days on from 1970 year by year. */
    private static long month(long day) {
        long year = 1970;
        long left = day;
        while (left >= days(year)) {
            left -= days(year++);
        }
        int[] lengths = {31, days(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int month = 0;
        while (left >= lengths[month]) {
            left -= lengths[month++];
        }
        return year * 12 + month;
    }

    private static int days(long year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
    }
}
