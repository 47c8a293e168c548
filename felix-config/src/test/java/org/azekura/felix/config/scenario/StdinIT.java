package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream that a command pipes into a backup. */
@ExtendWith(Shared.class)
class StdinIT {

    private static final String[] BACKUP = {"backup", "--stdin", "db.sql", "--name", "piped"};
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LITTLE = 64 * 1024;

    /** Half of it random, half of it the same line again and again. */
    private static byte[] dump(long seed) {
        byte[] content = new byte[20_000_000];
        new Random(seed).nextBytes(content);
        byte[] line = "INSERT INTO houses VALUES (1, 'azekura');\n".getBytes(StandardCharsets.UTF_8);
        for (int i = content.length / 2; i < content.length; i++) {
            content[i] = line[i % line.length];
        }
        return content;
    }

    private static Run pipe(Azekura azekura, byte[] content) throws Exception {
        Process command = azekura.beginOpen(BACKUP);
        try (OutputStream in = command.getOutputStream()) {
            in.write(content);
        } catch (IOException e) {
            Run.await(command, LIMIT, azekura.command(BACKUP)).exits(0);
            throw e;
        }
        return Run.await(command, LIMIT, azekura.command(BACKUP)).exits(0);
    }

    @Test
    void aDumpThatIsPipedInRestoresAndItsRepetitionStoresNextToNothing(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(StdinIT.class)) {
            byte[] content = dump(1);
            String first = pipe(azekura, content).outLines().getLast();
            Path restored = azekura.restore(first, Path.of("/db.sql"), workspace.path("target"));
            assertEquals(-1, Arrays.mismatch(content, Files.readAllBytes(restored)));

            String second = pipe(azekura, content).outLines().getLast();
            JsonNode snapshot = azekura.json(0, "snapshot", "show", second);
            assertTrue(snapshot.get("stored").asLong() < LITTLE, snapshot::toString);
            assertEquals(content.length, snapshot.get("bytes").asLong());
        }
    }

    @Test
    void aCommandThatIsKilledInTheMiddleLeavesNoSnapshot(Azekura azekura) throws Exception {
        int jobs = azekura.json(0, "job", "list").size();
        List<String> snapshots = azekura.json(0, "snapshot", "list").findValuesAsText("id");
        Process command = azekura.beginOpen(BACKUP);
        try (OutputStream in = command.getOutputStream()) {
            in.write(dump(2));
            // more than pipe, sockets and buffers hold together: by now the job reads
            command.destroyForcibly();
            assertTrue(command.waitFor(20, TimeUnit.SECONDS));
        }
        JsonNode job = azekura.json(0, "job", "list").get(jobs);
        assertNotNull(job);
        String id = job.get("id").asText();
        azekura.call("job", "watch", id).exits(1);
        assertTrue(azekura.json(0, "job", "show", id).get("error").asText().contains("broke off"), job::toString);
        assertEquals(snapshots, azekura.json(0, "snapshot", "list").findValuesAsText("id"));
    }
}
