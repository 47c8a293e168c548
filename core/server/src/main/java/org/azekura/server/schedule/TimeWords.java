package org.azekura.server.schedule;

import java.time.DayOfWeek;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for days and times. */
final class TimeWords {

    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");

    private TimeWords() {}

    /** In lower case, parted at blanks; lists with commas are one word each. */
    static List<String> split(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).strip().replaceAll("\\s*,\\s*", ",").replaceAll("\\s*\\.\\.\\s*", "..").split("\\s+"));
    }

    /** @return null if it is none */
    static DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            if (name.equals(word) || name.substring(0, 3).equals(word)) {
                return day;
            }
        }
        return null;
    }

    /** Whether it is meant to be days. */
    static boolean isDays(String word) {
        return day(word.split(",|\\.\\.", 2)[0]) != null;
    }

    /** Like {@code mon..fri,sun}. */
    static Set<DayOfWeek> days(String word) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : word.split(",", -1)) {
            String[] ends = part.split("\\.\\.", -1);
            DayOfWeek first = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            if (first == null || last == null || ends.length > 2) {
                throw new IllegalArgumentException("\"" + part + "\" is no day of the week; they are mon, tue, wed, thu, fri, sat, sun, and mon..fri");
            }
            for (DayOfWeek day = first; ; day = day.plus(1)) {
                days.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    /** In minutes of the day. @param last what is allowed at most */
    static int minute(String word, int last) {
        Matcher time = TIME.matcher(word);
        int minute = time.matches() && Integer.parseInt(time.group(2)) < 60 ? Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2)) : last + 1;
        if (minute > last) {
            throw new IllegalArgumentException("\"" + word + "\" is no time of the day; one is 00:00 to 23:59");
        }
        return minute;
    }

    /** Times of the day. @param example with times */
    static BitSet minutes(List<String> words, String example) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("it needs a time, like " + example);
        }
        BitSet minutes = new BitSet();
        for (String word : words) {
            for (String time : word.split(",", -1)) {
                minutes.set(minute(time, 24 * 60 - 1));
            }
        }
        return minutes;
    }
}
