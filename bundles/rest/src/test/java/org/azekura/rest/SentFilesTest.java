package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.cli.Azekura;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Terminal;
import org.azekura.rest.https.Doors;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that the command line itself sends: by the network, and through the door of the home. */
@Timeout(300)
class SentFilesTest {

    private static final long LARGE = 64 << 20;
    /** Of each command: what greets, and a head. */
    private static final long LITTLE = 16 << 10;

    @TempDir
    Path home;
    @AutoClose
    private final RestServer server = RestServer.start();
    private Doors doors;
    private TcpProxy between;
    private String err;

    @BeforeEach
    void start() throws Exception {
        doors = server.open(home);
        between = TcpProxy.to(new InetSocketAddress("127.0.0.1", doors.url().getPort()));
    }

    @AfterEach
    void stop() throws Exception {
        between.close();
    }

    private int run(String... arguments) {
        var errors = new ByteArrayOutputStream();
        var root = new Root(new Terminal(InputStream.nullInputStream(), new PrintStream(new ByteArrayOutputStream()), new PrintStream(errors, true, StandardCharsets.UTF_8), false),
                Map.of("AZEKURA_HOME", home.toString()), new Patience(Duration.ZERO, Duration.ofSeconds(5)));
        int exit = Azekura.run(root, arguments);
        err = errors.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private int runFar(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", "https://127.0.0.1:" + between.address().getPort(), "--fingerprint", doors.fingerprint()));
        return run(all.toArray(String[]::new));
    }

    private String large() throws IOException {
        Path file = home.resolve("large");
        try (var made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(LARGE);
        }
        return file.toString();
    }

    @Test
    void whoIsRefusedReadsWhyAndHasSentNothing() throws Exception {
        server.firmware.busy = true;
        server.catalog.taken = true;
        String[][] refused = {{"code firmware.busy", "firmware", "install", large(), "-v"}, {"code catalog.taken", "catalog", "import", large(), "-v"},
            {"code token.wrong", "driver", "install", large(), "-v", "--token", "wrong"}};
        for (String[] each : refused) {
            String[] command = List.of(each).subList(1, each.length).toArray(String[]::new);
            long before = between.bytes(Direction.FORWARD);
            assertTrue(runFar(command) > 0 && err.contains(each[0]), err);
            long sent = between.bytes(Direction.FORWARD) - before;
            assertTrue(sent > 0 && sent < LITTLE, sent + " bytes were sent: " + err);
            assertTrue(run(command) > 0 && err.contains(each[0]), err);
        }
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void whatIsWantedArrivesWhole() throws Exception {
        StringBuilder content = new StringBuilder();
        while (content.length() < 20 << 20) {
            content.append("line ").append(content.length()).append('\n');
        }
        Path file = Files.writeString(home.resolve("mine"), content.append("my catalog"));
        assertEquals(0, runFar("catalog", "import", file.toString()), () -> err);
        assertTrue(server.catalog.admitted.equals("mine: " + content), "it came otherwise");
        assertTrue(between.bytes(Direction.FORWARD) > content.length());
        server.catalog.admitted = null;
        assertEquals(0, run("catalog", "import", file.toString()), () -> err);
        assertTrue(server.catalog.admitted.equals("mine: " + content), "it came otherwise");
    }
}
