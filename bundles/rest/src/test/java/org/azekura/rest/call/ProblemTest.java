package org.azekura.rest.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static int status(String code) {
        return Problem.of(BackupException.operator(code, "web1", "a failure of the test").failure()).status();
    }

    @Test
    void whoIsTrustedNoLongerIsRefused() {
        assertEquals(403, status("client.revoked"));
        assertEquals(403, status("key.missing"));
        assertEquals(404, status("client.unknown"));
        assertEquals(400, status("quota.exceeded"));
    }

    @Test
    void whatIsInNoStateForACallIsAConflict() {
        assertEquals(409, status("volume.state"));
    }

    @Test
    void whatIsRefusedForNowCanSucceedLater() {
        for (int status : new int[] {408, 429, 503}) {
            assertTrue(Problem.of(status, BackupException.operator("request.often", "", "too often").failure()).retryable());
        }
        assertTrue(Problem.of(BackupException.operator("firmware.busy", "", "it is being installed").failure()).retryable());
        assertFalse(Problem.of(BackupException.operator("client.unknown", "web1", "there is none").failure()).retryable());
    }

    @Test
    void tellsOfAFaultOfOursNothingButWhereTheLogHasIt() {
        Exception fault = new IllegalStateException("/home/vault/tls: SELECT secret FROM token");
        BackupException wrapped = BackupException.bug("GET /api/v1/status", fault);
        for (Problem problem : new Problem[] {Problem.fault("GET /api/v1/status", fault), Problem.of(wrapped), Problem.of(wrapped.failure())}) {
            assertEquals("bug", problem.code());
            assertEquals(500, problem.status());
            assertFalse(problem.toString().contains("secret") || problem.toString().contains("IllegalState"), problem::toString);
            assertTrue(problem.detail().matches("a fault of the appliance; its log says more under reference=[0-9a-f]{8}"), problem.detail());
        }
    }
}
