package org.azekura.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands about what keeps snapshots. */
@Timeout(300)
class RetentionOnTheLineTest extends OnTheLine {

    @Test
    void pinsForATimeUntilADayOrUntilItIsUnpinned() {
        appliance.on("POST snapshots/s1/pin", 200, "{\"since\":\"2026-01-02T03:04:05Z\",\"until\":null,\"why\":\"\"}");
        assertEquals(0, shell.run("snapshot", "pin", "s1"), shell.err);
        assertEquals("{}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("until somebody unpins it"), shell.out);
        assertEquals(0, shell.run("snapshot", "pin", "s1", "--for", "1y", "--why", "before the move"), shell.err);
        assertEquals("{\"seconds\":31536000,\"why\":\"before the move\"}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("snapshot", "pin", "s1", "--until", "2027-12-31T18:00:00+01:00"), shell.err);
        assertEquals("{\"until\":\"2027-12-31T17:00:00Z\"}", appliance.bodies.getLast().toString());
        assertEquals(2, shell.run("snapshot", "pin", "s1", "--until", "tomorrow"));
        assertEquals(2, shell.run("snapshot", "pin", "s1", "--for", "ever"));
        assertEquals(2, shell.run("snapshot", "pin", "s1", "--for", "1d", "--until", "2027-12-31"));
        appliance.on("DELETE snapshots/s1/pin", 200, "{\"since\":\"2026-01-02T03:04:05Z\",\"until\":null,\"why\":\"\"}");
        assertEquals(0, shell.run("snapshot", "unpin", "s1"), shell.err);
    }

    @Test
    void isRefusedToDeleteWhatIsPinned() {
        appliance.on("DELETE snapshots/s1", 403, "{\"code\":\"snapshot.pinned\",\"detail\":\"snapshot s1 is pinned; unpin it first\",\"status\":403}");
        assertEquals(4, shell.run("snapshot", "delete", "s1"));
        assertTrue(shell.err.contains("unpin it first"), shell.err);
    }

    @Test
    void locksAPoolAndTellsItsLock() {
        appliance.on("GET pools/off/lock", 200, "{\"pool\":\"off\",\"seconds\":0}");
        assertEquals(0, shell.run("pool", "lock", "off"), shell.err);
        assertEquals("pool off has no lock\n", shell.out);
        appliance.on("POST pools/off/lock", 200, "{\"pool\":\"off\",\"seconds\":2592000,\"mode\":\"compliance\",\"device\":[\"governance\"]}");
        assertEquals(0, shell.run("pool", "lock", "off", "--for", "30d"), shell.err);
        assertEquals("{\"seconds\":2592000}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("for 30d from when it was received; its device locks in the mode governance, not in compliance"), shell.out);
        assertEquals(0, shell.run("pool", "lock", "off", "--for", "30d", "--mode", "compliance"), shell.err);
        assertEquals("{\"seconds\":2592000,\"mode\":\"compliance\"}", appliance.bodies.getLast().toString());
        assertEquals(2, shell.run("pool", "lock", "off", "--mode", "compliance"));
        assertEquals(2, shell.run("pool", "lock", "off", "--for", "0d"));
    }

    @Test
    void tellsWhatTheRulesOfAPolicySay() {
        appliance.on("GET policies/nightly/retention", 200, "[{\"id\":\"s1\",\"client\":\"host\",\"saveSet\":\"srv\",\"time\":\"2026-01-02T03:04:05Z\",\"keeps\":[],\"expires\":true},"
                + "{\"id\":\"s2\",\"client\":\"host\",\"saveSet\":\"srv\",\"time\":\"2026-01-03T03:04:05Z\",\"keeps\":[\"last 1\",\"daily 2026-01-03\"],\"expires\":false}]");
        assertEquals(0, shell.run("policy", "retention", "nightly", "--dry-run"), shell.err);
        assertTrue(shell.out.contains("  expires\n") && shell.out.contains("last 1, daily 2026-01-03") && shell.out.endsWith("1 snapshot stays, 1 to expire\n"), shell.out);
    }

    @Test
    void hasThemExpireAndNamesWhatStays() {
        appliance.job("expire", "warned", null, "{\"job\":1,\"count\":2,\"expired\":[],\"left\":[{\"snapshot\":\"s3\",\"reason\":\"node n2 is away\"}]}");
        assertEquals(3, shell.run("policy", "expire", "nightly"), shell.err);
        assertEquals("{\"kind\":\"expire\",\"policy\":\"nightly\"}", appliance.bodies.getFirst().toString());
        assertTrue(shell.out.startsWith("2 snapshots expired") && shell.err.contains("s3 stays for now: node n2 is away"), shell.out + shell.err);
    }
}
