package org.azekura.cli.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyOnTheLineTest extends OnTheLine {

    private static final String OPS = "{\"name\":\"ops\",\"kind\":\"mail\",\"enabled\":true,\"language\":\"ja\",\"settings\":{\"host\":\"mail\"},\"secrets\":[\"password\"],"
            + "\"match\":{\"code\":[\"pool.*\",\"!pool.key.*\"]},\"quiet\":\"22:00-07:00 UTC\",\"made\":\"2026-01-02T03:04:05Z\"}";

    @TempDir
    private Path dir;

    @Test
    void makesATarget() throws Exception {
        appliance.on("POST notifications/targets", 201, OPS);
        Path secrets = Files.writeString(dir.resolve("secrets"), "secret=a=b\n\nheader.X-Key=k\n");
        Path ca = Files.writeString(dir.resolve("ca.pem"), "PEM");
        assertEquals(0, shell.run("notify", "target", "create", "webhook", "hook", "--set", "url=https://h/a?b=c", "timeout=5", "--ca", ca.toString(), "--secrets", secrets.toString(), "--match",
                "code=pool.*", "code=!pool.x", "--language", "ja", "--quiet", "22:00-07:00 UTC"), shell.err);
        assertEquals("{\"name\":\"hook\",\"kind\":\"webhook\",\"settings\":{\"url\":\"https://h/a?b=c\",\"timeout\":\"5\",\"ca\":\"PEM\"},\"secrets\":{\"secret\":\"a=b\",\"header.X-Key\":\"k\"},"
                + "\"match\":{\"code\":[\"pool.*\",\"!pool.x\"]},\"language\":\"ja\",\"quiet\":\"22:00-07:00 UTC\"}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("azekura notify target test hook"), shell.out);
    }

    @Test
    void showsChangesTriesAndForgetsTargets() {
        appliance.on("GET notifications/targets", 200, "[" + OPS + "]");
        appliance.on("GET notifications/targets/ops", 200, OPS);
        appliance.on("POST notifications/targets/ops", 200, OPS);
        appliance.on("POST notifications/targets/ops/test", 200, "{\"answer\":\"250 OK\"}");
        appliance.on("DELETE notifications/targets/ops", 200, OPS);
        assertEquals(0, shell.run("notify", "target", "list"), shell.err);
        assertTrue(shell.out.contains("code=pool.* code=!pool.key.*"), shell.out);
        assertEquals(0, shell.run("notify", "target", "show", "ops"), shell.err);
        assertTrue(shell.out.contains("password") && shell.out.contains("set"), shell.out);
        assertEquals(0, shell.run("notify", "target", "change", "ops", "--match", "code=", "--disable"), shell.err);
        assertEquals("{\"match\":{\"code\":[]},\"enabled\":false}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("notify", "target", "test", "ops"), shell.err);
        assertEquals("ops has taken it: 250 OK\n", shell.out);
        assertEquals(0, shell.run("notify", "target", "delete", "ops"), shell.err);
        appliance.on("POST notifications/targets/ops/test", 503, "{\"status\":503,\"code\":\"notify.login\",\"detail\":\"the mail server m refuses the login\"}");
        assertEquals(1, shell.run("notify", "target", "test", "ops"));
        assertTrue(shell.err.contains("refuses the login"), shell.err);
    }

    @Test
    void showsWhatWaitsAndWhatNeedsALook() {
        String row = "{\"id\":5,\"target\":\"ops\",\"made\":\"2026-01-02T03:04:05Z\",\"subject\":\"backup 7 failed\",\"state\":\"lost\",\"attempts\":3,\"due\":null,\"problem\":\"nobody answers\"}";
        appliance.on("GET notifications/outbox?target=ops", 200, "[" + row + "]");
        appliance.on("POST notifications/outbox/5/retry", 200, row);
        appliance.on("DELETE notifications/outbox/5", 200, row);
        appliance.on("GET alerts", 200, "[{\"code\":\"pool.key.missing\",\"severity\":\"error\",\"since\":\"2026-01-02T03:04:05Z\",\"text\":\"no key\"}]");
        assertEquals(0, shell.run("notify", "outbox", "--target", "ops"), shell.err);
        assertTrue(shell.out.contains("backup 7 failed") && shell.out.contains("nobody answers"), shell.out);
        assertEquals(0, shell.run("notify", "outbox", "--retry", "5"), shell.err);
        assertEquals(0, shell.run("notify", "outbox", "--drop", "5", "--json"), shell.err);
        assertEquals(0, shell.run("notify", "alerts"), shell.err);
        assertTrue(shell.out.contains("pool.key.missing"), shell.out);
    }

    @Test
    void namesWrongUsageInOneLineAndNoSecret() throws Exception {
        Path secrets = Files.writeString(dir.resolve("secrets"), "hidden word\n");
        for (String wrong : List.of("notify", "notify target", "notify target create mail", "notify target create mail x --set host", "notify target change x", "notify outbox --retry 1 --drop 1",
                "notify target create mail x --secrets " + secrets, "notify target create mail x --ca /nowhere/x")) {
            assertEquals(2, shell.run(wrong.split(" ")), wrong);
            assertEquals(1, shell.errLines().size(), shell.err);
            assertFalse(shell.err.contains("hidden"), shell.err);
        }
    }
}
