package org.azekura.server.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;

/** Hours of the week in which nothing begins. A value; asks no clock. */
public final class Blackouts {

    private static final int DAY_min = 24 * 60;
    private static final int MOST = 20;
    /** From one minute that is free to the next lies a week at most, but for clocks that are changed. */
    private static final int STEPS = 200;

    private final List<Window> windows;

    private Blackouts(List<Window> windows) {
        this.windows = windows;
    }

    /** @param to minutes of the day, up to all of it; not behind {@code from}: on the next day */
    private record Window(Set<DayOfWeek> days, int from, int to) {

        /** Whether it is on, at this local time. */
        boolean has(LocalDateTime time) {
            int minute = time.getHour() * 60 + time.getMinute();
            DayOfWeek day = time.getDayOfWeek();
            return from < to ? days.contains(day) && minute >= from && minute < to
                    : days.contains(day) && minute >= from || days.contains(day.minus(1)) && minute < to;
        }
    }

    /**
     * Reads texts like {@code mon..fri 08:00-18:00}, with or without {@code not} before them; without days they are of every day, without hours whole days.
     *
     * @throws BackupException {@code blackout.invalid}, with what is wrong and what would do
     */
    public static Blackouts parse(List<String> texts) throws BackupException {
        List<Window> windows = new ArrayList<>();
        for (String text : texts) {
            try {
                windows.add(window(text));
            } catch (IllegalArgumentException e) {
                throw invalid(text, e.getMessage());
            }
        }
        Blackouts blackouts = new Blackouts(List.copyOf(windows));
        if (windows.size() > MOST) {
            throw invalid(String.join(", ", texts), "there are more than " + MOST);
        }
        if (!blackouts.leaveSome()) {
            throw invalid(String.join(", ", texts), "no minute of the week is left");
        }
        return blackouts;
    }

    private static BackupException invalid(String text, String why) {
        String shown = text.replaceAll("\\p{Cntrl}", "\ufffd");
        return BackupException.operator("blackout.invalid", shown, "\"" + shown + "\" is no blackout: " + why + "; like mon..fri 08:00-18:00, 22:00-06:00 or sun");
    }

    private static Window window(String text) {
        List<String> words = new ArrayList<>(TimeWords.split(text.replaceAll("\\s*-\\s*", "-")));
        if (words.getFirst().equals("not")) {
            words.removeFirst();
        }
        Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        boolean named = !words.isEmpty() && TimeWords.isDays(words.getFirst());
        if (named) {
            days = TimeWords.days(words.removeFirst());
        } else if (!words.isEmpty() && words.getFirst().equals("daily")) {
            words.removeFirst();
        }
        if (named && words.isEmpty()) {
            return new Window(days, 0, DAY_min);
        }
        String[] ends = words.size() == 1 ? words.getFirst().split("-", -1) : new String[0];
        if (ends.length != 2) {
            throw new IllegalArgumentException("it needs hours, from and to");
        }
        int from = TimeWords.minute(ends[0], DAY_min - 1);
        int to = TimeWords.minute(ends[1], DAY_min);
        if (from == to) {
            throw new IllegalArgumentException("it ends when it begins");
        }
        return new Window(days, from, to);
    }

    private boolean leaveSome() {
        LocalDateTime monday = LocalDate.EPOCH.with(DayOfWeek.MONDAY).atStartOfDay();
        for (int minute = 0; minute < 7 * DAY_min; minute++) {
            if (!has(monday.plusMinutes(minute))) {
                return true;
            }
        }
        return false;
    }

    private boolean has(LocalDateTime time) {
        return windows.stream().anyMatch(window -> window.has(time));
    }

    /** Whether nothing begins now. */
    public boolean hold(Instant now, ZoneId zone) {
        return !windows.isEmpty() && has(now.atZone(zone).toLocalDateTime());
    }

    /** This moment, or the first one behind it at which something may begin. */
    public Instant free(Instant from, ZoneId zone) {
        Instant at = from;
        for (int i = 0; i < STEPS && hold(at, zone); i++) {
            at = nextChange(at, zone);
        }
        return at;
    }

    /** The next moment at which one of the windows that are on ends, or the clocks are changed. */
    private Instant nextChange(Instant at, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        LocalDateTime local = at.atZone(zone).toLocalDateTime();
        ZoneOffset offset = rules.getOffset(at);
        Instant best = rules.nextTransition(at) == null ? Instant.MAX : rules.nextTransition(at).getInstant();
        for (Window window : windows) {
            if (window.has(local)) {
                LocalDateTime end = local.toLocalDate().atStartOfDay().plusMinutes(window.to());
                Instant ends = (end.isAfter(local) ? end : end.plusDays(1)).toInstant(offset);
                best = ends.isBefore(best) ? ends : best;
            }
        }
        return best;
    }
}
