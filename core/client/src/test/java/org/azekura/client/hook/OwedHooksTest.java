package org.azekura.client.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.azekura.api.HookName;
import org.azekura.api.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwedHooksTest {

    private static final HookFacts FACTS = new HookFacts(new JobId(7), Map.of("AZEKURA_JOB", "7", "AZEKURA_TARGET", "/a = b # ü"));

    @TempDir
    Path dir;

    @Test
    void remembersWhatIsOwedUntilItIsSettled() throws Exception {
        Path folder = dir.resolve("owed");
        OwedHooks owed = new OwedHooks(folder);
        owed.owe(new HookName("thaw"), FACTS);
        owed.owe(new HookName("thaw-2"), FACTS);
        OwedHooks.Owed left = new OwedHooks(folder).left().getFirst();
        assertEquals(new HookName("thaw-2"), left.post());
        assertEquals(FACTS.environment(), left.environment());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        owed.settle(new JobId(7));
        owed.settle(new JobId(7));
        assertTrue(owed.left().isEmpty());
    }

    @Test
    void aFileThatMakesNoSenseIsRemovedAndNothingElseComesFromIt() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        OwedHooks owed = new OwedHooks(dir);
        byte[] sound = "post=thaw\nAZEKURA_JOB=7\nPATH=/evil\nLD_PRELOAD=/evil.so\nAZEKURA_X=\\u0000\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(dir.resolve("7"), sound);
        assertEquals(Map.of("AZEKURA_JOB", "7"), owed.left().getFirst().environment());
        int removed = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = sound.clone();
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(dir.resolve("7"), bytes);
            for (OwedHooks.Owed left : owed.left()) {
                left.environment().forEach((key, value) -> {
                    assertTrue(key.matches("AZEKURA_[A-Z_]+"), "seed " + seed + ": " + key);
                    assertFalse(value.contains("\0"), "seed " + seed);
                });
            }
            removed += Files.exists(file) ? 0 : 1;
        }
        assertTrue(removed > 100, "seed " + seed + ": only " + removed + " removed");
    }
}
