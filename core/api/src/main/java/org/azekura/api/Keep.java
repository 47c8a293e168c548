package org.azekura.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the snapshots of a save set stay: one stays if any of these rules wants it. Without any rule all of them stay.
 *
 * @param last    the newest so many
 * @param hourly  the newest one of each of the newest so many hours that have one
 * @param daily   the same of days
 * @param weekly  the same of weeks, Monday to Sunday
 * @param monthly the same of months
 * @param yearly  the same of years
 * @param within  all that are not older; {@link Duration#ZERO} for none
 */
public record Keep(int last, int hourly, int daily, int weekly, int monthly, int yearly, Duration within) {

    /** Without any rule: nothing expires. */
    public static final Keep ALL = new Keep(0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** Largest number in a rule: with hours it is eleven years. */
    public static final int MAX = 100_000;

    public Keep {
        for (int count : List.of(last, hourly, daily, weekly, monthly, yearly)) {
            if (count < 0 || count > MAX) {
                throw new IllegalArgumentException("a rule of what is kept counts to " + MAX + ", like last=7, not " + count);
            }
        }
        if (within.isNegative() || within.compareTo(Duration.ofDays(366L * 100)) > 0) {
            throw new IllegalArgumentException("what is kept for a time is kept up to a hundred years, like within=30d, not " + within);
        }
    }

    /**
     * Reads what {@link #text} says.
     *
     * @throws IllegalArgumentException naming the rule and what would do
     */
    public static Keep parse(String text) {
        Map<String, Long> rules = new HashMap<>();
        for (String rule : text.isBlank() ? new String[0] : text.split(",")) {
            Matcher parts = Pattern.compile("(last|hourly|daily|weekly|monthly|yearly|within)=(\\d{1,9})(s|d)?").matcher(rule);
            if (!parts.matches()) {
                throw new IllegalArgumentException("\"" + rule + "\" is no rule of what is kept; like last=3,daily=7,within=30d");
            }
            rules.put(parts.group(1), Long.parseLong(parts.group(2)) * ("d".equals(parts.group(3)) ? 86_400 : 1));
        }
        int[] counts = Stream.of("last", "hourly", "daily", "weekly", "monthly", "yearly").mapToInt(name -> rules.getOrDefault(name, 0L).intValue()).toArray();
        return new Keep(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], Duration.ofSeconds(rules.getOrDefault("within", 0L)));
    }

    /** Whether nothing expires. */
    public boolean keepsAll() {
        return equals(ALL);
    }

    /** As people give it and see it: {@code last=3,daily=7,within=30d}; empty without any rule. */
    public String text() {
        List<String> rules = new ArrayList<>();
        add(rules, "last", last);
        add(rules, "hourly", hourly);
        add(rules, "daily", daily);
        add(rules, "weekly", weekly);
        add(rules, "monthly", monthly);
        add(rules, "yearly", yearly);
        if (!within.isZero()) {
            rules.add("within=" + (within.toSeconds() % 86_400 == 0 ? within.toDays() + "d" : within.toSeconds() + "s"));
        }
        return String.join(",", rules);
    }

    private static void add(List<String> rules, String name, int count) {
        if (count > 0) {
            rules.add(name + "=" + count);
        }
    }
}
