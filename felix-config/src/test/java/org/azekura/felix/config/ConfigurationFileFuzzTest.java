package org.azekura.felix.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;

class ConfigurationFileFuzzTest {

    private static final Path PATH = Path.of("any.json");

    @Test
    void aFileIsTakenOrRefusedInOneLine() {
        List<byte[]> seeds = List.of(
                "// mine\n{ \"p\": { \"text\": \"x\", \"whole:Integer\": 5, \"many\": [ \"a\", \"b\" ] } }".getBytes(UTF_8),
                "{\"p\": {\"a:Double\": \"1.5\", \"b:Long[]\": [1, 2], \"c\": true},\n/* none */ \"q\": {}}".getBytes(UTF_8));
        Fuzzing.run(Target.of("configuration file", "refused", seeds, ConfigurationFileFuzzTest::read).allocating(4 << 20, 2000),
                Seeds.slow() ? 100_000 : 3000);
    }

    private static void read(byte[] input) throws BackupException {
        try {
            new ConfigurationFile(PATH, new String(input, UTF_8)).settings();
        } catch (StartFailure e) {
            assertEquals(StartFailure.WRONG_USAGE, e.exitCode());
            assertEquals(1, e.getMessage().lines().count());
            throw BackupException.operator("refused", PATH.toString(), "refused");
        }
    }
}
