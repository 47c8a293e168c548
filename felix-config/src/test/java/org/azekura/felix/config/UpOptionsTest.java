package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpOptionsTest {

    @Test
    void leavesToTheHomeWhatIsNotGiven() throws StartFailure {
        assertEquals(new UpOptions(Path.of("/srv/azekura"), Optional.empty(), 8443, OptionalInt.empty(), Set.of(), false, false, Optional.empty(), false),
                UpOptions.parse("--home", "/srv/azekura"));
    }

    @Test
    void takesWhatIsGiven() throws StartFailure {
        assertEquals(new UpOptions(Path.of("/a b"), Optional.of("::1"), 0, OptionalInt.of(9000), Set.of(Role.CLIENT, Role.NODE), true, true, Optional.of(Path.of("/run/x/first")), true),
                UpOptions.parse("--home=/a b", "--host", "::1", "--port=0", "--transport-port", "9000", "--role", "node,client", "--await-server", "--adopt-catalog",
                        "--first-login", "/run/x/first", "--json"));
    }

    @Test
    void makesTheHomeAbsolute() throws StartFailure {
        assertTrue(UpOptions.parse("--home", "x/../y").home().endsWith(Path.of("y")));
        assertTrue(UpOptions.parse("--home", "x/../y").home().isAbsolute());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--home=                 | --home takes a directory",
        "--port 70000            | --port is 0",
        "--port -1               | --port is 0",
        "--transport-port 65536  | --transport-port is 0",
        "--port x                | 'x'",
        "--role server,tape      | \"tape\"",
        "--role SERVER           | \"SERVER\"",
        "--colour blue           | --colour",
        "--host                  | --host",
        "there                   | there"})
    void refusesInOneLine(String arguments, String part) {
        var refused = assertThrows(StartFailure.class, () -> UpOptions.parse(
                (arguments.startsWith("--home") ? arguments : "--home /h " + arguments).split(" ")));
        assertEquals(2, refused.exitCode());
        assertEquals(1, refused.getMessage().lines().count());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
