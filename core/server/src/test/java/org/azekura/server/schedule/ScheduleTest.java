package org.azekura.server.schedule;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final String BERLIN = "Europe/Berlin";

    /** The next so many, in local time, from the first moment behind a local time. */
    private static List<String> next(String schedule, String zone, String after, int count) throws BackupException {
        ZoneId in = ZoneId.of(zone);
        Schedule parsed = Schedule.parse(schedule);
        Optional<Instant> at = parsed.next(LocalDateTime.parse(after).atZone(in).toInstant(), in);
        List<String> times = new ArrayList<>();
        for (int i = 0; i < count && at.isPresent(); i++) {
            times.add(at.get().atZone(in).toLocalDateTime().toString());
            at = parsed.next(at.get(), in);
        }
        return times;
    }

    @Test
    void readsTheFormForPeople() throws Exception {
        assertEquals(List.of("2026-11-26T22:00", "2026-11-27T22:00"), next("daily 22:00", BERLIN, "2026-11-25T22:00", 2));
        assertEquals(List.of("2026-11-27T12:30", "2026-11-30T12:30"), next("mon..fri 12:30", BERLIN, "2026-11-26T12:30", 2));
        assertEquals(List.of("2026-11-29T03:00", "2026-12-27T03:00"), next("monthly last sun 03:00", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-12-07T03:00", "2027-01-04T03:00"), next("Monthly first Monday 3:00", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-11-26T01:00", "2026-11-26T02:00"), next("hourly", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-11-26T00:15", "2026-11-26T00:30"), next("every 15m", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-11-26T02:00", "2026-11-26T04:00"), next("every 2 hours", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-11-28T02:00", "2026-12-05T02:00"), next("weekly sat 02:00", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-11-26T06:00", "2026-11-26T12:00", "2026-11-26T18:30"), next("daily 06:00, 12:00 18:30", BERLIN, "2026-11-26T00:00", 3));
        assertEquals(List.of("2026-11-28T04:00", "2026-11-29T04:00", "2026-11-30T04:00"), next("sat .. mon 04:00", BERLIN, "2026-11-26T00:00", 3));
        assertEquals(List.of("2026-11-27T22:00", "2026-11-28T09:00", "2026-11-30T22:00"), next("mon..fri 22:00; sat 09:00", BERLIN, "2026-11-27T00:00", 3));
    }

    @Test
    void theLastDayStandsForThoseThatAMonthHasNot() throws Exception {
        assertEquals(List.of("2027-01-31T01:00", "2027-02-28T01:00", "2027-03-31T01:00", "2027-04-30T01:00"), next("monthly 31 01:00", BERLIN, "2027-01-01T00:00", 4));
        assertEquals(List.of("2028-02-29T01:00", "2028-03-30T01:00"), next("monthly 30 01:00", BERLIN, "2028-02-01T00:00", 2));
        assertEquals(List.of("2027-02-15T01:00", "2027-02-28T01:00"), next("monthly 15,last 01:00", BERLIN, "2027-02-01T00:00", 2));
        assertEquals(List.of("2027-02-28T01:00", "2027-03-30T01:00", "2027-03-31T01:00"), next("monthly 30,31 01:00", BERLIN, "2027-02-01T00:00", 3));
    }

    @Test
    void readsCron() throws Exception {
        assertEquals(List.of("2026-11-26T22:00", "2026-11-27T22:00"), next("0 22 * * *", BERLIN, "2026-11-26T21:00", 2));
        assertEquals(List.of("2026-11-26T00:05", "2026-11-26T00:35"), next("5-59/30 * * * *", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2027-01-31T00:00", "2027-03-31T00:00"), next("0 0 31 * *", BERLIN, "2027-01-01T00:00", 2));
        assertEquals(List.of("2028-02-29T00:00", "2032-02-29T00:00"), next("0 0 29 2 *", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2096-02-29T00:00", "2104-02-29T00:00"), next("0 0 29 feb *", BERLIN, "2093-01-01T00:00", 2));
        assertEquals(List.of("2026-11-29T00:00", "2026-12-06T00:00"), next("0 0 * * 7", BERLIN, "2026-11-26T00:00", 2));
        assertEquals(List.of("2026-11-27T00:00", "2026-12-01T00:00", "2026-12-04T00:00"), next("0 0 1 * FRI", BERLIN, "2026-11-26T00:00", 3), "either day is enough");
        assertEquals(List.of("2026-11-29T00:00"), next("@weekly", BERLIN, "2026-11-26T00:00", 1));
    }

    @Test
    void aTimeThatDoesNotExistIsWhenTheGapEnds() throws Exception {
        assertEquals(List.of("2027-03-27T02:30", "2027-03-28T03:00", "2027-03-29T02:30"), next("daily 02:30", BERLIN, "2027-03-27T00:00", 3));
        assertEquals(List.of("2027-03-28T01:45", "2027-03-28T03:00", "2027-03-28T03:15"), next("every 15m", BERLIN, "2027-03-28T01:30", 3));
        assertEquals(List.of("1994-12-30T22:00", "1995-01-01T00:00", "1995-01-01T22:00"), next("daily 22:00", "Pacific/Kiritimati", "1994-12-30T00:00", 3));
        assertEquals(List.of("2026-10-04T02:30", "2026-10-05T02:15"), next("daily 02:15", "Australia/Lord_Howe", "2026-10-03T12:00", 2), "it is half an hour there");
    }

    @Test
    void aTimeThatComesTwiceCountsOnceAndAnIntervalBothTimes() throws Exception {
        Schedule daily = Schedule.parse("daily 02:30");
        Schedule quarters = Schedule.parse("30 * * * *");
        ZoneId berlin = ZoneId.of(BERLIN);
        Instant first = daily.next(Instant.parse("2026-10-24T12:00:00Z"), berlin).orElseThrow();
        assertEquals(Instant.parse("2026-10-25T00:30:00Z"), first);
        assertEquals(Instant.parse("2026-10-26T01:30:00Z"), daily.next(first, berlin).orElseThrow());
        assertEquals(Instant.parse("2026-10-25T01:30:00Z"), quarters.next(first, berlin).orElseThrow());
        Schedule midnight = Schedule.parse("daily 00:30");
        ZoneId azores = ZoneId.of("Atlantic/Azores");
        Instant once = midnight.next(Instant.parse("2026-10-24T12:00:00Z"), azores).orElseThrow();
        assertEquals(Instant.parse("2026-10-25T00:30:00Z"), once);
        assertEquals(Instant.parse("2026-10-26T01:30:00Z"), midnight.next(once, azores).orElseThrow());
    }

    @Test
    void refusesWhatIsNoneAndSaysWhatWouldDo() {
        for (String wrong : List.of("", " ", ";", "daily", "daily 25:00", "daily 22", "22:00", "every", "every 7m", "every 0m", "every 36h", "weekly 02:00", "mon..xyz 02:00", "mon..wed..fri 02:00",
                "monthly 03:00", "monthly 32 03:00", "monthly 0 03:00", "monthly last", "monthly fifth sun 03:00", "hourly 15", "yearly", "0 22 * *", "0 22 * * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *",
                "0 0 30 2 *", "0 0 L * *", "0 0 * * sun#1", "*/0 * * * *", "5-1 * * * *", "0 0 * jan-xyz *", "@reboot", "daily 22:00;", "0 0 * * 8", "x".repeat(600), "daily 22:00\u001b[31m", "毎日 22:00",
                "daily 99999999999:00", "every 99999999999m", "0-99999999999 * * * *", "monthly 1,,2 03:00", "daily 22:00,,23:00")) {
            BackupException e = assertRefused("schedule.invalid", () -> Schedule.parse(wrong));
            assertEquals(1, e.getMessage().lines().count());
            assertTrue(e.getMessage().contains("like daily 22:00"), e.getMessage());
            assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl));
        }
        assertEquals("\"daily 25:00\" is no schedule: \"25:00\" is no time of the day; one is 00:00 to 23:59; " + Schedule.FORMS,
                assertRefused("schedule.invalid", () -> Schedule.parse("daily 25:00")).getMessage());
        assertTrue(assertRefused("schedule.invalid", () -> Schedule.parse("0 3 * * SUN#4")).getMessage().contains("monthly last sun 03:00"));
    }
}
