package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportPortTest {

    private static final long SEED = System.nanoTime();

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        System.out.println("seed " + SEED);
        file = folder.resolve("transport.port");
    }

    private TransportPort choose(String... arguments) throws StartFailure {
        String[] all = new String[arguments.length + 2];
        all[0] = "--home";
        all[1] = folder.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        var options = UpOptions.parse(all);
        return TransportPort.choose(options, Membership.of(options, Optional.empty(), List.of(), EnumSet.allOf(Role.class)), file, new Random(SEED));
    }

    private static ServerSocket taken() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void aClientListensForNobodyUnlessItIsTold() throws Exception {
        var options = UpOptions.parse("--home", folder.toString(), "--role", "client");
        var self = Membership.of(options, Optional.of(Certified.as("tls:a:1/server", "client/c")), List.of(), EnumSet.allOf(Role.class));
        var none = TransportPort.choose(options, self, file, new Random(SEED));
        none.remember();
        assertEquals(0, none.number());
        assertTrue(Files.notExists(file));
    }

    @Test
    void whatWasTakenIsRememberedByItsOwnerAlone() throws Exception {
        var first = choose("--port", "0");
        assertTrue(first.number() >= 10_240 && first.number() < 32_768, () -> "an outgoing connection may take " + first.number());
        first.remember();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(first, choose("--port", "0"));
        assertEquals(first, choose());
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void aGivenPortTakesTheRememberedOnesPlace() throws Exception {
        choose("--port", "0").remember();
        int other;
        try (ServerSocket socket = taken()) {
            other = socket.getLocalPort();
        }
        choose("--transport-port", Integer.toString(other)).remember();
        assertEquals(other, choose().number());
        assertNotEquals(0, choose("--transport-port", "0").number());
    }

    @Test
    void aTakenPortThatIsGivenOrRememberedFails() throws Exception {
        try (ServerSocket socket = taken()) {
            String port = Integer.toString(socket.getLocalPort());
            fails("can't listen on 127.0.0.1 port " + port, "--transport-port", port);
            Files.writeString(file, port + "\n");
            fails("hosts that joined look for this one there");
            fails("hosts that joined look for this one there", "--port", "0");
        }
    }

    @Test
    void theConsolesPortIsNotForOtherHosts() throws Exception {
        assertNotEquals(TransportPort.USUAL, choose("--port", "8444").number());
        fails("port 12345 is the one for other hosts", "--port", "12345", "--transport-port", "12345");
        Files.writeString(file, "12345\n");
        fails("port 12345 is the one for other hosts", "--port", "12345");
    }

    @Test
    void aSpoiltNoteIsNamed() throws Exception {
        for (String text : new String[] {"", "ready\n", "0\n", "-1\n", "70000\n"}) {
            Files.writeString(file, text);
            fails(file.toString());
        }
    }

    private void fails(String part, String... arguments) {
        var failure = assertThrows(StartFailure.class, () -> choose(arguments));
        assertEquals(1, failure.exitCode());
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
}
