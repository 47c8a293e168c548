package org.azekura.server.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;

/**
 * The same minutes of certain days.
 *
 * @param minutes  of the day, from 0
 * @param interval whether they only part the day: then a time that comes twice counts twice
 */
record Times(Days days, BitSet minutes, boolean interval) {

    /** Between two 29ths of February lie eight years at most. */
    private static final int LOOK_days = 366 * 9;

    /** @return null if none comes */
    Instant next(Instant after, ZoneId zone) {
        // a clock set back at midnight has yesterday come again
        LocalDate date = after.atZone(zone).toLocalDate().minusDays(1);
        for (int i = 0; i < LOOK_days; i++, date = date.plusDays(1)) {
            Instant found = on(date, after, zone);
            if (found != null) {
                Instant other = on(date.plusDays(1), after, zone);
                return other != null && other.isBefore(found) ? other : found;
            }
        }
        return null;
    }

    private Instant on(LocalDate date, Instant after, ZoneId zone) {
        if (!days.has(date)) {
            return null;
        }
        ZoneRules rules = zone.getRules();
        LocalDateTime begin = date.atStartOfDay();
        ZoneOffset all = offsetOf(begin, rules);
        if (all == null) {
            return search(begin, after, rules);
        }
        long since = Math.floorDiv(after.getEpochSecond() - begin.toEpochSecond(all), 60) + 1;
        int minute = since >= 24 * 60 ? -1 : minutes.nextSetBit((int) Math.max(0, since));
        return minute < 0 ? null : begin.plusMinutes(minute).toInstant(all);
    }

    /** The one that a whole day has; null if the clocks are changed in it. */
    private static ZoneOffset offsetOf(LocalDateTime begin, ZoneRules rules) {
        List<ZoneOffset> valid = rules.getValidOffsets(begin);
        if (valid.size() != 1) {
            return null;
        }
        ZoneOffsetTransition next = rules.nextTransition(begin.toInstant(valid.getFirst()).minusNanos(1));
        LocalDateTime end = begin.plusDays(1);
        boolean changes = next != null && (next.getDateTimeBefore().isBefore(end) || next.getDateTimeAfter().isBefore(end));
        return changes ? null : valid.getFirst();
    }

    private Instant search(LocalDateTime begin, Instant after, ZoneRules rules) {
        Instant best = null;
        for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
            for (Instant at : moments(begin.plusMinutes(minute), rules)) {
                if (at.isAfter(after) && (best == null || at.isBefore(best))) {
                    best = at;
                }
            }
        }
        return best;
    }

    private List<Instant> moments(LocalDateTime time, ZoneRules rules) {
        List<ZoneOffset> valid = rules.getValidOffsets(time);
        if (valid.isEmpty()) {
            return List.of(rules.getTransition(time).getInstant());
        }
        return (interval ? valid : valid.subList(0, 1)).stream().map(time::toInstant).toList();
    }
}
