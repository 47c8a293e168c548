package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A second site keeps a copy of every pack; when the first one is gone, the second brings everything back alone. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class SecondSiteIT {

    @Test
    void theSecondSiteRestoresEverythingWhenTheFirstIsGone() throws Exception {
        Network.assumeAllowed();
        Workspace workspace = new Workspace(SecondSiteIT.class);
        Path key = workspace.path("recovery.txt");
        Path source = workspace.path("source");
        Network network = new Network();
        Site first = new Site(workspace, network);
        try (first) {
            first.node("a1");
            Site.Member nodeB = first.node("b1");
            first.client("web1");
            Path here = first.pool("here", "a1");
            Path there = first.pool("there", "b1");
            Tree.make(source, 9);
            String one = first.backup("web1", "here", source).get("snapshot").asText();
            Tree.bulk(source.resolve("second day"), 300, 30_000_000, 9);
            Network.Counted before = first.serverHost().counted();
            String two = first.backup("web1", "here", source).get("snapshot").asText();
            first.server().call("copy", "--to", "there", "--pool", "here").exits(0);
            assertEquals(packs(here), packs(there.resolve("copies/here")));
            System.out.println("a backup and its copy to the second site: " + first.serverHost().counted().since(before).both() + " bytes through the server");
            first.server().call("key", "export", "--pool", "here", "--to", key.toString()).exits(0);

            // fire: only the second site's media, the key's sheet and a bare host of it are left
            first.server().kill();
            first.member("a1").azekura().kill();
            first.member("web1").azekura().kill();
            nodeB.azekura().down();
            for (Path burnt : List.of(first.server().home, first.member("a1").azekura().home, here)) {
                Run.of(Duration.ofSeconds(60), "rm", "-rf", burnt.toString()).exits(0);
                assertFalse(Files.exists(burnt));
            }
            Azekura reborn = Azekura.on(nodeB.host(), workspace.path("reborn"), 0);
            try (reborn) {
                reborn.up();
                reborn.call("catalog", "rebuild", "--from", there.toString()).exits(0);
                reborn.call("key", "import", key.toString()).exits(0);
                JsonNode snapshots = reborn.json(0, "snapshot", "list");
                assertEquals(Set.of(one, two), new HashSet<>(snapshots.findValuesAsText("id")));
                Path back = workspace.path("back");
                // the client of the burnt site is gone: the second site's own host takes its data
                reborn.call("restore", two, "--client", client(reborn), "--to", back.toString()).exits(0);
                assertEquals(List.of(), Tree.diff(source, Azekura.at(back, source)));
            }
        }
    }

    /** The name of its own client. */
    private static String client(Azekura azekura) {
        for (JsonNode role : azekura.json(0, "status").get("roles")) {
            if (role.get("kind").asText().equals("client")) {
                return role.get("name").asText();
            }
        }
        throw new AssertionError("no client");
    }

    private static Set<String> packs(Path pool) throws Exception {
        Set<String> names = new HashSet<>();
        for (String path : Azekura.files(pool.resolve("packs")).keySet()) {
            names.add(Path.of(path).getFileName().toString());
        }
        return names;
    }
}
