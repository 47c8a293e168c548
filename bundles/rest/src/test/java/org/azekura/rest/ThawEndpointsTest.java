package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Thaw;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How soon something is wanted from an archive, as it is ordered. */
class ThawEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    private Thaw ordered(String word) throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\"" + (word == null ? "" : ",\"thaw\":\"" + word + "\"") + "}").statusCode());
        return ((JobOrder.Restore) server.fake.orders.getLast()).thaw();
    }

    @Test
    void isOneOfThreeWordsOrWhatCloudsCallThem() throws Exception {
        assertEquals(Thaw.CHEAP, ordered("cheap"));
        assertEquals(Thaw.FAST, ordered("expedited"));
        assertEquals(Thaw.USUAL, ordered("Standard"));
        assertEquals(null, ordered(null));
        var refused = server.post("/jobs", "{\"kind\":\"drill\",\"snapshot\":\"0193b2c4\",\"thaw\":\"yesterday\"}");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("cheap, usual, fast"), refused::body);
        assertEquals(400, server.post("/pools/default", "{\"thaw\":\"yesterday\"}").statusCode());
    }
}
