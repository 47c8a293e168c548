package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DriversOnTheLineTest extends OnTheLine {

    private static final String ROW = "{\"node\":\"n1\",\"name\":\"disk\",\"version\":\"1.1.0\",\"publisher\":\"Ann\",\"state\":\"active\",\"devices\":[\"default\"],"
            + "\"problem\":\"\",\"backedOut\":%s}";

    private String file() throws Exception {
        Path file = home.resolve("disk-1.1.0.azd");
        Files.writeString(file, "{}");
        return file.toString();
    }

    @Test
    void listsThemWithTheKeysThatArePromised() throws Exception {
        appliance.on("GET drivers", 200, "[" + ROW.formatted("null") + "]");
        assertEquals(0, shell.run("driver", "list", "--json"), shell.err);
        assertEquals("{\"name\":\"disk\",\"version\":\"1.1.0\",\"publisher\":\"Ann\",\"state\":\"active\",\"devices\":[\"default\"],\"node\":\"n1\",\"problem\":\"\"}",
                Json.read(shell.out).get(0).toString());
        assertEquals(0, shell.run("driver", "list"), shell.err);
        assertTrue(shell.out.contains("disk") && shell.out.contains("active") && shell.out.contains("default"), shell.out);
    }

    @Test
    void anUpdateEndsWithWhatBecameOfIt() throws Exception {
        appliance.on("POST drivers?update", 200, "[" + ROW.formatted("null") + "]");
        assertEquals(0, shell.run("driver", "update", file()), shell.err);
        assertEquals("driver disk 1.1.0 of Ann runs on node n1", shell.out.strip());
        appliance.on("POST drivers?update", 200, "[" + ROW.formatted("\"it hangs\"") + "]");
        assertEquals(1, shell.run("driver", "update", file()));
        assertTrue(shell.err.contains("it hangs") && shell.err.contains("backed out"), shell.err);
        appliance.on("POST drivers?update", 403, FakeAppliance.problem("package.refused", "the driver package is refused: it is unsigned"));
        assertEquals(4, shell.run("driver", "update", file()));
        appliance.on("POST drivers", 400, FakeAppliance.problem("package.invalid", "it is no driver package"));
        assertEquals(2, shell.run("driver", "install", file()));
        assertEquals(2, shell.run("driver", "install", home.resolve("none").toString()));
        assertTrue(shell.err.contains("there is no such file"), shell.err);
    }

    @Test
    void trustsAPublisherByHisCertificate() throws Exception {
        Path pem = home.resolve("ann.pub");
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n");
        appliance.on("POST publishers", 200, "{\"name\":\"Ann\",\"fingerprint\":\"ab\",\"until\":\"2030-01-01T00:00:00Z\",\"own\":false}");
        assertEquals(0, shell.run("driver", "trust", "add", pem.toString()), shell.err);
        assertEquals("-----BEGIN CERTIFICATE-----\n", appliance.bodies.getLast().path("certificate").asText());
        appliance.on("GET publishers", 200, "[{\"name\":\"Ann\",\"fingerprint\":\"ab\",\"until\":\"2030-01-01T00:00:00Z\",\"own\":false}]");
        assertEquals(0, shell.run("driver", "trust", "list"), shell.err);
        assertTrue(shell.out.contains("Ann"), shell.out);
        appliance.on("DELETE publishers/Ann", 200, "[]");
        assertEquals(0, shell.run("driver", "trust", "remove", "Ann"), shell.err);
    }
}
