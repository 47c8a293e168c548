package org.azekura.server.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.SnapshotId;
import org.azekura.server.media.LeftVolumes.Keeping;
import org.junit.jupiter.api.Test;

class SurvivorsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final PolicyName NIGHTLY = new PolicyName("nightly");

    @Test
    void saysOfEachWhyItStays() {
        List<Aged> all = at("2026-11-22T22:00:00Z", "2026-11-23T10:00:00Z", "2026-11-23T22:30:00Z", "2026-11-24T21:00:00Z");
        assertEquals(List.of("2026-11-22T22:00:00Z weekly 2026-W47", "2026-11-23T10:00:00Z", "2026-11-23T22:30:00Z daily 2026-11-23",
                "2026-11-24T21:00:00Z last 1, daily 2026-11-24, weekly 2026-W48, yearly 2026"), fates(all, "last=1,daily=2,weekly=2,yearly=3", BERLIN));
    }

    @Test
    void countsOnlySpansThatHaveASnapshot() {
        assertEquals(List.of("2019-01-05T00:00:00Z monthly 2019-01", "2024-02-29T00:00:00Z monthly 2024-02", "2026-11-01T00:00:00Z monthly 2026-11"),
                fates(at("2019-01-05T00:00:00Z", "2024-02-29T00:00:00Z", "2026-11-01T00:00:00Z"), "monthly=3", BERLIN));
    }

    @Test
    void hasWhatOneRuleWantsCountForTheOthersToo() {
        assertEquals(List.of("2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z daily 2026-11-23", "2026-11-24T12:00:00Z last 1, daily 2026-11-24"),
                fates(at("2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z"), "last=1,daily=2", BERLIN));
    }

    @Test
    void knowsTheWeeksAtTheEndOfAYear() {
        assertEquals(List.of("2020-12-31T12:00:00Z", "2021-01-03T12:00:00Z weekly 2020-W53", "2021-01-04T12:00:00Z weekly 2021-W01"),
                fates(at("2020-12-31T12:00:00Z", "2021-01-03T12:00:00Z", "2021-01-04T12:00:00Z"), "weekly=9", BERLIN));
    }

    @Test
    void takesAnHourThatClocksShowTwiceForTwo() {
        assertEquals(List.of("2026-10-25T00:30:00Z hourly 2026-10-25 02:00+02:00", "2026-10-25T01:30:00Z hourly 2026-10-25 02:00+01:00"),
                fates(at("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"), "hourly=9", BERLIN));
    }

    @Test
    void countsDaysByTheCalendarOfThePlace() {
        List<Aged> all = at("2026-03-28T23:30:00Z", "2026-03-29T21:59:00Z", "2026-03-29T22:00:00Z");
        assertEquals(List.of("2026-03-28T23:30:00Z", "2026-03-29T21:59:00Z daily 2026-03-29", "2026-03-29T22:00:00Z daily 2026-03-30"),
                fates(all, "daily=5", BERLIN));
        assertEquals(List.of("2026-03-28T23:30:00Z daily 2026-03-28", "2026-03-29T21:59:00Z", "2026-03-29T22:00:00Z daily 2026-03-29"),
                fates(all, "daily=5", ZoneId.of("UTC")));
    }

    @Test
    void keepsTheNewestAndWhatNoPolicyNames() {
        List<Aged> all = at("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        Claim claim = new Claim(NIGHTLY, Keep.parse("within=1d"), BERLIN, all.subList(1, 3));
        assertEquals(List.of("2026-01-01T00:00:00Z of no policy", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z newest"),
                texts(Survivors.of(all, List.of(claim), List.of(), passed("2027-01-01T00:00:00Z"))));
    }

    @Test
    void keepsWhatAnyPolicyWants() {
        List<Aged> all = at("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        List<Claim> claims = List.of(new Claim(NIGHTLY, Keep.parse("last=1"), BERLIN, all), new Claim(new PolicyName("long"), Keep.ALL, BERLIN, all.subList(0, 1)));
        assertEquals(List.of("2026-01-01T00:00:00Z kept, for nothing expires by long", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z last 1"),
                texts(Survivors.of(all, claims, List.of(), passed("2027-01-01T00:00:00Z"))));
    }

    @Test
    void expiresNothingWhileNobodyKnowsTheTime() {
        List<Aged> all = at("2016-01-01T00:00:00Z", "2016-02-01T00:00:00Z", "2016-03-01T00:00:00Z");
        assertEquals(List.of("2016-01-01T00:00:00Z not known to be old", "2016-02-01T00:00:00Z not known to be old", "2016-03-01T00:00:00Z last 1"),
                texts(Survivors.of(all, List.of(new Claim(NIGHTLY, Keep.parse("last=1"), BERLIN, all)), List.of(), (since, keep) -> false)));
    }

    @Test
    void letsAHoldEnd() {
        List<Aged> all = at("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        Ground pinned = new Ground(Ground.Kind.PINNED, "until T");
        List<Hold> holds = List.of(new Hold(all.get(0).id(), all.get(0).stamp(), Duration.ofDays(90), pinned), new Hold(all.get(1).id(), all.get(1).stamp(), null, pinned));
        List<Claim> claims = List.of(new Claim(null, Keep.parse("last=1"), BERLIN, all));
        assertEquals(List.of("2026-01-01T00:00:00Z pinned until T", "2026-02-01T00:00:00Z pinned until T", "2026-03-01T00:00:00Z last 1"),
                texts(Survivors.of(all, claims, holds, passed("2026-03-31T23:59:59Z"))));
        assertEquals(List.of("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z pinned until T", "2026-03-01T00:00:00Z last 1"),
                texts(Survivors.of(all, claims, holds, passed("2026-04-01T00:00:00Z"))));
    }

    private static List<String> fates(List<Aged> all, String keep, ZoneId zone) {
        return texts(Survivors.of(all, List.of(new Claim(null, Keep.parse(keep), zone, all)), List.of(), passed("2030-01-01T00:00:00Z")));
    }

    private static List<String> texts(List<Fate> fates) {
        return fates.stream().map(fate -> (fate.snapshot().received() + " " + String.join(", ", fate.reasons().stream().map(Ground::text).toList())).strip()).toList();
    }

    private static Keeping passed(String now) {
        return (since, keep) -> !since.plus(keep).isAfter(Instant.parse(now));
    }

    private static List<Aged> at(String... times) {
        List<Aged> all = new ArrayList<>();
        for (String time : times) {
            Instant at = Instant.parse(time);
            all.add(new Aged(new SnapshotId(at.toEpochMilli() << 16, 0), at, at));
        }
        return all;
    }
}
