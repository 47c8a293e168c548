package org.azekura.cli.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.Shell;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup --stdin}, with a fake of the client that takes the stream. */
@Timeout(300)
class StdinOnTheLineTest {

    private static final String ID = "0193b2c4d5e6000000000000000000aa";

    @TempDir
    Path home;
    private FakeAppliance appliance;
    private Shell shell;
    private ServerSocket client;
    private final CompletableFuture<String> token = new CompletableFuture<>();
    private final CompletableFuture<byte[]> brought = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance(home);
        appliance.on("GET status", 200, "{}");
        shell = new Shell(home);
        client = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Files.writeString(home.resolve("run/stdin"), client.getLocalPort() + "\n");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        appliance.stop();
    }

    private void answer(String line) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = client.accept(); DataInputStream in = new DataInputStream(socket.getInputStream())) {
                StringBuilder told = new StringBuilder();
                for (int b = in.read(); b != '\n'; b = in.read()) {
                    told.append((char) b);
                }
                token.complete(told.toString());
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (int length = in.readInt(); length != 0; length = in.readInt()) {
                    all.write(in.readNBytes(length));
                }
                brought.complete(all.toByteArray());
            } catch (IOException e) {
                brought.completeExceptionally(e);
            }
        });
    }

    private void done() {
        appliance.job("backup", "done", null, "{\"snapshot\":\"" + ID + "\",\"job\":1,\"files\":1,\"bytes\":10,\"stored\":5,\"warnings\":[]}");
    }

    @Test
    void bringsStandardInputAndOrdersItByItsNumber() throws Exception {
        byte[] content = new byte[300_001];
        new Random(1).nextBytes(content);
        done();
        answer("4711");
        shell.in = new ByteArrayInputStream(content);
        assertEquals(0, shell.run("backup", "--stdin", "db 100%.sql", "--pool", "off"), shell.err);
        assertEquals(ID, shell.out.lines().toList().getLast());
        assertEquals(FakeAppliance.TOKEN, token.get(120, TimeUnit.SECONDS));
        JsonNode order = appliance.bodies.getFirst();
        assertEquals("{\"name\":\"db 100%25.sql\",\"stream\":4711}", order.path("stdin").toString());
        assertTrue(order.path("paths").isMissingNode() && order.path("saveSet").asText().startsWith("db-100"), order.toString());
        assertEquals("off", order.path("pool").asText());
    }

    @Test
    void bringsAllAndTellsTheEnd() throws Exception {
        StdinStream whole = open(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        whole.begin();
        assertArrayEquals(new byte[] {1, 2, 3}, brought.get(120, TimeUnit.SECONDS));
    }

    @Test
    void tellsNoEndIfStandardInputBreaksOff() {
        StdinStream broken = open(new InputStream() {
            private int left = 3;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("broken on purpose");
                }
                return left;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        });
        broken.begin();
        ExecutionException e = assertThrows(ExecutionException.class, () -> brought.get(120, TimeUnit.SECONDS));
        assertTrue(e.getCause() instanceof EOFException, e.toString());
    }

    private StdinStream open(InputStream in) {
        answer("1");
        Root root = new Root(new Terminal(in, System.out, System.err, false), java.util.Map.of("AZEKURA_HOME", home.toString()), Patience.USUAL);
        return StdinStream.open(root);
    }

    @Test
    void saysWhyTheClientRefuses() {
        answer("the token is not that of this home");
        shell.in = InputStream.nullInputStream();
        assertEquals(4, shell.run("backup", "--stdin", "x"));
        assertEquals("azekura: the client takes no standard input: the token is not that of this home\n", shell.err);
        assertTrue(appliance.bodies.isEmpty());
    }

    @Test
    void goesToNoOtherMachine() {
        shell.in = InputStream.nullInputStream();
        assertEquals(2, shell.run("backup", "--stdin", "x", "--url", "https://other:1"));
        assertEquals(1, shell.errLines().size(), shell.err);
    }

    @Test
    void exitsWithFiveIfNoClientRuns() throws Exception {
        Files.delete(home.resolve("run/stdin"));
        shell.in = InputStream.nullInputStream();
        assertEquals(5, shell.run("backup", "--stdin", "x"));
        assertEquals(1, shell.errLines().size(), shell.err);
    }
}
