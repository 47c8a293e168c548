package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 17 for a pack: one byte of a region is flipped. */
@ExtendWith(Shared.class)
class DamageIT {

    @Test
    void aFlippedByteIsNamedAndCostsExactlyTheFilesItHits(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(DamageIT.class)) {
            Path source = workspace.path("source");
            Tree.bulk(source, 400, 60_000_000, 17);
            Path pool = workspace.path("pool");
            azekura.call("pool", "create", "damaged", "--driver", "disk", "--set", "path=" + pool).exits(0);
            String snapshot = azekura.backup(source, "--pool", "damaged");
            JsonNode clean = azekura.json(0, "verify", "--pool", "damaged");
            assertTrue(clean.get("damaged").isEmpty() && clean.get("packs").asInt() >= 2, clean::toString);
            assertEquals(clean, azekura.json(0, "verify", "--pool", "damaged", "--depth", "content"));
            assertEquals(clean, azekura.json(0, "verify", "--snapshot", snapshot, "--depth", "content"));

            // The largest packs hold the data; names are "packs/XX/ID".
            Path pack = pool.resolve(Azekura.files(pool.resolve("packs")).entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .map(entry -> "packs/" + entry.getKey()).orElseThrow());
            long size = pack.toFile().length();
            for (var region : new TreeMap<>(Map.of("header", 5L, "frames", size / 2, "index", size - 150, "trailer", size - 3)).entrySet()) {
                flip(pack, region.getValue());
                check(azekura, snapshot, source, pack, workspace.path("target " + region.getKey()), region.getKey());
                flip(pack, region.getValue());
            }
            azekura.json(0, "verify", "--pool", "damaged");
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("mended"))));
        }
    }

    private static void check(Azekura azekura, String snapshot, Path source, Path pack, Path target, String region) {
        JsonNode damaged = azekura.json(1, "verify", "--pool", "damaged").get("damaged");
        assertEquals(1, damaged.size(), () -> region + ": " + damaged);
        assertEquals(pack.getFileName().toString(), damaged.get(0).get("pack").asText(), region);
        Set<String> files = new TreeSet<>();
        damaged.get(0).get("files").forEach(file -> files.add(Names.percent(file.asText()).replace(snapshot + ":" + source + "/", "")));

        boolean hit = region.equals("frames");
        JsonNode answer = azekura.json(hit ? 3 : 0, "restore", snapshot, "--to", target.toString());
        Set<String> named = Names.problems(answer.get("notRestored"), source);
        assertEquals(Names.differing(Tree.diff(source, Azekura.at(target, source))), named, region);
        if (hit) {
            assertTrue(!named.isEmpty() && named.size() < 40, named::toString);
            assertEquals(named, files, region);
            JsonNode drill = azekura.json(1, "drill", "run", snapshot, "--whole", "--path-encoding", "percent");
            assertEquals("failed", drill.get("outcome").asText());
            assertEquals(named, Names.problems(drill.get("differing"), source), drill::toString);
            assertEquals("[\"" + snapshot + "\"]", damaged.get(0).get("snapshots").toString());
        } else if (!region.equals("header")) {
            // What no chunk lies in costs no file; without its header, though, the medium alone could not tell whose chunks these are.
            assertEquals(Set.of(), files, region);
        }
    }

    private static void flip(Path file, long offset) throws Exception {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int value = bytes.read();
            bytes.seek(offset);
            bytes.write(value ^ 0x10);
        }
    }
}
