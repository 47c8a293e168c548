package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.azekura.testkit.Seeds;

/**
 * Somebody destroys what lies in the pool {@code default}, of which another has copies, while backups go into it: bits, files, the folder as a whole. Each restore is
 * exact all the same, the next verify puts all of it right, and nobody is asked anything. A pack of which
 * no copy has the like is told once: what was lost in it came in other packs.
 *
 * @param id of a snapshot that has a copy
 */
record Destruction(Azekura azekura, Path source, String id, Workspace workspace) {

    private enum How { SPOILED, DELETED, REMOVED }

    void run() throws Exception {
        Random random = Seeds.random(Seeds.start());
        List<How> all = new ArrayList<>(List.of(How.values()));
        Collections.shuffle(all, random);
        for (How how : all) {
            String backup = begun();
            destroy(how, random);
            if (how == How.DELETED) {
                downloads();
            }
            Path target = workspace.path("from both, " + how);
            JsonNode restored = azekura.json(0, "restore", id, "--to", target.toString());
            assertEquals(List.of(), Tree.diff(source, Azekura.at(target, source)), how::name);
            assertEquals(0, restored.get("notRestored").size(), restored::toString);
            azekura.call("job", "watch", backup).exits(0);
            awaitRest();
            Run verified = azekura.call("verify", "--pool", "default", "--json");
            assertTrue(verified.exit() == 0 || verified.exit() == 3, verified::toString); // the restore has ordered the same
        }
        awaitRest();
        JsonNode clean = azekura.json(0, "verify", "--pool", "default");
        assertTrue(clean.get("damaged").isEmpty(), clean::toString);
        assertTrue(clean.get("packs").asInt() > 0, clean::toString);
        assertTrue(Files.exists(pool().resolve("azekura-label")) && !Azekura.files(pool().resolve("snapshots")).isEmpty(), "the volume was not made anew");
    }

    /** Until what was ordered behind restores has ended: a verify beside it would tell of the same packs. */
    private void awaitRest() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5); !azekura.json(0, "job", "list", "--running").isEmpty();) {
            assertTrue(System.nanoTime() < end, "jobs do not end");
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Of one that has no pack left where it is read. */
    private void downloads() throws Exception {
        Path file;
        try (Stream<Path> files = Files.list(source.resolve("contents"))) {
            file = files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && path.getFileName().toString().matches("[a-z0-9.-]+") && path.toFile().length() > 0).sorted()
                    .findFirst().orElseThrow();
        }
        HttpResponse<String> made = Rest.post(azekura, "downloads", Map.of("snapshot", id, "paths", List.of(file.toString())));
        assertEquals(201, made.statusCode(), made::body);
        String token = Files.readString(azekura.home.resolve("token")).strip();
        HttpResponse<String> read = Rest.browse(azekura, "GET", "downloads/" + new ObjectMapper().readTree(made.body()).get("download").asText(), "", "Authorization", "Bearer " + token);
        assertEquals(200, read.statusCode(), read::body);
        assertEquals(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), read.body(), file::toString);
    }

    private Path pool() {
        return azekura.home.resolve("pools/default");
    }

    private String begun() throws Exception {
        HttpResponse<String> backup = Rest.post(azekura, "jobs", Map.of("kind", "backup", "saveSet", "load", "paths", List.of(source.toString())));
        assertEquals(202, backup.statusCode(), backup::body);
        return new ObjectMapper().readTree(backup.body()).get("id").asText();
    }

    private void destroy(How how, Random random) throws Exception {
        List<String> packs = List.copyOf(Azekura.files(pool().resolve("packs")).keySet());
        switch (how) {
            case REMOVED -> Files.move(pool(), workspace.path("removed"));
            case DELETED -> packs.forEach(pack -> pool().resolve("packs").resolve(pack).toFile().delete());
            case SPOILED -> {
                Path pack = pool().resolve("packs").resolve(packs.get(random.nextInt(packs.size())));
                byte[] bytes = Files.readAllBytes(pack);
                bytes[random.nextInt(bytes.length)] ^= 1;
                Files.write(pack, bytes);
            }
        }
    }
}
