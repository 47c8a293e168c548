package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LibraryEndpointsTest {

    private static final DeviceName LIB1 = new DeviceName("lib1");
    private static final NodeName N1 = new NodeName("n1");

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void showsLibrariesAndWhatLiesInThem() throws Exception {
        assertEquals("[{\"name\":\"lib1\",\"driver\":\"simulator\",\"node\":\"n1\",\"state\":\"ready\",\"location\":\"/srv/library\",\"slots\":1,\"mailSlots\":1,\"drives\":1,"
                + "\"cartridges\":2,\"problem\":\"\"},{\"name\":\"lib2\",\"driver\":\"tape\",\"node\":\"n1\",\"state\":\"failed\",\"location\":\"\",\"slots\":0,\"mailSlots\":0,"
                + "\"drives\":0,\"cartridges\":0,\"problem\":\"it does not answer\"}]", server.get("/libraries").body());
        JsonNode library = Json.MAPPER.readTree(server.get("/libraries/lib1?node=n1").body());
        assertEquals("{\"address\":10,\"kind\":\"mail-slot\",\"content\":\"empty\",\"barcode\":null,\"volume\":null,\"pool\":null,\"state\":null,\"drive\":null,\"source\":null,"
                + "\"accessible\":true,\"used\":false,\"cleanings\":0,\"problem\":\"\",\"health\":null,\"why\":null,\"warnings\":[]}", library.path("elements").path(0).toString());
        assertEquals("{\"address\":500,\"kind\":\"drive\",\"content\":\"cartridge\",\"barcode\":\"A00001L8\",\"volume\":\"tape-1\",\"pool\":\"tape\",\"state\":\"appendable\","
                + "\"drive\":0,\"source\":1000,\"accessible\":true,\"used\":true,\"cleanings\":0,\"problem\":\"\",\"health\":\"down\",\"why\":\"it is broken\",\"warnings\":[\"A00001L8: much was corrected\"]}", library.path("elements").path(1).toString());
        assertEquals(3, library.path("elements").path(2).path("cleanings").asInt());
        assertEquals(404, server.get("/libraries/lib9").statusCode());
    }

    @Test
    void showsAVolumeByItsBarcode() throws Exception {
        assertEquals("{\"label\":\"tape-1\",\"barcode\":\"A00001L8\",\"pool\":\"tape\",\"state\":\"appendable\",\"location\":\"lib1, drive 0\",\"used\":7,\"capacity\":100,"
                + "\"id\":\"" + FakeLibraries.VOLUME.id() + "\",\"node\":\"n1\",\"device\":\"lib1\",\"driver\":\"simulator\",\"packs\":3,\"set\":1,\"number\":1,\"labelled\":null,\"written\":null,\"errors\":0,\"why\":null,"
                + "\"use\":{\"life\":{\"mounts\":2,\"seen\":\"1970-01-01T00:00:00Z\",\"loads\":41,\"written\":null,\"read\":null,\"uncorrected\":null},\"mounts\":[{\"drive\":\"S0\","
                + "\"loaded\":\"1970-01-01T00:00:00Z\",\"written\":1000000000,\"read\":0,\"writeCorrected\":500,\"readCorrected\":0,\"uncorrected\":0,\"held\":true}],"
                + "\"warnings\":[\"much was corrected\"]},\"unread\":\"2026-01-02T03:04:05Z\"}",
                server.get("/volumes/A00001L8").body());
        assertEquals(404, server.get("/volumes/nope").statusCode());
    }

    @Test
    void marksVolumesAndTakesDrivesOutAndIn() throws Exception {
        assertEquals(200, server.post("/volumes/A00001L8/lock", "{\"why\":\" evidence \"}").statusCode());
        assertEquals(200, server.post("/volumes/A00001L8/lock", "").statusCode());
        assertEquals(200, server.post("/volumes/A00001L8/unlock", "").statusCode());
        assertEquals(200, server.post("/volumes/A00001L8/accept", "").statusCode());
        assertEquals(404, server.post("/volumes/nope/lock", "").statusCode());
        assertEquals(200, server.post("/libraries/lib1/drives/1?node=n1", "{\"up\":false,\"why\":\"at the workshop\"}").statusCode());
        assertEquals(200, server.post("/libraries/lib1/drives/1", "{\"up\":true}").statusCode());
        assertEquals(400, server.post("/libraries/lib1/drives/1", "{}").statusCode());
        assertEquals(400, server.post("/libraries/lib1/drives/x", "{\"up\":true}").statusCode());
        assertEquals(400, server.post("/volumes/A00001L8/lock", "{\"why\":\"a\\nb\"}").statusCode());
        assertEquals(List.of("lock A00001L8: evidence", "lock A00001L8: an operator has locked it", "unlock A00001L8", "accept A00001L8", "lock nope: an operator has locked it",
                "drive 1 of lib1 on n1 down: at the workshop", "drive 1 of lib1 up"), server.libraries.asked);
    }

    @Test
    void verifiesOneVolume() throws Exception {
        orders(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0, "A00001L8"), "\"kind\":\"verify\",\"volume\":\"A00001L8\"");
        assertEquals(400, server.post("/jobs", "{\"kind\":\"verify\",\"volume\":\"A00001L8\",\"pool\":\"tape\"}").statusCode());
    }

    private void orders(JobOrder order, String fields) throws Exception {
        assertEquals(202, server.post("/jobs", "{" + fields + "}").statusCode(), fields);
        assertEquals(order, server.fake.orders.getLast());
    }

    @Test
    void takesEveryOrder() throws Exception {
        orders(new JobOrder.Label(new PoolName("tape"), List.of(new Barcode("A00001L8"))), "\"kind\":\"label\",\"pool\":\"tape\",\"barcodes\":[\"A00001L8\"]");
        orders(new JobOrder.Label(new PoolName("tape"), List.of()), "\"kind\":\"label\",\"pool\":\"tape\"");
        orders(new JobOrder.Scan(List.of("tape-1"), true), "\"kind\":\"scan\",\"volumes\":[\"tape-1\"],\"deep\":true");
        orders(new JobOrder.Scan(List.of("tape-1", "A00002L8")), "\"kind\":\"scan\",\"volumes\":[\"tape-1\",\"A00002L8\"]");
        orders(new JobOrder.Export(List.of("tape-1"), "bank safe"), "\"kind\":\"export\",\"volumes\":[\"tape-1\"],\"to\":\" bank safe\"");
        orders(new JobOrder.Forget("tape-1", "burnt", true), "\"kind\":\"forget\",\"volumes\":[\"tape-1\"],\"why\":\" burnt\",\"lost\":true");
        orders(new JobOrder.Export(List.of("tape-1"), null), "\"kind\":\"export\",\"volumes\":[\"tape-1\"]");
        orders(new JobOrder.Inventory(LIB1, N1, true), "\"kind\":\"inventory\",\"library\":\"lib1\",\"node\":\"n1\",\"initialise\":true");
        orders(new JobOrder.Move(LIB1, null, "1000", "mail"), "\"kind\":\"move\",\"library\":\"lib1\",\"from\":\"1000\",\"to\":\"mail\"");
        orders(new JobOrder.Import(LIB1, null), "\"kind\":\"import\",\"library\":\"lib1\"");
        orders(new JobOrder.Clean(LIB1, null, 1), "\"kind\":\"clean\",\"library\":\"lib1\",\"drive\":1");
    }

    @Test
    void refusesWhatIsNoOrder() throws Exception {
        for (String fields : List.of("\"kind\":\"label\"", "\"kind\":\"label\",\"pool\":\"tape\",\"barcodes\":[null]", "\"kind\":\"label\",\"pool\":\"tape\",\"barcodes\":[\"\"]",
                "\"kind\":\"scan\"", "\"kind\":\"forget\",\"volumes\":[\"x\"]", "\"kind\":\"forget\",\"volumes\":[\"x\",\"y\"],\"why\":\"z\"", "\"kind\":\"scan\",\"volumes\":[]", "\"kind\":\"scan\",\"volumes\":[null]", "\"kind\":\"export\",\"volumes\":[\"x\"],\"to\":\"a\\nb\"",
                "\"kind\":\"move\",\"library\":\"lib1\",\"from\":\"1\"", "\"kind\":\"inventory\"", "\"kind\":\"clean\",\"library\":\"lib1\"",
                "\"kind\":\"import\",\"library\":\"lib1\",\"pool\":\"p\"")) {
            assertEquals(400, server.post("/jobs", "{" + fields + "}").statusCode(), fields);
        }
        assertEquals(0, server.fake.orders.size());
    }

    @Test
    void tellsWhatBecameOfEachCartridge() throws Exception {
        server.fake.job(1, Job.State.WARNED);
        JobId job = new JobId(1);
        server.fake.results.put(job, new JobResult.Cartridges(List.of(
                new JobResult.Cartridge(new Barcode("A00001L8"), "A00001L8", new PoolName("tape"), 1000, JobResult.Fate.LABELLED, "it is labelled"),
                new JobResult.Cartridge(null, null, null, -1, JobResult.Fate.DAMAGED, "it has a scratch",
                        new JobResult.Content(9, 8, 7, 6, 1, 2, 3, 4, List.of("block 5"))))));
        assertEquals("{\"job\":1,\"cartridges\":[{\"barcode\":\"A00001L8\",\"volume\":\"A00001L8\",\"pool\":\"tape\",\"address\":1000,\"state\":\"labelled\",\"warns\":false,"
                + "\"what\":\"it is labelled\",\"content\":null},{\"barcode\":null,\"volume\":null,\"pool\":null,\"address\":-1,\"state\":\"damaged\",\"warns\":true,\"what\":\"it has a scratch\","
                + "\"content\":{\"objects\":9,\"bytes\":8,\"packs\":7,\"known\":6,\"unknown\":1,\"missing\":2,\"unreadable\":3,\"gaps\":4,\"damage\":[\"block 5\"]}}]}",
                server.get("/jobs/1/result").body());
    }
}
