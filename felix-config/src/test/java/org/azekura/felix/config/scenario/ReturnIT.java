package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.Test;

/** An appliance is lost; in the console of a new one a person brings it back, from the medium and the recovery file. What comes back is looked at in {@link RebuildIT}. */
class ReturnIT {

    private static final Path SCRIPTS = Path.of("../bundles/console/browser").toAbsolutePath().normalize();
    private static final String PASSPHRASE = "a sentence for years";

    @Test
    void inABrowserALostApplianceComesBack() throws Exception {
        Daemon.assume("a lost appliance in the console", "/usr/bin/chromium", "chromium");
        Daemon.assume("a lost appliance in the console", "/usr/share/fonts/opentype/noto", "fonts-noto-cjk");
        try (var workspace = new Workspace(ReturnIT.class)) {
            Path medium = workspace.path("medium");
            Path source = workspace.directory("source");
            Path file = Files.writeString(source.resolve("balance 2026.txt"), "what was saved");
            Path key = workspace.path("recovery.txt");
            Path other = workspace.path("other.txt");
            String snapshot;
            try (Azekura lost = Azekura.up(workspace.path("home"))) {
                lost.call("pool", "create", "vault", "--driver", "disk", "--set", "path=" + medium).exits(0);
                snapshot = lost.backup(source, "--pool", "vault");
                lost.json(0, "save-set", "create", "docs", "--include", source.toString());
                lost.json(0, "policy", "create", "nightly", "--save-set", "docs", "--pool", "vault");
                lost.json(0, "user", "create", "chief", "--role", "admin");
                lost.json(0, "catalog", "backup", "--now");
                Files.writeString(key, Rest.post(lost, "pools/vault/recovery", Map.of("passphrase", PASSPHRASE, "sheet", false)).body());
                Files.writeString(other, Rest.post(lost, "pools/default/recovery", Map.of("sheet", false)).body());
                lost.down();
                Files.move(lost.home, workspace.path("gone"));
            }
            try (Azekura azekura = Azekura.up(workspace.path("new home"))) {
                Run.of(Duration.ofMinutes(10), SCRIPTS, Map.of(), List.of("node", "returns.mjs", azekura.home.toString(), Path.of("target/screenshots").toAbsolutePath().toString(), medium.toString(),
                        key.toString(), PASSPHRASE, other.toString(), file.toString(), workspace.directory("restored").toString())).exits(0);
                assertEquals(List.of(snapshot), azekura.json(0, "snapshot", "list").findValuesAsText("id"));
                assertEquals("docs", azekura.json(0, "policy", "show", "nightly").get("saveSets").get(0).get("name").asText());
                assertEquals("[]", azekura.json(0, "catalog", "backup", "--now").get("left").toString());
                azekura.backup(source, "--pool", "vault");
            }
        }
    }
}
