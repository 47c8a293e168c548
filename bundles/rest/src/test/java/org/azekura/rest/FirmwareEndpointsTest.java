package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FirmwareEndpointsTest {

    private static final String ROW = "{\"id\":\"7\",\"version\":\"2.1.0\",\"bytes\":3,\"state\":\"checked\",\"percent\":0,\"doing\":\"\",\"problem\":\"\","
            + "\"drivers\":[{\"name\":\"shelf\",\"version\":\"1.0.0\",\"lacks\":\"org.azekura.api.device [0.8.0,0.9.0)\"}]}";

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void tellsWhatRunsAndBothSlots() throws Exception {
        assertEquals("{\"version\":\"2.0.0\",\"slot\":\"A\",\"slots\":[{\"name\":\"A\",\"version\":\"2.0.0\",\"runs\":true,\"next\":true,\"good\":true},"
                + "{\"name\":\"B\",\"version\":\"\",\"runs\":false,\"next\":false,\"good\":false}],\"update\":null}", server.get("/firmware").body());
    }

    @Test
    void takesAnUpdateAndTellsHowFarItIs() throws Exception {
        HttpResponse<String> sent = server.post("/firmware/updates", "new");
        assertEquals(201, sent.statusCode(), sent.body());
        assertEquals(ROW, sent.body());
        assertEquals("/api/v1/firmware/updates/7", sent.headers().firstValue("Location").orElseThrow());
        assertEquals(ROW, server.get("/firmware/updates/7").body());
        ApiServletTest.problem(server.get("/firmware/updates/8"), 404);
        assertEquals("drivers.refused", ApiServletTest.problem(server.post("/firmware/updates/7/install", "{}"), 403).path("code").asText());
        HttpResponse<String> begun = server.post("/firmware/updates/7/install", "{\"driversAnyway\":true}");
        assertEquals(202, begun.statusCode(), begun.body());
        assertEquals(ROW.replace("checked", "installing").replace("\"percent\":0,\"doing\":\"\"", "\"percent\":85,\"doing\":\"Copying image to rootfs.1\""),
                server.get("/firmware/updates/7").body());
        assertEquals(200, server.send("DELETE", "/firmware/updates/7", null).statusCode());
        assertEquals("{\"begun\":true}", server.post("/appliance/restart", "").body());
        assertEquals(List.of("take new", "install", "drop", "restart"), server.firmware.calls);
    }

    @Test
    void keepsNothingOfWhatIsRefused() throws Exception {
        assertEquals("firmware.refused", ApiServletTest.problem(server.post("/firmware/updates", "forged"), 403).path("code").asText());
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void whereThereIsNoImageEachCallSaysSoBeforeAnythingIsSent() throws Exception {
        server.firmware.image = false;
        for (HttpResponse<String> answer : List.of(server.get("/firmware"), server.post("/firmware/updates", "new"), server.get("/firmware/updates/7"),
                server.post("/firmware/updates/7/install", "{}"), server.send("DELETE", "/firmware/updates/7", null), server.post("/appliance/restart", ""))) {
            assertEquals("firmware.unsupported", ApiServletTest.problem(answer, 409).path("code").asText());
        }
        assertEquals(List.of(), server.firmware.calls);
    }
}
