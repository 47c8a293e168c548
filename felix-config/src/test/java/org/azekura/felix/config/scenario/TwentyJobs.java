package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Fifteen backups of a folder each and five restores, ordered at once: something that they all need is killed among them. */
final class TwentyJobs {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int BACKUPS = 15;
    private static final int RESTORES = 5;
    private static final int FILES = 3;
    private static final int BYTES = 400_000;
    private static final Set<String> ENDED = Set.of("done", "warned", "failed", "cancelled");

    private final Path folder;
    private final String client;
    private Azekura azekura;
    private final List<String> jobs = new ArrayList<>();

    private TwentyJobs(Azekura azekura, Path folder) {
        this.azekura = azekura;
        this.folder = folder;
        this.client = azekura.json(0, "client", "list").valueStream().filter(row -> row.get("role").asText().equals("client")).findFirst().orElseThrow().get("name").asText();
    }

    /**
     * They go at 1 MiB a second until {@link #hurry}.
     *
     * @param folder   new; what they save and bring back lies in it
     * @param snapshot what is restored
     */
    static TwentyJobs begin(Azekura azekura, Path folder, String pool, String snapshot) throws Exception {
        TwentyJobs begun = new TwentyJobs(azekura, folder);
        Random random = new Random(20);
        for (int i = 0; i < BACKUPS; i++) {
            Files.createDirectories(begun.source(i));
            for (int file = 0; file < FILES; file++) {
                byte[] content = new byte[BYTES];
                random.nextBytes(content);
                Files.write(begun.source(i).resolve("file" + file), content);
            }
        }
        begun.limit("1MiB");
        for (int i = 0; i < BACKUPS; i++) {
            begun.order(Map.of("kind", "backup", "client", begun.client, "pool", pool, "saveSet", name(i), "paths", List.of(begun.source(i).toString())));
            if (i % (BACKUPS / RESTORES) == 0) {
                begun.order(Map.of("kind", "restore", "snapshot", snapshot, "paths", List.of(), "to", begun.restored(i / (BACKUPS / RESTORES)).toString()));
            }
        }
        return begun;
    }

    private static String name(int backup) {
        return "one-of-twenty-" + backup;
    }

    private Path source(int backup) {
        return folder.resolve("source" + backup);
    }

    private Path restored(int number) {
        return folder.resolve("restored" + number);
    }

    private void limit(String limit) {
        azekura.call("client", "limit", client, limit).exits(0);
    }

    private void order(Map<String, Object> order) throws Exception {
        HttpResponse<String> answer = Rest.post(azekura, "jobs", order);
        assertEquals(202, answer.statusCode(), answer::body);
        jobs.add(new ObjectMapper().readTree(answer.body()).get("id").asText());
    }

    private interface Look {
        boolean at(List<JsonNode> jobs);
    }

    private void await(String what, Look look) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); !look.at(rows()); Thread.sleep(50)) {
            assertTrue(System.nanoTime() < end, () -> what + ": " + jobs);
        }
    }

    private List<JsonNode> rows() throws Exception {
        return Rest.get(azekura, "jobs").valueStream().filter(row -> jobs.contains(row.get("id").asText())).toList();
    }

    /** Returns while some save, and most have not begun. */
    void awaitMiddle() throws Exception {
        await("nothing was saved", rows -> rows.stream().anyMatch(row -> row.get("kind").asText().equals("backup") && row.get("bytes").asLong() > 0));
        assertTrue(rows().stream().anyMatch(row -> row.get("state").asText().equals("queued")), "there is no middle any more");
    }

    /** Returns when one of them waits for what was killed. */
    void awaitParked() throws Exception {
        await("none waits", rows -> rows.stream().anyMatch(row -> row.get("state").asText().equals("parked")));
    }

    /** Another server of the same appliance is asked from here on. */
    void goOnWith(Azekura other) {
        azekura = other;
    }

    void hurry() {
        limit("none");
    }

    /** Each once, and restored as it was. */
    void assertAllEndWell(Path saved) throws Exception {
        await("they do not end", rows -> rows.stream().allMatch(row -> ENDED.contains(row.get("state").asText())));
        for (JsonNode row : rows()) {
            assertEquals("done", row.get("state").asText(), row::toString);
        }
        Set<String> sets = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        Map<String, String> snapshots = new HashMap<>();
        for (JsonNode snapshot : azekura.json(0, "snapshot", "list")) {
            String set = snapshot.get("saveSet").asText();
            if (!sets.add(set)) {
                twice.add(set);
            }
            snapshots.put(set, snapshot.get("id").asText());
        }
        assertEquals(Set.of(), twice);
        for (int i = 0; i < RESTORES; i++) {
            assertEquals(List.of(), Tree.diff(saved, Azekura.at(restored(i), saved)));
        }
        jobs.clear();
        for (int i = 0; i < BACKUPS; i++) {
            order(Map.of("kind", "restore", "snapshot", snapshots.get(name(i)), "paths", List.of(), "to", folder.resolve("back" + i).toString()));
        }
        await("restores do not end", rows -> rows.stream().allMatch(row -> ENDED.contains(row.get("state").asText())));
        for (int i = 0; i < BACKUPS; i++) {
            assertEquals(List.of(), Tree.diff(source(i), Azekura.at(folder.resolve("back" + i), source(i))));
        }
    }

    /** What lies in a pool and what is known of it are the same: all that is known is read, and there is no more of it. @param packs how many there are */
    void assertAllIsKnown(String pool, Counting packs) throws Exception {
        azekura.call("prune", "--pool", pool).exits(0);
        assertEquals(azekura.json(0, "verify", "--pool", pool).get("packs").asLong(), packs.count());
    }

    interface Counting {
        long count() throws Exception;
    }
}
