package org.azekura.rest.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
