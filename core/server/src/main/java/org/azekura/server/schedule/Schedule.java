package org.azekura.server.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;

/** Moments that come again and again. A value; asks no clock. */
public final class Schedule {

    static final String FORMS = "like daily 22:00, mon..fri 12:30, weekly sat 02:00, monthly last sun 03:00, hourly, every 15m, or in cron's form 0 22 * * *";
    private static final int MAX_TEXT = 500;

    private final List<Times> parts;

    private Schedule(List<Times> parts) {
        this.parts = parts;
    }

    /**
     * Reads cron's five fields and the form for people; several are separated by semicolons.
     *
     * @throws BackupException {@code schedule.invalid}, with what is wrong and what would do
     */
    public static Schedule parse(String text) throws BackupException {
        if (text.length() > MAX_TEXT) {
            throw invalid(text.substring(0, 40) + "…", "it is longer than " + MAX_TEXT + " characters");
        }
        List<Times> parts = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            try {
                parts.add(part(part.strip()));
            } catch (IllegalArgumentException e) {
                throw invalid(text, e.getMessage());
            }
        }
        Schedule schedule = new Schedule(List.copyOf(parts));
        if (schedule.next(Instant.EPOCH, ZoneOffset.UTC).isEmpty()) {
            throw invalid(text, "no day is like that");
        }
        return schedule;
    }

    private static Times part(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it says nothing");
        }
        boolean cron = "0123456789*@".indexOf(text.charAt(0)) >= 0;
        return cron ? CronText.read(text) : PlainText.read(text);
    }

    private static BackupException invalid(String text, String why) {
        String shown = text.replaceAll("\\p{Cntrl}", "\ufffd");
        return BackupException.operator("schedule.invalid", shown, "\"" + shown + "\" is no schedule: " + why + "; " + FORMS);
    }

    /** The first moment behind this one; empty if none comes. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return parts.stream().map(part -> part.next(after, zone)).filter(at -> at != null).min(Instant::compareTo);
    }
}
