package org.azekura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepTest {

    @Test
    void readsWhatItSays() {
        Keep keep = new Keep(3, 24, 7, 4, 12, 10, Duration.ofDays(30));
        assertEquals("last=3,hourly=24,daily=7,weekly=4,monthly=12,yearly=10,within=30d", keep.text());
        assertEquals(keep, Keep.parse(keep.text()));
        assertEquals(new Keep(0, 0, 1, 0, 0, 0, Duration.ofSeconds(90)), Keep.parse(new Keep(0, 0, 1, 0, 0, 0, Duration.ofSeconds(90)).text()));
    }

    @Test
    void readsRulesInSeveralPartsAndInAnyOrder() {
        assertEquals(Keep.parse("last=3,daily=7,within=2w"), Keep.parse(List.of("within=14d", " daily = 7 ,last=3")));
        assertEquals(Keep.ALL, Keep.parse(List.of()));
        assertEquals(Keep.ALL, Keep.parse(""));
    }

    @Test
    void namesTheRuleAndWhatWouldDo() {
        assertRefused("dayly=7", "\"dayly\"", "daily");
        assertRefused("daily=0", "\"daily\"", "daily=7");
        assertRefused("daily=-1", "\"daily\"", "-1");
        assertRefused("daily=100001", "100000");
        assertRefused("daily=99999999999", "100000");
        assertRefused("daily", "\"daily\"", "daily=7");
        assertRefused("last=3,,daily=7", "no rule \"\"");
        assertRefused("daily=7,last=1,daily=8", "\"daily\" is there twice");
        assertRefused("within=1mo", "within=30d", "1mo");
        assertRefused("within=101y", "hundred years");
        assertRefused("within=999999999y", "hundred years");
    }

    private static void assertRefused(String text, String... told) {
        String message = assertThrows(IllegalArgumentException.class, () -> Keep.parse(text)).getMessage();
        for (String part : told) {
            assertTrue(message.contains(part), message);
        }
    }
}
