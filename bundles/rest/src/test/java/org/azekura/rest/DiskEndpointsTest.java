package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DiskEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void tellsDisksWithTheirHealthAndSets() throws Exception {
        assertEquals("{\"asked\":\"2026-01-02T03:04:05Z\",\"disks\":[{\"name\":\"sdb\",\"serial\":\"S1\",\"model\":\"Model One\",\"bytes\":4000000000000,\"holds\":\"\",\"hindrance\":\"\",\"set\":\"\",\"health\":null},"
                + "{\"name\":\"sdc\",\"serial\":\"\",\"model\":\"\",\"bytes\":4000000000000,\"holds\":\"ext4\",\"hindrance\":\"\",\"set\":\"old\","
                + "\"health\":{\"device\":\"/dev/sdc\",\"protocol\":\"ata\",\"verdict\":\"failing\",\"temperature\":31,\"hot\":false,\"hours\":9,\"pending\":8,\"errors\":3,"
                + "\"grown\":2,\"erring\":true,\"used\":null,\"worn\":false}}],"
                + "\"sets\":[{\"name\":\"old\",\"state\":\"found\",\"level\":\"mirror\",\"bytes\":1000,\"disks\":[\"sdd\"],\"lacks\":1,\"folder\":\"/srv/old\"}]}",
                server.get("/appliance/disks").body());
    }

    @Test
    void makesASetAndErasesOnlyWhatIsNamedForThat() throws Exception {
        String order = "{\"name\":\"pool1\",\"level\":\"mirror\",\"disks\":[\"sdb\",\"sdc\"]}";
        assertEquals("disk.refused", ApiServletTest.problem(server.post("/appliance/disks", order), 403).path("code").asText());
        assertEquals(List.of(), server.disks.calls);
        HttpResponse<String> made = server.post("/appliance/disks", order.replace("]}", "],\"erase\":[\"sdc\"]}"));
        assertEquals(201, made.statusCode(), made.body());
        assertEquals("{\"name\":\"pool1\",\"state\":\"whole\",\"level\":\"mirror\",\"bytes\":2000,\"disks\":[\"sdb\",\"sdc\"],\"lacks\":0,\"folder\":\"/srv/pool1\"}", made.body());
        assertEquals("{\"name\":\"old\",\"state\":\"degraded\",\"level\":\"mirror\",\"bytes\":1000,\"disks\":[\"sdd\"],\"lacks\":1,\"folder\":\"/srv/old\"}",
                server.post("/appliance/disks/old/attach", "").body());
        assertEquals(List.of("make Order[name=pool1, level=mirror, disks=[sdb, sdc], erase=[sdc]]", "attach old"), server.disks.calls);
    }

    @Test
    void whereThereIsNoImageEachCallSaysSo() throws Exception {
        server.disks.image = false;
        for (HttpResponse<String> answer : List.of(server.get("/appliance/disks"), server.post("/appliance/disks", "{\"name\":\"pool1\",\"level\":\"single\",\"disks\":[\"sdb\"]}"),
                server.post("/appliance/disks/old/attach", ""))) {
            assertEquals("disk.unsupported", ApiServletTest.problem(answer, 409).path("code").asText());
        }
    }
}
