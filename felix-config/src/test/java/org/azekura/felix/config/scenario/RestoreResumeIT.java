package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Scenario 13: a restore is killed with the whole appliance and goes on by itself as the same job. */
class RestoreResumeIT {

    private static final int FILES = 400;
    private static final int FILE_BYTES = 1 << 20;
    private static final Pattern GOES_ON = Pattern.compile("goes on with attempt 2: (\\d+) files, \\d+ bytes are restored already");

    @Test
    void aRestoreThatIsKilledGoesOnBehindWhatIsDone() throws Exception {
        try (var workspace = new Workspace(RestoreResumeIT.class); var azekura = Azekura.in(workspace.path("home")).asShipped().up()) {
            Path source = workspace.path("source");
            fill(source);
            String snapshot = azekura.backup(source);
            // Killed along with the first restore.
            String drill = new ObjectMapper().readTree(Rest.post(azekura, "jobs", Map.of("kind", "drill", "snapshot", snapshot, "sample", "whole")).body()).get("id").asText();
            int before = 0;
            // Where a kill comes before anything is known to be durable, everything is restored again: that proves too little.
            for (int round = 1; before == 0 && round <= 4; round++) {
                before = killedOnce(azekura, workspace.path("target" + round), source, snapshot);
            }
            assertTrue(before >= 60, before + " files were done");
            azekura.call("job", "watch", drill).exits(0);
            String log = azekura.call("job", "log", drill).exits(0).out();
            assertTrue(log.contains("proven: " + FILES + " files"), log);
            assertEquals(List.of(), List.of(azekura.home.resolve("client/scratch").toFile().list()), "nothing stays of either attempt");
        }
    }

    private static void fill(Path source) throws Exception {
        Files.createDirectories(source);
        Random random = new Random(5);
        byte[] bytes = new byte[FILE_BYTES];
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(bytes);
            Files.write(source.resolve("file-%04d".formatted(i)), bytes);
        }
    }

    /** Answers how many files the second attempt left as they were. */
    private static int killedOnce(Azekura azekura, Path target, Path source, String snapshot) throws Exception {
        Path landed = Azekura.at(target, source);
        Files.createDirectories(landed);
        Process command = azekura.begin("restore", snapshot, "--to", target.toString());
        Map<Path, Object> inodes = killBehind(azekura, landed, FILES * 3 / 4);
        Path changed = Files.writeString(landed.resolve("file-0000"), "changed by a user");
        azekura.up();
        JsonNode job = azekura.json(0, "job", "list");
        String id = job.get(job.size() - 1).get("id").asText();
        Run.await(command, Duration.ofSeconds(120), azekura.command("restore", snapshot));
        // Where a start took longer than a minute, the command has given up, and the job runs on.
        Run watched = azekura.call("job", "watch", id);
        String log = azekura.call("job", "log", id).exits(0).out();
        Matcher goesOn = GOES_ON.matcher(log);
        if (!goesOn.find()) {
            // Then the file that the user changed is one that was there before: it is kept, which is a warning.
            return 0;
        }
        watched.exits(0);
        JsonNode ended = azekura.json(0, "job", "show", id);
        assertEquals("restore done " + FILES, ended.get("kind").asText() + " " + ended.get("state").asText() + " " + ended.get("files").asInt(), log);
        assertEquals("changed by a user", Files.readString(changed));
        int done = Integer.parseInt(goesOn.group(1));
        int kept = 0;
        for (Map.Entry<Path, Object> file : inodes.entrySet()) {
            kept += file.getValue().equals(Files.getAttribute(file.getKey(), "unix:ino")) ? 1 : 0;
        }
        assertTrue(kept >= done, kept + " of " + done + " files stayed:\n" + log);
        // Makes another inode of it, so only now.
        Files.copy(source.resolve("file-0000"), changed, java.nio.file.StandardCopyOption.REPLACE_EXISTING, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        assertEquals(List.of(), Tree.diff(source, landed).stream().filter(line -> line.contains("file-")).toList());
        assertEquals(FILES, Azekura.files(landed).size(), "nothing else is left");
        return done;
    }

    /** Kills the appliance when so many files have their place; answers those that had. */
    private static Map<Path, Object> killBehind(Azekura azekura, Path landed, int files) throws Exception {
        try (var watch = landed.getFileSystem().newWatchService()) {
            landed.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            int placed = 0;
            while (placed < files) {
                WatchKey key = watch.poll(120, TimeUnit.SECONDS);
                assertNotNull(key, "the restore stands still");
                key.pollEvents();
                key.reset();
                try (var names = Files.list(landed)) {
                    placed = (int) names.filter(name -> !name.getFileName().toString().startsWith(".")).count();
                }
            }
            azekura.kill();
        }
        Map<Path, Object> inodes = new HashMap<>();
        for (Path file : (Iterable<Path>) Azekura.files(landed).keySet().stream().map(landed::resolve)::iterator) {
            if (!file.getFileName().toString().startsWith(".")) {
                inodes.put(file, Files.getAttribute(file, "unix:ino"));
            }
        }
        return inodes;
    }
}
