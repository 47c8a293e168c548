package org.azekura.server.schedule;

import java.time.DayOfWeek;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cron's five fields, as crontab(5) has them: lists, ranges, steps, names, and days that may be given both ways. */
final class CronText {

    private static final Map<String, String> NAMED = Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *", "@midnight", "0 0 * * *", "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *", "@yearly", "0 0 1 1 *", "@annually", "0 0 1 1 *");
    private static final List<String> MONTHS = List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEK = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final Pattern PART = Pattern.compile("(\\*|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,2}))?");

    private CronText() {}

    private record Field(String name, int least, int most, List<String> words) {

        BitSet read(String text) {
            BitSet values = new BitSet();
            for (String part : text.split(",", -1)) {
                Matcher is = PART.matcher(part);
                if (!is.matches()) {
                    throw wrong(part);
                }
                boolean all = is.group(2) == null;
                int step = is.group(4) == null ? 1 : Integer.parseInt(is.group(4));
                int first = all ? least : number(is.group(2), part);
                int last = all || is.group(3) == null && is.group(4) != null ? most : is.group(3) == null ? first : number(is.group(3), part);
                if (step == 0 || last < first) {
                    throw wrong(part);
                }
                for (int value = first; value <= last; value += step) {
                    values.set(value);
                }
            }
            return values;
        }

        private int number(String word, String part) {
            int number = word.matches("\\d{1,2}") ? Integer.parseInt(word) : words.indexOf(word);
            if (number < least || number > most) {
                throw wrong(part);
            }
            return number;
        }

        private IllegalArgumentException wrong(String part) {
            return new IllegalArgumentException("\"" + part + "\" is no " + name + " of cron; they are " + least + " to " + most + ", like " + least + "-" + most
                    + ", */2 or " + least + "," + (least + 1) + ("LW#?".chars().anyMatch(c -> part.toUpperCase(Locale.ROOT).indexOf(c) >= 0)
                            ? "; for the last day or a certain Sunday say monthly last 03:00 or monthly last sun 03:00" : ""));
        }
    }

    /** @throws IllegalArgumentException with what is wrong, for people */
    static Times read(String text) {
        String[] fields = NAMED.getOrDefault(text.toLowerCase(Locale.ROOT), text).toLowerCase(Locale.ROOT).split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("cron has five fields, minute, hour, day of the month, month, day of the week, and here " + (fields.length == 1
                    ? "is one" : "are " + fields.length));
        }
        BitSet minute = new Field("minute", 0, 59, List.of()).read(fields[0]);
        BitSet hour = new Field("hour", 0, 23, List.of()).read(fields[1]);
        BitSet ofMonth = new Field("day of the month", 1, 31, List.of()).read(fields[2]);
        BitSet months = new Field("month", 1, 12, MONTHS).read(fields[3]);
        BitSet ofWeek = new Field("day of the week", 0, 7, WEEK).read(fields[4]);
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        ofWeek.stream().forEach(day -> days.add(DayOfWeek.of(day == 0 ? 7 : day)));
        BitSet minutes = new BitSet();
        hour.stream().forEach(h -> minute.stream().forEach(m -> minutes.set(h * 60 + m)));
        boolean either = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        return new Times(new Days.OfCron(ofMonth, months, days, either), minutes, fields[1].startsWith("*"));
    }
}
