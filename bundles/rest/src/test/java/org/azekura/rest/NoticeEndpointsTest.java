package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NoticeEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void tellsOfATargetWithoutItsSecrets() throws Exception {
        for (String path : new String[] {"/notifications/targets", "/notifications/targets/ops"}) {
            String body = server.get(path).body();
            assertTrue(body.contains("\"secrets\":[\"password\"]"), body);
            assertFalse(body.contains("sealed"), body);
        }
        assertEquals(404, server.get("/notifications/targets/nobody").statusCode());
        assertEquals(404, server.get("/notifications/targets/a%20b").statusCode());
    }

    @Test
    void makesChangesAndTriesTargets() throws Exception {
        HttpResponse<String> made = server.post("/notifications/targets", """
                {"name":"hook","kind":"webhook","language":"ja","settings":{"url":"https://h"},"secrets":{"secret":"s"},"match":{"code":["pool.*","!pool.x"]},"quiet":"22:00-07:00 UTC"}""");
        assertEquals(201, made.statusCode());
        assertEquals("/api/v1/notifications/targets/hook", made.headers().firstValue("Location").orElseThrow());
        assertEquals("create hook WEBHOOK Wanted[enabled=null, language=ja, settings={url=https://h}, secrets={secret=s}, match={code=[pool.*, !pool.x]}, quiet=22:00-07:00 UTC]",
                server.notices.asked.getLast());
        assertEquals(200, server.send("PATCH", "/notifications/targets/ops", "{\"enabled\":false}").statusCode());
        assertEquals("{\"answer\":\"250 OK\"}", server.post("/notifications/targets/ops/test", null).body());
        assertEquals(400, server.post("/notifications/targets", "{\"name\":\"x\",\"kind\":\"pigeon\"}").statusCode());
        assertEquals(400, server.post("/notifications/targets", "{\"name\":\"x\"}").statusCode());
    }

    @Test
    void showsWhatWaits() throws Exception {
        assertTrue(server.get("/notifications/outbox?target=ops").body().contains("\"id\":5,\"target\":\"ops\""));
        assertEquals(200, server.post("/notifications/outbox/5/retry", null).statusCode());
        assertEquals(404, server.send("DELETE", "/notifications/outbox/6", null).statusCode());
        assertEquals(404, server.send("DELETE", "/notifications/outbox/x", null).statusCode());
    }

    @Test
    void showsWhoIsBoundedTheAlertsOfHisClientsOnly() throws Exception {
        assertTrue(server.get("/alerts").body().contains("\"code\":\"pool.key.notexported\",\"severity\":\"warning\",\"kind\":\"pool\",\"name\":\"default\""));
        String his = server.as("operator host", "GET", "/alerts", null).body();
        assertTrue(his.contains("job.parked") && !his.contains("pool.key"), his);
        assertEquals("[]", server.as("operator other", "GET", "/alerts", null).body());
    }
}
