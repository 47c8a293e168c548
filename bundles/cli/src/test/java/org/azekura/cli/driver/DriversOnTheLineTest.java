package org.azekura.cli.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.azekura.api.server.Drivers;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.azekura.cli.text.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriversOnTheLineTest extends OnTheLine {

    private static final String ROW = "{\"name\":\"disk\",\"version\":\"1.1.0\",\"publisher\":\"Ann\",\"state\":\"active\",\"devices\":[\"default\",\"spare\"],"
            + "\"node\":\"n1\",\"problem\":\"\"}";

    private Path file;
    private byte[] content;

    @BeforeEach
    void pack() throws Exception {
        content = new byte[300_000];
        new Random(1).nextBytes(content);
        file = Files.write(home.resolve("disk-1.1.0.azd"), content);
        appliance.on("GET development-mode", 200, "{\"on\":false}");
    }

    /** A call begins a job, which ends so. */
    private void ends(String call, String state, String... nodes) {
        appliance.job("driver", state, state.equals("done") ? null : "it is so", "{\"job\":1,\"change\":\"update\",\"driver\":\"disk\",\"nodes\":["
                + String.join(",", nodes) + "]}");
        appliance.on(call, 202, "{\"id\":1,\"kind\":\"driver\",\"state\":\"queued\"}");
    }

    private static String part(String node, String state, String driver, String problem) {
        return "{\"node\":\"" + node + "\",\"state\":\"" + state + "\",\"sent\":5,\"driver\":" + driver + ",\"problem\":" + problem + "}";
    }

    private static String problem(int status, String code, String detail) {
        return "{\"status\":" + status + ",\"code\":\"" + code + "\",\"detail\":\"" + detail + "\"}";
    }

    @Test
    void listsDriversWithTheKeysPromised() throws Exception {
        appliance.on("GET drivers", 200, "[" + ROW + "]");
        assertEquals(0, shell.run("driver", "list", "--json"), shell.err);
        JsonNode row = Json.read(shell.out).path(0);
        for (String key : new String[] {"name", "version", "publisher", "state", "devices"}) {
            assertTrue(row.has(key), key);
        }
        assertEquals(0, shell.run("driver", "list"));
        assertTrue(shell.out.contains("default, spare") && shell.out.contains("active"), shell.out);
    }

    @Test
    void sendsThePackageAndWaitsForTheEnd() {
        ends("PUT drivers", "done", part("n1", "done", ROW, "null"));
        assertEquals(0, shell.run("driver", "update", file.toString()), shell.err);
        assertEquals("driver disk 1.1.0 runs on node n1\n", shell.out);
        assertArrayEquals(content, appliance.uploads.getLast());
        assertEquals(List.of("PUT drivers", "GET events?job=1", "GET jobs/1", "GET jobs/1/result"), appliance.asked);
        ends("POST drivers?node=n%2F2", "done", part("n1", "done", ROW, "null"));
        assertEquals(0, shell.run("driver", "install", file.toString(), "--node", "n/2", "--json"), shell.err);
        assertEquals("{\"driver\":\"disk\",\"nodes\":[{\"node\":\"n1\",\"state\":\"done\",\"version\":\"1.1.0\",\"code\":null,\"problem\":null}]}\n", shell.out);
    }

    @Test
    void saysWhyAJobWasCancelledBeforeItBegan() {
        appliance.job("driver", "cancelled", "the job was cancelled", null);
        appliance.on("PUT drivers", 202, "{\"id\":1}");
        assertEquals(1, shell.run("driver", "update", file.toString()));
        assertEquals("azekura: job 1 cancelled: the job was cancelled\n", shell.err);
    }

    @Test
    void showsWhatAJobChangesAndLeavesItToItsNodeWhenItIsCancelled() {
        String job = "{\"id\":1,\"kind\":\"driver\",\"state\":\"running\",\"client\":null,\"pool\":null,\"started\":null,\"ended\":null,\"files\":0,\"bytes\":9,\"error\":null,"
                + "\"driver\":{\"change\":\"update\",\"name\":\"disk\",\"version\":\"1.1.0\",\"nodes\":[\"n1\",\"n2\"]}}";
        appliance.on("GET jobs/1", 200, job);
        assertEquals(0, shell.run("job", "show", "1"), shell.err);
        assertTrue(shell.out.contains("disk 1.1.0") && shell.out.contains("n2"), shell.out);
        assertEquals(0, shell.run("job", "show", "1", "--json"), shell.err);
        assertTrue(shell.out.endsWith("\"driver\":{\"change\":\"update\",\"name\":\"disk\",\"version\":\"1.1.0\",\"nodes\":[\"n1\",\"n2\"]}}\n"), shell.out);
        appliance.on("POST jobs/1/cancel", 200, job);
        assertEquals(0, shell.run("job", "cancel", "1"), shell.err);
        assertTrue(shell.out.contains("begins on no other node"), shell.out);
    }

    @Test
    void exitsAsTheOutcomeSays() {
        String[][] outcomes = {{"failed", "403", "package.refused", "4"}, {"failed", "400", "package.invalid", "2"}, {"backed-out", "503", "driver.backedout", "1"},
            {"failed", "409", "driver.installed", "4"}, {"failed", "503", "node.lost", "1"}, {"failed", "404", "driver.unknown", "1"},
            {"failed", "409", "driver.used", "4"}, {"left-out", "400", "job.cancelled", "1"}};
        for (String[] outcome : outcomes) {
            ends("PUT drivers", "failed", part("n1", outcome[0], "null", problem(Integer.parseInt(outcome[1]), outcome[2], "it is so")));
            assertEquals(Integer.parseInt(outcome[3]), shell.run("driver", "update", file.toString()), outcome[2] + shell.err);
            assertEquals("", shell.out);
            assertEquals(1, shell.errLines().size(), shell.err);
            assertTrue(shell.err.startsWith("azekura: " + (outcome[3].equals("1") ? "" : file + ": ") + "it is so"), shell.err);
        }
    }

    @Test
    void saysWhichFileIsRefused() {
        ends("POST drivers", "failed", part("n1", "failed", "null", problem(403, "package.refused", "the driver package is refused: it is unsigned")));
        assertEquals(4, shell.run("driver", "install", file.toString()));
        assertEquals("azekura: " + file + ": the driver package is refused: it is unsigned\n", shell.err);
        appliance.on("POST drivers", 403, FakeAppliance.problem("package.refused", "the driver package is refused: it is large"));
        assertEquals(4, shell.run("driver", "install", file.toString()));
        assertEquals("azekura: " + file + ": the driver package is refused: it is large\n", shell.err);
    }

    @Test
    void marksWhatNobodyHasSigned() {
        appliance.on("GET drivers", 200, "[" + ROW.replace("\"publisher\":\"Ann\"", "\"publisher\":\"unsigned\",\"signed\":false") + "]");
        appliance.on("GET development-mode", 200, "{\"on\":true,\"since\":\"2026-01-02T03:04:05Z\",\"by\":\"Eve\"}");
        assertEquals(0, shell.run("driver", "list"), shell.err);
        assertTrue(shell.out.contains("(unsigned)") && shell.out.contains("development mode is on since 2026-01-0") && shell.out.contains(", by Eve: "), shell.out);
    }

    @Test
    void tellsNodeByNodeAndExitsWithTheWorst() {
        String refused = part("n2", "failed", "null", problem(403, "package.refused", "not trusted"));
        ends("POST drivers", "failed", part("n1", "done", ROW, "null"), refused);
        assertEquals(4, shell.run("driver", "install", file.toString()));
        assertEquals("driver disk 1.1.0 runs on node n1\n", shell.out);
        assertEquals("azekura: node n2: not trusted\n", shell.err);
        ends("POST drivers", "failed", refused, part("n3", "failed", "null", problem(503, "node.lost", "gone")));
        assertEquals(1, shell.run("driver", "install", file.toString(), "--json"));
        assertTrue(shell.out.contains("\"code\":\"node.lost\""), shell.out);
        String invalid = problem(400, "package.invalid", "no package");
        ends("POST drivers", "failed", part("n1", "failed", "null", invalid), part("n2", "failed", "null", invalid));
        assertEquals(2, shell.run("driver", "install", file.toString()));
        assertEquals(1, shell.errLines().size(), shell.err);
    }

    @Test
    void doesNotSendWhatCanBeNoPackage() throws Exception {
        for (String name : List.of("none.azd", ".", "empty.azd")) {
            Files.write(home.resolve("empty.azd"), new byte[0]);
            assertEquals(2, shell.run("driver", "install", home.resolve(name).toString()), name);
            assertEquals(1, shell.errLines().size(), shell.err);
        }
        try (RandomAccessFile large = new RandomAccessFile(home.resolve("large.azd").toFile(), "rw")) {
            large.setLength(Drivers.MAX_PACKAGE + 1);
        }
        assertEquals(4, shell.run("driver", "install", home.resolve("large.azd").toString()), shell.err);
        assertEquals(List.of(), appliance.asked);
    }

    @Test
    void removesADriverAndSaysWhatUsesIt() {
        ends("DELETE drivers/disk", "done", part("n1", "done", "null", "null"));
        assertEquals(0, shell.run("driver", "remove", "disk"), shell.err);
        assertEquals("driver disk is removed from node n1\n", shell.out);
        ends("DELETE drivers/disk", "failed", part("n1", "failed", "null", problem(409, "driver.used", "driver disk serves [default]")));
        assertEquals(4, shell.run("driver", "remove", "disk"));
        assertTrue(shell.err.contains("default"), shell.err);
        ends("DELETE drivers/disk?park=true", "done", part("n1", "done", "null", "null"));
        assertEquals(0, shell.run("driver", "remove", "disk", "--park"), shell.err);
    }

    @Test
    void changesTheSettingsOfADevice() {
        String row = "{\"name\":\"spare\",\"driver\":\"disk\",\"node\":\"n1\",\"state\":\"served\",\"location\":\"/srv/x\",\"pools\":[\"p\"],\"problem\":\"\"}";
        appliance.on("POST devices/spare?node=n1", 200, row);
        assertEquals(0, shell.run("device", "set", "spare", "--set", "path=/srv/x", "--unset", "size", "--node", "n1"), shell.err);
        assertEquals("{\"settings\":{\"size\":null,\"path\":\"/srv/x\"}}", appliance.bodies.getLast().toString());
        assertEquals("device spare of driver disk on node n1 works with these settings: /srv/x\n", shell.out);
        assertEquals(2, shell.run("device", "set", "spare"));
        appliance.on("POST devices/spare", 503, FakeAppliance.problem("volume.missing", "device spare keeps the settings that it had"));
        assertEquals(1, shell.run("device", "set", "spare", "--set", "path=/none"));
        assertEquals("azekura: device spare keeps the settings that it had\n", shell.err);
    }

    @Test
    void tellsAndChangesWhoIsTrusted() throws Exception {
        Path pub = Files.writeString(home.resolve("ann.pub"), "pem");
        String row = "{\"name\":\"Ann\",\"fingerprint\":\"aa\",\"state\":\"expired\",\"from\":\"2026-01-02T03:04:05Z\",\"until\":\"2026-01-02T03:04:14Z\",\"shipped\":false,"
                + "\"trusted\":\"2026-01-02T03:04:05Z\",\"by\":\"Bob\"}";
        appliance.on("POST publishers", 201, row);
        assertEquals(0, shell.run("driver", "trust", "add", pub.toString(), "--name", "Ann"), shell.err);
        assertEquals("{\"certificate\":\"pem\",\"name\":\"Ann\"}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("aa"), shell.out);
        assertEquals(1, shell.run("driver", "trust", "add", home.resolve("none.pub").toString()));
        appliance.on("POST publishers", 400, FakeAppliance.problem("publisher.invalid", "no certificate"));
        assertEquals(2, shell.run("driver", "trust", "add", pub.toString()));
        appliance.on("GET publishers", 200, "[" + row + "]");
        appliance.on("GET development-mode", 200, "{\"on\":true}");
        assertEquals(0, shell.run("driver", "trust", "list"), shell.err);
        assertTrue(shell.out.contains("expired") && shell.out.contains("development mode is on"), shell.out);
        assertEquals(0, shell.run("driver", "trust", "list", "--json"));
        assertEquals("[" + row + "]\n", shell.out);
        appliance.on("DELETE publishers/Ann%20%26%20Co", 200, "{\"name\":\"Ann & Co\"}");
        assertEquals(0, shell.run("driver", "trust", "remove", "Ann & Co"), shell.err);
        appliance.on("POST development-mode", 200, "{\"on\":true}");
        assertEquals(0, shell.run("driver", "trust", "development", "on"), shell.err);
        assertEquals("{\"on\":true}", appliance.bodies.getLast().toString());
    }

    @Test
    void listsAddsTriesAndForgetsDevices() {
        String row = "{\"name\":\"spare\",\"driver\":\"disk\",\"node\":\"n1\",\"state\":\"served\",\"location\":\"/srv/x\",\"pools\":[\"p\"],\"problem\":\"\"}";
        appliance.on("GET devices?node=n1", 200, "[" + row + "]");
        assertEquals(0, shell.run("device", "list", "--node", "n1"), shell.err);
        assertTrue(shell.out.contains("/srv/x"), shell.out);
        appliance.on("POST devices", 201, row);
        assertEquals(0, shell.run("device", "add", "spare", "--driver", "disk", "--set", "path=/srv/x"), shell.err);
        assertEquals("{\"name\":\"spare\",\"driver\":\"disk\",\"settings\":{\"path\":\"/srv/x\"}}", appliance.bodies.getLast().toString());
        appliance.on("POST devices/spare/test", 200, row);
        assertEquals(0, shell.run("device", "test", "spare"), shell.err);
        assertEquals("device spare of driver disk on node n1 passes its self-test: /srv/x\n", shell.out);
        appliance.on("POST devices/spare/test?node=n1", 503, FakeAppliance.problem("device.sick", "it does not feel well"));
        assertEquals(1, shell.run("device", "test", "spare", "--node", "n1"));
        appliance.on("DELETE devices/spare", 409, FakeAppliance.problem("device.used", "it holds pool p"));
        assertEquals(4, shell.run("device", "remove", "spare"));
        assertEquals("azekura: it holds pool p\n", shell.err);
        appliance.on("DELETE devices/spare", 200, "{\"name\":\"spare\"}");
        assertEquals(0, shell.run("device", "remove", "spare", "--json"));
        assertFalse(shell.out.isEmpty());
    }

    @Test
    void showsAndBoundsWhatADeviceCarries() {
        String use = "{\"device\":\"cloud\",\"node\":\"n1\",\"month\":\"2026-11\",\"bytesIn\":1073741824,\"bytesOut\":1024,\"requests\":1200,\"writes\":200,\"reads\":1000,\"free\":5,"
                + "\"money\":16.5,\"thaws\":0.5,\"budget\":{\"bytes\":null,\"requests\":null,\"money\":20.0},\"percent\":82,\"spent\":false,\"until\":\"2026-12-01T00:00:00Z\"}";
        appliance.on("GET devices", 200, "[{\"name\":\"cloud\",\"driver\":\"s3\",\"node\":\"n1\",\"state\":\"served\",\"location\":\"s3://b\",\"pools\":[],\"problem\":\"\",\"use\":" + use + "}]");
        assertEquals(0, shell.run("device", "list"), shell.err);
        assertTrue(shell.out.contains("82 %"), shell.out);
        assertEquals(0, shell.run("device", "show", "cloud"), shell.err);
        assertTrue(shell.out.contains("1.00 GiB to it") && shell.out.contains("16.50 of 20.00, 0.50 of it for the archive"), shell.out);
        assertEquals(1, shell.run("device", "show", "nowhere"));
        appliance.on("PUT devices/cloud/budget?node=n1", 200, use);
        appliance.on("GET devices/cloud/budget?node=n1", 200, use);
        assertEquals(0, shell.run("device", "budget", "cloud", "--bytes", "500G", "--node", "n1"), shell.err);
        assertEquals("{\"bytes\":536870912000,\"money\":20.0}", appliance.bodies.getLast().toString(), "what is not named stays");
        assertEquals(0, shell.run("device", "budget", "cloud", "--bytes", "500G", "--requests", "1M", "--money", "20.00", "--node", "n1"), shell.err);
        assertEquals("{\"bytes\":536870912000,\"requests\":1000000,\"money\":20.0}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("82 % used"), shell.out);
        appliance.on("DELETE devices/cloud/budget", 200, use.replaceAll("\\{\"bytes\":null.*?\\}", "null"));
        assertEquals(0, shell.run("device", "budget", "cloud", "--none"), shell.err);
        assertTrue(shell.out.contains("none"), shell.out);
        assertEquals(2, shell.run("device", "budget", "cloud", "--none", "--bytes", "1G"));
        assertEquals(2, shell.run("device", "budget", "cloud", "--requests", "many"));
        assertEquals(2, shell.run("device", "budget", "cloud", "--requests", "999999999999G"), "more than can be counted");
        assertTrue(shell.err.contains("too large"), shell.err);
        assertEquals(2, shell.run("device", "budget", "cloud", "--money", "-1"));
    }
}
