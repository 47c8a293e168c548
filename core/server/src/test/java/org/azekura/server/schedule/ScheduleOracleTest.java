package org.azekura.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Schedules against a clock on the wall that is looked at every minute. */
class ScheduleOracleTest {

    private static final List<String> ZONES = List.of("Australia/Lord_Howe", "Pacific/Kiritimati", "Atlantic/Azores", "Europe/Berlin", "America/New_York",
            "America/Sao_Paulo", "America/Havana", "Asia/Tokyo", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns", "Asia/Gaza", "UTC");

    /** A schedule, and what it says of a time on the wall. */
    private record Case(String text, boolean interval, Predicate<LocalDateTime> due) {}

    private static Case any(Random random) {
        int minute = random.nextInt(60);
        int hour = random.nextInt(4);
        int day = random.nextInt(1, 32);
        String time = "%02d:%02d".formatted(hour, minute);
        Predicate<LocalDateTime> at = t -> t.getHour() == hour && t.getMinute() == minute;
        return switch (random.nextInt(9)) {
            case 0 -> new Case("daily " + time, false, at);
            case 1 -> new Case("sat..mon " + time, false, at.and(t -> t.getDayOfWeek().getValue() >= 6 || t.getDayOfWeek().getValue() == 1));
            case 2 -> new Case("monthly " + day + " " + time, false, at.and(t -> t.getDayOfMonth() == Math.min(day, t.toLocalDate().lengthOfMonth())));
            case 3 -> new Case("monthly last sun " + time, false, at.and(t -> t.getDayOfWeek().getValue() == 7 && t.plusDays(7).getMonthValue() != t.getMonthValue()));
            case 4 -> new Case("monthly second thu " + time, false, at.and(t -> t.getDayOfWeek().getValue() == 4 && t.minusDays(7).getMonthValue() == t.getMonthValue()
                    && t.minusDays(14).getMonthValue() != t.getMonthValue()));
            case 5 -> new Case("hourly", true, t -> t.getMinute() == 0);
            case 6 -> new Case("every 20m", true, t -> t.getMinute() % 20 == 0);
            case 7 -> cron(random, minute);
            default -> new Case(minute + " " + hour + " * * *", false, at);
        };
    }

    private static Case cron(Random random, int minute) {
        BitSet hours = new BitSet();
        IntStream.range(0, random.nextInt(1, 5)).forEach(i -> hours.set(random.nextInt(24)));
        int day = random.nextInt(1, 32);
        int week = random.nextInt(7);
        boolean month = random.nextBoolean();
        boolean both = random.nextBoolean();
        String text = minute + " " + hours.stream().mapToObj(Integer::toString).collect(Collectors.joining(",")) + " " + (both || month ? "" + day : "*") + " * "
                + (both || !month ? "" + week : "*");
        return new Case(text, false, t -> t.getMinute() == minute && hours.get(t.getHour()) && (both ? t.getDayOfMonth() == day || t.getDayOfWeek().getValue() % 7 == week
                : month ? t.getDayOfMonth() == day : t.getDayOfWeek().getValue() % 7 == week));
    }

    /** All that is due in [from, to): each minute that the wall shows, and each that it leaves out. */
    private static List<Instant> bruteForce(Case one, ZoneId zone, Instant from, Instant to) {
        List<Instant> due = new ArrayList<>();
        Instant at = from;
        LocalDateTime before = LocalDateTime.ofInstant(at.minusSeconds(60), zone);
        while (at.isBefore(to)) {
            ZonedDateTime now = at.atZone(zone);
            boolean is = false;
            for (LocalDateTime left = before.plusMinutes(1); left.isBefore(now.toLocalDateTime()); left = left.plusMinutes(1)) {
                is |= one.due.test(left);
            }
            boolean again = !now.withEarlierOffsetAtOverlap().getOffset().equals(now.getOffset());
            is |= one.due.test(now.toLocalDateTime()) && (one.interval || !again);
            if (is) {
                due.add(at);
            }
            before = now.toLocalDateTime();
            at = at.plusSeconds(60);
        }
        return due;
    }

    /** A moment at which clocks are changed, or any. */
    private static Instant interesting(Random random, ZoneId zone) {
        Instant any = Instant.parse("1990-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(365 * 45)));
        ZoneOffsetTransition next = zone.getRules().nextTransition(any);
        return next != null && random.nextInt(4) > 0 ? next.getInstant() : any;
    }

    @Test
    void agreesWithAClockOnTheWall() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            Case one = any(random);
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant from = interesting(random, zone).minus(Duration.ofHours(random.nextInt(24 * 4))).minusSeconds(60L * random.nextInt(60));
            compare(one, zone, from, from.plus(Duration.ofDays(8)), "seed " + seed);
        }
    }

    @Test
    void agreesOverAYearInEachZone() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String name : ZONES) {
            Instant from = Instant.parse("%d-01-01T00:00:00Z".formatted(name.contains("Kiritimati") ? 1994 : name.contains("Apia") ? 2011 : 2024 + random.nextInt(4)));
            compare(any(random), ZoneId.of(name), from, from.plus(Duration.ofDays(366)), "seed " + seed);
        }
    }

    private static void compare(Case one, ZoneId zone, Instant from, Instant to, String seed) throws Exception {
        Schedule schedule = Schedule.parse(one.text);
        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = schedule.next(from.minusSeconds(1), zone);
        while (next.isPresent() && next.get().isBefore(to)) {
            found.add(next.get());
            next = schedule.next(next.get(), zone);
        }
        assertEquals(bruteForce(one, zone, from, to), found, () -> seed + ": " + one.text + " in " + zone + " from " + from);
    }

    @Test
    void blackoutsEndWhenTheClockOnTheWallSaysSo() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            int from = random.nextInt(24 * 60);
            int to = (from + random.nextInt(1, 24 * 60)) % (24 * 60);
            int day = random.nextInt(1, 8);
            String[] days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
            String text = days[day - 1] + " %02d:%02d-%02d:%02d".formatted(from / 60, from % 60, to / 60, to % 60);
            Blackouts blackouts = Blackouts.parse(List.of(text, "not 01:00-02:30", "sun"));
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant at = interesting(random, zone).minusSeconds(60L * random.nextInt(600));
            Instant free = at;
            while (isHeld(free.atZone(zone).toLocalDateTime(), day, from, to)) {
                free = free.plusSeconds(60);
            }
            Instant begin = at;
            assertEquals(free, blackouts.free(at, zone), () -> "seed " + seed + ": " + text + " in " + zone + " at " + begin);
        }
    }

    private static boolean isHeld(LocalDateTime time, int day, int from, int to) {
        int minute = time.getHour() * 60 + time.getMinute();
        int today = time.getDayOfWeek().getValue();
        boolean own = from < to ? today == day && minute >= from && minute < to : today == day && minute >= from || today == day % 7 + 1 && minute < to;
        return own || minute >= 60 && minute < 150 || today == 7;
    }
}
