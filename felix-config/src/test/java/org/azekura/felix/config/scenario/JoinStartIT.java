package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.felix.config.Certified;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the script does behind {@code join}: it starts the role. The enrolment itself is played: a Java that does nothing for the command line. */
@Timeout(300)
class JoinStartIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Path SCRIPT = Path.of("../azekura").toAbsolutePath().normalize();

    private Workspace workspace;
    private Path home;
    private Path java;

    @BeforeEach
    void enrolWithoutAServer() throws Exception {
        workspace = new Workspace(JoinStartIT.class);
        home = workspace.path("home");
        Certified.as("tls:127.0.0.1:1/server", "client/web1", "node/web1").save(home);
        java = workspace.directory("java");
        Path real = Path.of(System.getProperty("java.home"));
        Files.copy(real.resolve("release"), java.resolve("release"));
        Path program = Files.createDirectory(java.resolve("bin")).resolve("java");
        Files.writeString(program, """
                #!/bin/sh
                case $* in
                    *org.azekura.cli.jar*refused*) echo "azekura: join: this code is spent" >&2; exit 4 ;;
                    *org.azekura.cli.jar*) echo "joined $*" | sed 's/ .* join / /'; exit 0 ;;
                esac
                exec %s/bin/java "$@"
                """.formatted(real));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clean() throws Exception {
        script("down");
        workspace.close();
    }

    private Run script(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", home.toString()));
        return Run.of(LIMIT, workspace.directory("working"), Map.of("JAVA_HOME", java.toString(), "AZEKURA_JAVA_OPTS", Azekura.SHORT_LIVED), command);
    }

    private String pid() throws Exception {
        return Files.readString(home.resolve("lock")).strip();
    }

    @Test
    void joinIsEnoughAndAnUpBehindItTakesItsPlace() throws Exception {
        assertEquals(List.of("joined --home " + home + " https://backup:8443 CODE", "ready"), script("join", "https://backup:8443", "CODE").exits(0).outLines());
        String joined = pid();
        assertEquals("ready\n", script("up", "--detach", "--role", "client").exits(0).out());
        String byHand = pid();
        assertNotEquals(joined, byHand);
        String line = script("up", "--detach", "--role", "client").exits(1).oneErrorLine();
        assertTrue(line.contains("in use by process " + byHand), line);
        assertEquals(byHand, pid());
    }

    @Test
    void aNodeIsStartedAsItIsTold() throws Exception {
        List<String> out = script("join", "https://backup:8443", "CODE", "--role=node", "--host", "127.0.0.1", "--transport-port", "0").exits(0).outLines();
        assertEquals(List.of("joined --home " + home + " https://backup:8443 CODE --role=node", "ready"), out);
        assertTrue(Files.exists(home.resolve("config/transport.port")));
        // it becomes a client as well: both run
        script("join", "https://backup:8443", "CODE").exits(0);
        assertEquals("node,client\n", Files.readString(home.resolve("run/joined-as")));
    }

    @Test
    void nothingStartsWhereItShallNotOrWhereTheCodeIsRefused() throws Exception {
        script("join", "https://backup:8443", "CODE", "--no-start").exits(0);
        assertEquals("azekura: join: this code is spent", script("join", "https://backup:8443", "refused").exits(4).oneErrorLine());
        assertFalse(Files.exists(home.resolve("lock")));
    }

    @Test
    void aRoleThatCannotStartIsAWarningForTheHostHasJoined() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Run run = script("join", "https://backup:8443", "CODE", "--role", "node", "--transport-port", Integer.toString(taken.getLocalPort())).exits(3);
            assertEquals(1, run.errLines().size(), run::toString);
            assertTrue(run.err().startsWith("azekura: join: this host has joined, but the role node does not run: can't listen on 0.0.0.0 port "), run::toString);
        }
    }
}
