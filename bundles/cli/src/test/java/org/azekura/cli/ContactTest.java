package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {

    private static final String STATUS = "{\"version\":\"0.1.0\",\"roles\":[{\"kind\":\"node\",\"name\":\"host\",\"connected\":true}],\"warnings\":[\"w1\"],"
            + "\"running\":0,\"snapshots\":1}";

    @TempDir
    Path home;
    private FakeAppliance appliance;
    private Shell shell;

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance(home);
        appliance.on("GET status", 200, STATUS);
        shell = new Shell(home);
    }

    @AfterEach
    void stop() {
        appliance.stop();
    }

    @Test
    void findsTheApplianceOfTheHome() {
        assertEquals(0, shell.run("status", "--json"), shell.err);
        assertEquals(STATUS + "\n", shell.out);
        assertEquals(0, new Shell(Path.of("/nope")).run("--home", home.toString(), "status"));
    }

    @Test
    void showsTheStatusToPeople() {
        assertEquals(0, shell.run("status"));
        assertEquals("Azekura 0.1.0 at " + appliance.url() + "\nROLE  NAME  STATE\nnode  host  connected\n0 jobs running, 1 snapshot\nno restore was proven yet; \"azekura drill run ID\" rehearses one\nwarning: w1\n", shell.out);
    }

    @Test
    void callsAnotherApplianceByItsFingerprint() {
        Shell away = new Shell(Path.of("/nope")).with("AZEKURA_URL", appliance.url() + "/").with("AZEKURA_TOKEN", FakeAppliance.TOKEN)
                .with("AZEKURA_FINGERPRINT", appliance.fingerprint);
        assertEquals(0, away.run("status"), away.err);
        assertEquals(0, new Shell(Path.of("/nope")).run("status", "--url", appliance.url(), "--token", FakeAppliance.TOKEN, "--fingerprint",
                appliance.fingerprint.replace(":", "").toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void saysNothingToAnApplianceWithAnotherCertificate() {
        assertEquals(5, shell.run("status", "--fingerprint", "ab".repeat(32)));
        assertEquals(1, shell.errLines().size(), shell.err);
        assertTrue(shell.err.contains("is not the appliance expected"), shell.err);
        assertTrue(appliance.asked.isEmpty());
    }

    @Test
    void exitsWithFourForAWrongToken() {
        assertEquals(4, shell.run("status", "--token", "wrong"));
        assertEquals("azekura: this needs the bearer token\n", shell.err);
        assertEquals(4, shell.run("backup", "--token", "wrong", "/srv"));
        assertEquals(1, shell.errLines().size(), shell.err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretA\nb", "secretA b", "secret\u00e4", "secret\u0000", "", "\ufffdsecret"})
    void exitsWithFourForATokenThatIsNoneAndDoesNotShowIt(String token) throws Exception {
        Files.writeString(home.resolve("token"), token);
        for (Shell each : new Shell[] {new Shell(home), new Shell(home).with("AZEKURA_TOKEN", token), shell}) {
            assertEquals(4, each == shell ? each.run("status", "-v", "--token", token) : each.run("status", "-v"));
            assertEquals(1, each.errLines().size(), each.err);
            assertFalse(each.err.contains("secret"), each.err);
        }
        assertTrue(appliance.asked.isEmpty());
    }

    @Test
    void exitsWithFiveWhenNothingAnswersOrRuns() throws Exception {
        appliance.stop();
        assertEquals(5, shell.run("status"));
        assertEquals(1, shell.errLines().size(), shell.err);
        Files.delete(home.resolve("run/url"));
        assertEquals(5, shell.run("snapshot", "list"));
        assertTrue(shell.err.startsWith("azekura: no appliance runs in "), shell.err);
    }

    @Test
    void exitsWithTwoForAnAddressOrFingerprintThatIsNone() {
        assertEquals(2, shell.run("status", "--url", "http://127.0.0.1"));
        assertEquals(2, shell.run("status", "--url", "nonsense %"));
        assertEquals(2, shell.run("status", "--fingerprint", "abc"));
        assertEquals(1, shell.errLines().size(), shell.err);
    }

    @Test
    void turnsProblemsIntoOneLineAndTheirExitCode() {
        for (String[] expected : new String[][] {{"404", "job.unknown", "1"}, {"409", "volume.foreign", "4"}, {"400", "rule.invalid", "2"}, {"400", "root.missing", "1"}, {"400", "request.value", "2"},
            {"400", "setting.missing", "2"}, {"409", "pool.exists", "1"}, {"503", "node.gone", "1"}, {"500", "bug", "1"}}) {
            appliance.on("GET status", Integer.parseInt(expected[0]), FakeAppliance.problem(expected[1], "why"));
            assertEquals(Integer.parseInt(expected[2]), shell.run("status"), expected[1]);
            assertEquals(1, shell.errLines().size(), shell.err);
            assertTrue(shell.err.startsWith("azekura: why"), shell.err);
        }
        assertEquals(1, shell.run("status", "-v"));
        assertTrue(shell.err.contains("code bug"), shell.err);
    }

    @Test
    void doesNotTakeARepliesOfSomethingElseForOurs() {
        appliance.on("GET status", 502, "<html>");
        assertEquals(1, shell.run("status"));
        assertEquals(1, shell.errLines().size(), shell.err);
        appliance.on("GET status", 200, "<html>");
        assertEquals(1, shell.run("status"));
        assertEquals(1, shell.errLines().size(), shell.err);
    }

    /** Its web server is there a little before it, and stays a little longer. */
    @Test
    void anApplianceThatStartsIsNotThereYet() {
        for (int status : new int[] {404, 503}) {
            appliance.on("GET status", status, "<html>not here</html>");
            assertEquals(5, shell.run("status"));
            assertTrue(shell.err.contains("starting or stopping"), shell.err);
        }
        appliance.on("GET status", 502, "<html>a proxy</html>");
        assertEquals(1, shell.run("status"));
    }
}
