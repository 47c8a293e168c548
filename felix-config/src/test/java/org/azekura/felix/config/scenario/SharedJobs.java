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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Jobs that the server which leads has another one carry out, and what becomes of them when that one is killed. */
final class SharedJobs {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Set<String> ENDED = Set.of("done", "warned", "failed", "cancelled");
    /** More than one at a time, or all of them stay where the lead is. */
    private static final int AT_ONCE = 3;
    private static final int BYTES = 1_500_000;

    private final Azekura leader;
    private final Path folder;
    private final String client;
    private final String pool;
    private final Random random = new Random(5);
    private final List<String> jobs = new ArrayList<>();
    private final List<Path> sources = new ArrayList<>();
    private final List<Path> targets = new ArrayList<>();

    SharedJobs(Azekura leader, Path folder, String client, String pool) {
        this.leader = leader;
        this.folder = folder;
        this.client = client;
        this.pool = pool;
    }

    @FunctionalInterface
    private interface Ordering {
        String order() throws Exception;
    }

    /** Orders backups after others until one is under way at that server, which has just connected with the hosts. @return the job */
    String awaitOneAt(String server) throws Exception {
        return awaitOneAt(server, this::save);
    }

    /** The same with restores. */
    void awaitRestoreAt(String server, String snapshot) throws Exception {
        awaitOneAt(server, () -> {
            Path target = folder.resolve("restored" + targets.size());
            targets.add(target);
            return order(Map.of("kind", "restore", "snapshot", snapshot, "paths", List.of(), "to", target.toString()));
        });
    }

    private String awaitOneAt(String server, Ordering ordering) throws Exception {
        leader.call("client", "limit", client, "500KiB").exits(0);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                some.add(ordering.order());
            }
            do {
                for (JsonNode row : rows(leader, some)) {
                    String job = row.get("id").asText();
                    if (row.get("state").asText().equals("running") && row.get("bytes").asLong() > 0 && isAt(leader, job, server)) {
                        return job;
                    }
                }
                LockSupport.parkNanos(50_000_000);
            } while (System.nanoTime() < end && rows(leader, some).stream().anyMatch(row -> !ENDED.contains(row.get("state").asText())));
        }
        throw new AssertionError("no job is carried out by " + server);
    }

    private static boolean isAt(Azekura asked, String job, String server) throws Exception {
        return log(asked, job).contains("server " + server + " carries it out");
    }

    private static List<String> log(Azekura asked, String job) throws Exception {
        return Rest.get(asked, "jobs/" + job + "/log").findValuesAsText("text");
    }

    private String save() throws Exception {
        Path source = Files.createDirectories(folder.resolve("shared" + sources.size()));
        byte[] content = new byte[BYTES];
        random.nextBytes(content);
        Files.write(source.resolve("file"), content);
        sources.add(source);
        return order(Map.of("kind", "backup", "client", client, "pool", pool, "saveSet", "shared-" + sources.size(), "paths", List.of(source.toString())));
    }

    private String order(Map<String, Object> order) throws Exception {
        HttpResponse<String> answer = Rest.post(leader, "jobs", order);
        assertEquals(202, answer.statusCode(), answer::body);
        String job = new ObjectMapper().readTree(answer.body()).get("id").asText();
        jobs.add(job);
        return job;
    }

    private static List<JsonNode> rows(Azekura asked, List<String> wanted) throws Exception {
        return Rest.get(asked, "jobs").valueStream().filter(row -> wanted.contains(row.get("id").asText())).toList();
    }

    private void await(Azekura asked) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); !rows(asked, jobs).stream().allMatch(row -> ENDED.contains(row.get("state").asText())); LockSupport.parkNanos(50_000_000)) {
            assertTrue(System.nanoTime() < end, () -> "they do not end: " + jobs);
        }
        for (JsonNode row : rows(asked, jobs)) {
            assertEquals("done", row.get("state").asText(), row::toString);
        }
    }

    /** Each once. @param lost was carried out by a server that was killed then */
    void assertAllEndWell(String lost) throws Exception {
        leader.call("client", "limit", client, "none").exits(0);
        await(leader);
        List<String> log = log(leader, lost);
        assertTrue(log.stream().anyMatch(line -> line.startsWith("the server that carried it out is gone")), log::toString);
        List<String> sets = leader.json(0, "snapshot", "list").findValuesAsText("saveSet").stream().filter(set -> set.startsWith("shared-")).sorted().toList();
        assertEquals(jobs.size(), sets.size(), sets::toString);
        assertEquals(jobs.size(), sets.stream().distinct().count(), sets::toString);
    }

    /** Whichever server had them. @param asked leads now */
    void assertAllRestored(Azekura asked, Path saved) throws Exception {
        await(asked);
        for (Path target : targets) {
            assertEquals(List.of(), Tree.diff(saved, Azekura.at(target, saved)));
        }
    }
}
