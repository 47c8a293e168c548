package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.testkit.sftp.Sshd;
import org.junit.jupiter.api.Test;

/** The home is lost; a folder of an SFTP server and the recovery file are left. */
class SftpIT {

    private static final String POOL = "box";

    @Test
    void theFolderOfAServerBringsEverythingBack() throws Exception {
        try (var workspace = new Workspace(SftpIT.class); var server = new Sshd(workspace.directory("ssh"), "internal-sftp")) {
            Path folder = workspace.directory("folder");
            Path source = workspace.path("source");
            Path key = workspace.path("recovery.txt");
            Tree.make(source, 23);
            String snapshot;
            try (var lost = Azekura.up(workspace.path("home"))) {
                lost.call(with(server, folder, "pool", "create", POOL)).exits(0);
                lost.json(0, "save-set", "create", "docs", "--include", source.toString());
                lost.json(0, "policy", "create", "nightly", "--save-set", "docs", "--pool", POOL);
                snapshot = lost.backup(source, "--pool", POOL);
                lost.call("key", "export", "--pool", POOL, "--to", key.toString()).exits(0);
                lost.call("catalog", "backup", "--now").exits(0);
            }
            reborn(workspace.path("new home"), workspace.path("restored"), server, folder, key, source, snapshot);
        }
    }

    /** Credentials are on no medium: the server is added by hand. */
    private static void reborn(Path home, Path restored, Sshd server, Path folder, Path key, Path source, String snapshot) throws Exception {
        try (var azekura = Azekura.up(home)) {
            azekura.call(with(server, folder, "device", "add", POOL)).exits(0);
            assertEquals(1, azekura.json(0, "catalog", "rebuild", "--from", "device:" + POOL).get("snapshots").asInt());
            azekura.call("key", "import", key.toString()).exits(0);
            assertEquals(snapshot, azekura.json(0, "snapshot", "list").get(0).get("id").asText());
            assertEquals(source.toString(), azekura.json(0, "save-set", "show", "docs").get("paths").get(0).asText());
            assertEquals("docs", azekura.json(0, "policy", "show", "nightly").get("saveSets").get(0).get("name").asText());
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, restored)));
            // It is the same pool: a backup finds that it has all.
            azekura.json(0, "verify", "--pool", POOL);
            azekura.backup(source, "--pool", POOL);
        }
    }

    private static String[] with(Sshd server, Path folder, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--driver", "sftp"));
        for (String setting : List.of("host=127.0.0.1", "port=" + server.port(), "user=" + server.user(), "path=" + folder, "hostKey=" + server.fingerprint(), "privateKey=" + server.key())) {
            all.addAll(List.of("--set", setting));
        }
        return all.toArray(String[]::new);
    }
}
