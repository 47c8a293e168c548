package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpOptionsTest {

    @Test
    void isEverythingOnLoopbackByDefault() throws StartFailure {
        assertEquals(new UpOptions(Path.of("/srv/azekura"), "127.0.0.1", 8443, Set.of(Role.SERVER, Role.NODE, Role.CLIENT), false),
                UpOptions.parse("--home", "/srv/azekura"));
    }

    @Test
    void takesWhatIsGiven() throws StartFailure {
        assertEquals(new UpOptions(Path.of("/a b"), "::1", 0, Set.of(Role.CLIENT, Role.NODE), true),
                UpOptions.parse("--home=/a b", "--host", "::1", "--port=0", "--role", "node,client", "--json"));
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
