package org.azekura.server.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of schedules for people. */
final class PlainText {

    private static final int DAY_min = 24 * 60;
    private static final Pattern SPAN = Pattern.compile("(\\d{1,4})(m|min|minutes?|h|hours?)");
    private static final List<String> ORDINALS = List.of("last", "first", "second", "third", "fourth");

    private PlainText() {}

    /** @throws IllegalArgumentException with what is wrong, for people */
    static Times read(String text) {
        List<String> words = TimeWords.split(text);
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "hourly" -> hourly(rest);
            case "every" -> every(String.join("", rest));
            case "daily" -> new Times(Days.OfWeek.ALL, TimeWords.minutes(rest, "daily 22:00"), false);
            case "weekly" -> {
                if (rest.isEmpty() || !TimeWords.isDays(rest.getFirst())) {
                    throw new IllegalArgumentException("weekly needs a day, like weekly sat 02:00");
                }
                yield ofWeek(rest);
            }
            case "monthly" -> monthly(rest);
            default -> {
                if (!TimeWords.isDays(words.getFirst())) {
                    throw new IllegalArgumentException("\"" + words.getFirst() + "\" is neither daily, weekly, monthly, hourly, every nor a day of the week");
                }
                yield ofWeek(words);
            }
        };
    }

    private static Times ofWeek(List<String> words) {
        return new Times(new Days.OfWeek(TimeWords.days(words.getFirst())), TimeWords.minutes(words.subList(1, words.size()), words.getFirst() + " 02:00"), false);
    }

    private static Times hourly(List<String> rest) {
        if (rest.isEmpty()) {
            return steps(0, 60);
        }
        if (rest.size() > 1 || !rest.getFirst().matches(":[0-5]\\d")) {
            throw new IllegalArgumentException("hourly has nothing behind it but a minute, like hourly :30");
        }
        return steps(Integer.parseInt(rest.getFirst().substring(1)), 60);
    }

    private static Times every(String span) {
        Matcher parts = SPAN.matcher(span);
        int minutes = parts.matches() ? Integer.parseInt(parts.group(1)) * (parts.group(2).startsWith("h") ? 60 : 1) : 0;
        if (minutes == 0 || DAY_min % minutes != 0) {
            throw new IllegalArgumentException("\"every " + span + "\" does not divide a day; like every 5m, 10m, 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h or 12h");
        }
        return steps(0, minutes);
    }

    private static Times steps(int first, int step) {
        BitSet minutes = new BitSet();
        for (int minute = first; minute < DAY_min; minute += step) {
            minutes.set(minute);
        }
        return new Times(Days.OfWeek.ALL, minutes, true);
    }

    private static Times monthly(List<String> rest) {
        String first = rest.isEmpty() ? "" : rest.getFirst();
        if (rest.size() > 1 && ORDINALS.contains(first) && TimeWords.isDays(rest.get(1))) {
            return new Times(new Days.Nth(ORDINALS.indexOf(first), TimeWords.days(rest.get(1))),
                    TimeWords.minutes(rest.subList(2, rest.size()), "monthly " + first + " " + rest.get(1) + " 03:00"), false);
        }
        if (!first.matches("(last|\\d{1,2})(,(last|\\d{1,2}))*")) {
            throw new IllegalArgumentException("monthly needs a day, like monthly 1 03:00, monthly last 03:00, monthly last sun 03:00 or monthly first mon 03:00");
        }
        BitSet numbers = new BitSet();
        for (String day : first.split(",")) {
            int number = day.equals("last") ? 31 : Integer.parseInt(day);
            if (number < 1 || number > 31) {
                throw new IllegalArgumentException("\"" + day + "\" is no day of a month; they are 1 to 31, and last");
            }
            numbers.set(number);
        }
        return new Times(new Days.OfMonth(numbers), TimeWords.minutes(rest.subList(1, rest.size()), "monthly " + first + " 03:00"), false);
    }
}
