package org.azekura.cli.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.azekura.cli.text.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirmwareOnTheLineTest extends OnTheLine {

    private static final String STATE = "{\"version\":\"2.0.0\",\"slot\":\"A\",\"slots\":[{\"name\":\"A\",\"version\":\"2.0.0\",\"runs\":true,\"next\":true,\"good\":true},"
            + "{\"name\":\"B\",\"version\":\"\",\"runs\":false,\"next\":false,\"good\":false}],\"update\":null}";
    private static final String LACKING = "{\"name\":\"shelf\",\"version\":\"1.0.0\",\"lacks\":\"org.azekura.api.device [0.8.0,0.9.0), and there is 0.9.0\"}";

    private Path file;

    @BeforeEach
    void make() throws Exception {
        file = Files.write(home.resolve("azekura-2.1.0.raucb"), new byte[5000]);
        appliance.on("GET firmware", 200, STATE);
        appliance.on("DELETE firmware/updates/7", 200, update("checked", "", ""));
    }

    private static String update(String state, String problem, String drivers) {
        return "{\"id\":\"7\",\"version\":\"2.1.0\",\"bytes\":5000,\"state\":\"" + state + "\",\"percent\":40,\"doing\":\"Copying image to rootfs.1\",\"problem\":\"" + problem + "\",\"drivers\":["
                + drivers + "]}";
    }

    @Test
    void showsBothSlots() {
        assertEquals(0, shell.run("firmware", "show"), shell.err);
        assertTrue(shell.out.contains("A     2.0.0    yes   yes   yes"), shell.out);
        assertEquals(0, shell.run("firmware", "show", "--json"), shell.err);
        assertEquals(STATE + "\n", shell.out);
    }

    @Test
    void checksAndLeavesNothing() throws Exception {
        appliance.on("POST firmware/updates", 201, update("checked", "", ""));
        assertEquals(0, shell.run("firmware", "check", file.toString()), shell.err);
        assertTrue(shell.out.startsWith("version 2.1.0 (") && shell.out.endsWith(" may be installed\n"), shell.out);
        assertArrayEquals(new byte[5000], appliance.uploads.getLast());
        assertEquals(List.of("POST firmware/updates", "DELETE firmware/updates/7"), appliance.asked);
        appliance.on("POST firmware/updates", 201, update("checked", "", LACKING));
        assertEquals(3, shell.run("firmware", "check", file.toString(), "--json"));
        assertTrue(shell.err.contains("driver shelf 1.0.0 would not run with it: it needs org.azekura.api.device"), shell.err);
        assertEquals("shelf", Json.read(shell.out).path("drivers").path(0).path("name").asText());
    }

    @Test
    void installsAndStartsAgainOnlyIfThatIsSaid() {
        appliance.on("POST firmware/updates", 201, update("checked", "", ""));
        appliance.on("POST firmware/updates/7/install", 202, update("installing", "", ""));
        appliance.on("GET firmware/updates/7", 200, update("installed", "", ""));
        appliance.on("POST appliance/restart", 202, "{\"begun\":true}");
        assertEquals(0, shell.run("firmware", "install", file.toString()), shell.err);
        assertTrue(shell.out.endsWith(" is installed; it runs from the next restart on\n"), shell.out);
        assertEquals(List.of("POST firmware/updates", "POST firmware/updates/7/install", "GET firmware/updates/7"), appliance.asked);
        assertEquals("{\"driversAnyway\":false}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("firmware", "install", file.toString(), "--restart", "--drivers-anyway"), shell.err);
        assertEquals("POST appliance/restart", appliance.asked.getLast());
        appliance.on("POST appliance/restart", 503, FakeAppliance.problem("firmware.system", "the system does not do it"));
        assertEquals(1, shell.run("firmware", "install", file.toString(), "--restart"));
        assertTrue(shell.err.contains("the system does not do it"), shell.err);
        assertTrue(shell.out.endsWith(" is installed; it runs from the next restart on\n"), shell.out);
        assertTrue(appliance.bodies.stream().anyMatch(body -> body.toString().equals("{\"driversAnyway\":true}")));
    }

    @Test
    void whatCouldNotBeWrittenIsSaidAndNothingIsStartedAgain() {
        appliance.on("POST firmware/updates", 201, update("checked", "", ""));
        appliance.on("POST firmware/updates/7/install", 202, update("installing", "", ""));
        appliance.on("GET firmware/updates/7", 200, update("failed", "no space", ""));
        assertEquals(1, shell.run("firmware", "install", file.toString(), "--restart"));
        assertEquals("azekura: version 2.1.0 could not be installed, and what runs is as before: no space\n", shell.err);
        assertEquals("GET firmware/updates/7", appliance.asked.getLast());
    }

    @Test
    void exitsAsARefusalSays() {
        String[][] outcomes = {{"403", "firmware.refused", "4"}, {"400", "firmware.invalid", "2"}, {"409", "firmware.unsupported", "4"}, {"503", "firmware.updater", "1"}};
        for (String[] outcome : outcomes) {
            appliance.on("POST firmware/updates", Integer.parseInt(outcome[0]), FakeAppliance.problem(outcome[1], "it is so"));
            assertEquals(Integer.parseInt(outcome[2]), shell.run("firmware", "check", file.toString()), outcome[1] + shell.err);
            assertTrue(shell.err.startsWith("azekura: " + (outcome[2].equals("1") ? "" : file + ": ") + "it is so"), shell.err);
        }
        appliance.on("GET firmware", 409, FakeAppliance.problem("firmware.unsupported", "this appliance does not run from an image; update its Debian package with apt"));
        assertEquals(4, shell.run("firmware", "show"));
        assertEquals("azekura: this appliance does not run from an image; update its Debian package with apt\n", shell.err);
        assertEquals(2, shell.run("firmware", "check", home.resolve("none").toString()));
    }

    @Test
    void driversThatWouldNotRunHoldItUpAndNothingStays() {
        appliance.on("POST firmware/updates", 201, update("checked", "", LACKING));
        appliance.on("POST firmware/updates/7/install", 403, FakeAppliance.problem("drivers.refused", "drivers that are installed here would not run"));
        assertEquals(4, shell.run("firmware", "install", file.toString()));
        assertEquals("DELETE firmware/updates/7", appliance.asked.getLast());
    }
}
