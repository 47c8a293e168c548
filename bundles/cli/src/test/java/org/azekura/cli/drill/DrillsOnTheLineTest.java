package org.azekura.cli.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;
import org.azekura.ca.CaDoor;
import org.azekura.cli.OnTheLine;
import org.azekura.cli.text.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands about what drills proved. */
@Timeout(300)
class DrillsOnTheLineTest extends OnTheLine {

    private static final String PROOF = "{\"job\":42,\"client\":\"app\",\"saveSet\":\"db\",\"snapshot\":\"0193\",\"received\":\"2026-01-02T03:04:05Z\",\"pool\":\"vault\",\"host\":\"app\","
            + "\"sample\":{\"seed\":\"-7\",\"files\":5,\"of\":100},\"began\":\"2026-01-02T03:04:05Z\",\"ended\":\"2026-01-02T03:05:05Z\",\"entries\":6,\"bytes\":700,\"differences\":1,"
            + "\"times\":{\"waiting\":1,\"restoring\":2,\"comparing\":3},\"outcome\":\"failed\",\"told\":[\"/db/x: 3 bytes from 7 on\"]}";
    private static final String PLAN = "{\"name\":\"monthly\",\"saveSets\":[{\"client\":\"app\",\"name\":\"db\"}],\"copies\":[],\"sample\":\"5%\",\"client\":null,\"schedule\":\"monthly first sun 03:00\","
            + "\"zone\":\"\",\"blackouts\":[],\"leaveOut\":false,\"catchUp\":true,\"priority\":50,\"atOnce\":0,\"spread\":0,\"retries\":0,\"retryAfter\":600,\"enabled\":true,"
            + "\"next\":[\"2026-12-06T03:00:00Z\"],\"last\":[]}";

    @TempDir
    Path folder;

    @Test
    void listsAndShowsWhatWasProven() {
        appliance.on("GET proofs?client=app&saveSet=db&limit=100", 200, "[" + PROOF + "]");
        assertEquals(0, shell.run("drill", "list", "--save-set", "app/db"), shell.err);
        assertTrue(shell.out.contains("app/db") && shell.out.contains("5 of 100") && shell.out.contains("failed"), shell.out);
        appliance.on("GET proven", 200, "[{\"client\":\"app\",\"saveSet\":\"db\",\"pool\":\"vault\",\"proven\":null,\"last\":" + PROOF + "}]");
        assertEquals(0, shell.run("drill", "list", "--last"), shell.err);
        assertTrue(shell.out.contains("never"), shell.out);
        appliance.on("GET proofs/42", 200, PROOF);
        assertEquals(0, shell.run("drill", "show", "42"), shell.err);
        assertTrue(shell.out.contains("with seed -7") && shell.out.contains("/db/x: 3 bytes from 7 on"), shell.out);
        assertEquals(2, shell.run("drill", "list", "--save-set", "db"));
    }

    @Test
    void keepsPlans() {
        appliance.on("POST drill-plans", 201, PLAN);
        assertEquals(0, shell.run("drill", "plan", "create", "monthly", "--save-set", "app/db", "--schedule", "monthly first sun 03:00", "--sample", "5%"), shell.err);
        assertEquals("{\"saveSets\":[\"app/db\"],\"schedule\":\"monthly first sun 03:00\",\"name\":\"monthly\",\"sample\":\"5%\"}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("next run"), shell.out);
        appliance.on("POST drill-plans/monthly", 200, PLAN);
        assertEquals(0, shell.run("drill", "plan", "change", "monthly", "--whole", "--pool", "vault"), shell.err);
        assertEquals("{\"copies\":[\"vault\"],\"sample\":\"whole\"}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("drill", "plan", "disable", "monthly"), shell.err);
        assertEquals("{\"enabled\":false}", appliance.bodies.getLast().toString());
        assertEquals(2, shell.run("drill", "plan", "change", "monthly"));
        assertEquals(2, shell.run("drill", "plan", "create", "monthly", "--save-set", "db"), "how much?");
        assertEquals(2, shell.run("drill", "plan", "create", "monthly", "--save-set", "db", "--whole", "--keep", "last=1"));
        appliance.on("POST drill-plans/monthly/run", 202, "{\"plan\":\"monthly\",\"steps\":[{\"client\":\"app\",\"saveSet\":\"db\",\"job\":7,\"code\":null,\"error\":null},"
                + "{\"client\":\"app\",\"saveSet\":\"x\",\"job\":null,\"code\":\"drill.nothing\",\"error\":\"there is no snapshot\"}]}");
        assertEquals(1, shell.run("drill", "plan", "run", "monthly"));
        assertTrue(shell.out.contains("app/db: job 7") && shell.err.contains("app/x: there is no snapshot"), shell.out + shell.err);
    }

    /** A report as an appliance signs it, written by the command. */
    private Path report(CertificateAuthority authority) throws Exception {
        String html = "<p>proven 証明</p>\n";
        ObjectNode answer = Json.object().put("name", "drill-42.html").put("html", html).put("signature", authority.sign(html.getBytes(StandardCharsets.UTF_8)))
                .put("authority", Identity.pem(authority.certificate())).put("fingerprint", Identity.fingerprint(authority.certificate()));
        appliance.on("GET proofs/42/report", 200, answer.toString());
        Path file = folder.resolve("r.html");
        assertEquals(0, shell.run("drill", "report", "42", "--to", file.toString(), "--authority", folder.resolve("ca.pem").toString()), shell.err);
        assertEquals(html, Files.readString(file));
        return file;
    }

    @Test
    void writesAReportAndSaysWhoSignedIt() throws Exception {
        CertificateAuthority authority = CaDoor.open(folder.resolve("home"), InstantSource.system());
        Path file = report(authority);
        String fingerprint = Identity.fingerprint(authority.certificate());
        assertEquals(0, shell.run("drill", "check", file.toString()), shell.err);
        assertTrue(shell.out.contains(fingerprint) && shell.out.contains("Azekura authority"), shell.out);
        assertEquals(0, shell.run("drill", "check", file.toString(), "--fingerprint", fingerprint), shell.err);
        assertEquals(4, shell.run("drill", "check", file.toString(), "--fingerprint", "0".repeat(64)));
        assertEquals(1, shell.run("drill", "report", "42", "--to", file.toString()), "it exists");
        assertEquals(2, shell.run("drill", "report", "42", "--since", "2026-01-01T00:00:00Z", "--to", folder.resolve("x").toString()));
        Files.delete(DrillCheck.signature(file));
        assertEquals(1, shell.run("drill", "check", file.toString()));
    }

    @Test
    void refusesAReportOrASignatureWithOneByteChanged() throws Exception {
        Path file = report(CaDoor.open(folder.resolve("home"), InstantSource.system()));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Path changed : new Path[] {file, DrillCheck.signature(file)}) {
            byte[] whole = Files.readAllBytes(changed);
            for (int i = 0; i < 60; i++) {
                byte[] flipped = whole.clone();
                int place = random.nextInt(flipped.length);
                flipped[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(changed, flipped);
                assertEquals(4, shell.run("drill", "check", file.toString()), changed + " byte " + place + " seed " + seed);
                assertTrue(shell.err.contains("r.html is refused: "), shell.err);
            }
            Files.write(changed, whole);
        }
        Files.writeString(file, "<p>another</p>\n");
        assertEquals(4, shell.run("drill", "check", file.toString()));
        assertTrue(shell.err.contains("something in it was changed") && !shell.err.contains("\tat "), shell.err);
    }

    @Test
    void showsHowMuchWasReadBack() {
        appliance.on("GET pools/main/coverage", 200, "[{\"day\":\"2026-11-27\",\"packs\":10,\"bytes\":4096,\"month\":3,\"year\":6,\"never\":4,\"unread\":\"2026-01-02T03:04:05Z\"}]");
        assertEquals(0, shell.run("verify", "--coverage", "--pool", "main"), shell.err);
        assertTrue(shell.out.contains("2026-11-27"), shell.out);
        assertEquals(2, shell.run("verify", "--coverage"));
        assertFalse(appliance.asked.contains("POST jobs"));
    }
}
