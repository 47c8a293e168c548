package org.azekura.rest.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.azekura.rest.call.Pace;
import org.junit.jupiter.api.Test;

class PassedRequestTest {

    private final Pace complaints = new Pace(1, Duration.ofMinutes(1), () -> 0);

    @Test
    void whoIsNotBelievedIsComplainedOfNowAndThenOnly() {
        HttpServletRequest forged = Calls.get("/api/v1/status", null, Map.of(Passage.HEADER, Passing.sealed("another", "GET /api/v1/status", "203.0.113.9", true)));
        assertSame(forged, PassedRequest.of(forged, Peers.seal("shared"), complaints));
        assertFalse(complaints.allows("203.0.113.7"), "it was said once");
        assertTrue(complaints.allows("203.0.113.8"));
    }

    @Test
    void whatAUriDoesNotTakePlainlyIsEscapedOnItsWayAndIsTheSameCallThere() throws Exception {
        String sent = Passage.target(Calls.get("/api/v1/snapshots", "path=a|b^{c}%20\u00e9\"`\\&x=1+2", Map.of()));
        assertEquals("/api/v1/snapshots?path=a%7Cb%5E%7Bc%7D%20%C3%A9%22%60%5C&x=1+2", sent);
        assertEquals(sent, URI.create("https://backup1:8443" + sent).toString().substring("https://backup1:8443".length()));
        assertEquals(sent, Passage.escaped(sent), "who leads sees it so, and looks for what was sealed");
    }
}
