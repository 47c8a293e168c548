package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** This host's client collects what belongs to another that runs nothing; hooks and a policy around it. */
@ExtendWith(Shared.class)
class SaveSetIT {

    private static String thisHost(Azekura azekura) {
        for (JsonNode client : azekura.json(0, "client", "list")) {
            if (client.path("connected").asBoolean()) {
                return client.path("name").asText();
            }
        }
        throw new AssertionError("no client is connected");
    }

    @Test
    void whatIsCollectedForAnotherIsTheirsAndRestoresHere(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(SaveSetIT.class)) {
            String host = thisHost(azekura);
            Path mount = workspace.directory("mnt");
            Files.writeString(mount.resolve("keep"), "kept");
            Files.writeString(mount.resolve("drop.tmp"), "dropped");
            Hooks.install(azekura, "mount-app", "echo mounted > " + mount + "/state; echo $AZEKURA_CLIENT is mounted");
            Hooks.install(azekura, "umount-app", "rm " + mount + "/state; echo $AZEKURA_RESULT");
            Hooks.install(azekura, "dump-app", "echo select 1");
            azekura.json(0, "save-set", "create", "files", "--client", "app", "--via", host, "--include", mount.toString(), "--exclude", "*.tmp",
                    "--pre", "mount-app", "--post", "umount-app");
            azekura.json(0, "save-set", "create", "db", "--client", "app", "--via", host, "--dump", "dump-app");
            azekura.json(0, "policy", "create", "app-daily", "--save-set", "app/files", "app/db", "--pool", "default");

            JsonNode run = azekura.json(0, "policy", "run", "app-daily");
            assertEquals(List.of("done", "done"), run.path("jobs").findValuesAsText("state"), run::toString);
            JsonNode snapshots = azekura.json(0, "snapshot", "list", "--client", "app");
            assertEquals(2, snapshots.size(), snapshots::toString);
            // both ran at once: either may have come first
            String files = snapshots.get(snapshots.get(0).path("saveSet").asText().equals("files") ? 0 : 1).path("id").asText();
            JsonNode job = azekura.json(0, "job", "show", run.path("jobs").get(0).path("job").asText());
            assertEquals("app via " + host, job.path("client").asText() + " via " + job.path("via").asText());
            Run log = azekura.call("job", "log", job.path("id").asText()).exits(0);
            assertTrue(log.out().contains("app is mounted") && log.out().contains("hook umount-app (post) is done"), log::toString);

            Path target = workspace.path("target");
            JsonNode restored = azekura.json(0, "restore", files, "--to", target.toString(), "--client", host);
            assertEquals("kept mounted\n", Files.readString(Azekura.at(target, mount.resolve("keep"))) + " " + Files.readString(Azekura.at(target, mount.resolve("state"))));
            assertFalse(Files.exists(Azekura.at(target, mount.resolve("drop.tmp"))));
            JsonNode order = azekura.json(0, "job", "show", restored.path("job").asText());
            assertEquals("app to " + host, order.path("from").asText() + " to " + order.path("client").asText());
            azekura.call("restore", files, "--to", target.toString()).exits(1);

            Hooks.install(azekura, "umount-app", "exit 1");
            assertEquals(3, azekura.call("backup", "--name", "files", "--client", "app").exit());
            Hooks.install(azekura, "mount-app", "exit 1");
            assertEquals(1, azekura.call("backup", "--name", "files", "--client", "app").exit());
            azekura.call("save-set", "delete", "files", "--client", "app").exits(1);
            azekura.json(0, "policy", "delete", "app-daily");
            azekura.json(0, "save-set", "delete", "files", "--client", "app");
            azekura.json(0, "save-set", "delete", "app/db");
        }
    }
}
