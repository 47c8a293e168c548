package org.azekura.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the snapshots of a save set stay: one stays if any of these rules wants it. Without any rule all of them stay. The rules know nothing of each
 * other: one that the first wants counts for the next as well, so their order says nothing, and one rule more never has less stay.
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

    private static final Duration LONGEST = Duration.ofDays(366L * 100);

    /** Without any rule: nothing expires. */
    public static final Keep ALL = new Keep(0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** Largest number in a rule: with hours it is eleven years. */
    public static final int MAX = 100_000;

    private static final List<String> COUNTS = List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");
    private static final String WITHIN = "within";
    private static final String FORM = "rules of what is kept are like last=3,daily=7,weekly=4,monthly=12,yearly=10,within=30d";

    public Keep {
        for (int count : List.of(last, hourly, daily, weekly, monthly, yearly)) {
            if (count < 0 || count > MAX) {
                throw new IllegalArgumentException("a rule of what is kept counts to " + MAX + ", like last=7, not " + count);
            }
        }
        if (within.isNegative() || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("what is kept for a time is kept up to a hundred years, like within=30d, not " + within);
        }
    }

    /**
     * Reads what {@link #text} says, and the same in several parts, each of one rule or more.
     *
     * @param parts none, or only empty ones, for {@link #ALL}
     * @throws IllegalArgumentException naming the rule and what would do
     */
    public static Keep parse(List<String> parts) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Duration within = Duration.ZERO;
        for (String part : parts) {
            if (part == null) {
                throw new IllegalArgumentException("a rule must not be null; " + FORM);
            }
            for (String rule : part.isBlank() ? new String[0] : part.split(",", -1)) {
                int equals = rule.indexOf('=');
                String name = (equals < 0 ? rule : rule.substring(0, equals)).strip();
                String value = equals < 0 ? "" : rule.substring(equals + 1).strip();
                if (name.equals(WITHIN)) {
                    require(within.isZero(), name);
                    within = time(value);
                } else {
                    require(counts.put(name, count(name, value)) == null, name);
                }
            }
        }
        int[] c = COUNTS.stream().mapToInt(name -> counts.getOrDefault(name, 0)).toArray();
        return new Keep(c[0], c[1], c[2], c[3], c[4], c[5], within);
    }

    /** The same in one part. */
    public static Keep parse(String text) {
        return parse(List.of(text));
    }

    private static void require(boolean once, String name) {
        if (!once) {
            throw new IllegalArgumentException("the rule \"" + name + "\" is there twice; say each rule once");
        }
    }

    private static int count(String name, String value) {
        if (!COUNTS.contains(name)) {
            throw new IllegalArgumentException("there is no rule \"" + name + "\" of what is kept; there are " + String.join(", ", COUNTS) + " and " + WITHIN + ", and "
                    + FORM);
        }
        if (!value.matches("\\d{1,6}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MAX) {
            throw new IllegalArgumentException("the rule \"" + name + "\" needs a number from 1 to " + MAX + ", like " + name + "=7, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static Duration time(String value) {
        long seconds = TimeSpan.seconds(value);
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw new IllegalArgumentException("the rule \"" + WITHIN + "\" needs a time up to a hundred years in minutes (m), hours (h), days (d), weeks (w) or years (y),"
                    + " like within=30d, not \"" + value + "\"");
        }
        return Duration.ofSeconds(seconds);
    }

    /** Whether nothing expires. */
    public boolean keepsAll() {
        return equals(ALL);
    }

    /** Whether nothing that the other one keeps would go by this one. It may say no where that is so all the same, never the other way round. */
    public boolean keepsAllOf(Keep other) {
        return keepsAll() || !other.keepsAll() && last >= other.last && hourly >= other.hourly && daily >= other.daily && weekly >= other.weekly
                && monthly >= other.monthly && yearly >= other.yearly && within.compareTo(other.within) >= 0;
    }

    /** As people give it and see it: {@code last=3,daily=7,within=30d}; empty without any rule. */
    public String text() {
        List<String> rules = new ArrayList<>();
        int[] counts = {last, hourly, daily, weekly, monthly, yearly};
        for (int rule = 0; rule < counts.length; rule++) {
            if (counts[rule] > 0) {
                rules.add(COUNTS.get(rule) + "=" + counts[rule]);
            }
        }
        if (!within.isZero()) {
            rules.add(WITHIN + "=" + TimeSpan.format(within));
        }
        return String.join(",", rules);
    }
}
