package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Firmware;
import org.azekura.rest.call.Route;
import org.azekura.rest.host.JoinServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers who ask whether to send what they have, and send nothing before they are told to (RFC 9110, 10.1.1). */
@Timeout(300)
class HesitatingCallersTest {

    private static final String OWN = "Bearer " + RestServer.TOKEN;
    private static final String GO = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final long LARGE = 64 << 20;

    @TempDir
    Path dir;
    private final List<Socket> open = new ArrayList<>();
    @AutoClose
    private final RestServer server = RestServer.start();

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private Socket ask(String token, String call, String length) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.request("/").build().uri().getPort());
        socket.setSoTimeout(120_000);
        open.add(socket);
        socket.getOutputStream().write((call + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nAuthorization: " + token + "\r\n" + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Socket ask(String token, String call, long length) throws IOException {
        return ask(token, call, "Content-Length: " + length);
    }

    /** The connection is over with the answer. */
    private static void assertRefused(int status, String code, Socket asked) throws IOException {
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " ") && answer.contains("\"" + code + "\"") && answer.contains("\r\nConnection: close\r\n"), answer);
    }

    private static void assertWanted(Socket asked) throws IOException {
        assertEquals(GO, new String(asked.getInputStream().readNBytes(GO.length()), StandardCharsets.US_ASCII));
    }

    @Test
    void areNotToldToSendWhatIsRefused() throws Exception {
        for (long length : new long[] {3, 100_000, LARGE}) {
            assertRefused(401, "token.wrong", ask("Bearer wrong", "POST " + Route.ROOT + "/firmware/updates", length));
            assertRefused(403, "access.denied", ask("Bearer as auditor", "POST " + Route.ROOT + "/firmware/updates", length));
            assertRefused(403, "access.denied", ask("Bearer as auditor", "PUT " + Route.ROOT + "/drivers/disk", length));
            assertRefused(404, "request.unknown", ask(OWN, "POST " + Route.ROOT + "/nothing", length));
            assertRefused(405, "request.method", ask(OWN, "PUT " + Route.ROOT + "/firmware/updates", length));
        }
        assertRefused(403, "access.denied", ask("Bearer as auditor", "POST " + Route.ROOT + "/drivers", "Transfer-Encoding: chunked"));
        assertRefused(403, "access.denied", ask("Bearer as auditor", "POST " + Route.ROOT + "/jobs", 3));
        assertEquals(List.of(), server.firmware.calls);
        assertEquals(List.of(), server.drivers.calls);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void areNotToldToSendWhatIsTooLarge() throws Exception {
        assertRefused(413, "request.large", ask(OWN, "POST " + Route.ROOT + "/firmware/updates", Firmware.MAX_UPDATE + 1));
        assertRefused(413, "request.large", ask(OWN, "POST " + Route.ROOT + "/drivers", Drivers.MAX_PACKAGE + 1));
        assertRefused(413, "request.large", ask(OWN, "POST " + Route.ROOT + "/jobs", (1 << 20) + 1));
        assertRefused(413, "request.large", ask("none", "POST " + JoinServlet.PATH, 40_000));
    }

    @Test
    void areNotToldToSendWhatCantBeTakenNow() throws Exception {
        server.firmware.busy = true;
        assertRefused(503, "firmware.busy", ask(OWN, "POST " + Route.ROOT + "/firmware/updates", LARGE));
        server.firmware.image = false;
        assertRefused(409, "firmware.unsupported", ask(OWN, "POST " + Route.ROOT + "/firmware/updates", LARGE));
        for (int i = 0; i < Uploads.AT_ONCE; i++) {
            assertWanted(ask(OWN, "POST " + Route.ROOT + "/drivers", LARGE));
        }
        assertRefused(503, "request.many", ask(OWN, "POST " + Route.ROOT + "/drivers", LARGE));
    }

    @Test
    void areNotToldToSendWhatThereIsNoRoomFor() throws Exception {
        var uploads = new Uploads(dir);
        BackupException refused = assertThrows(BackupException.class, () -> uploads.take(() -> {
            throw new AssertionError("he was told to send");
        }, Long.MAX_VALUE - 1, Long.MAX_VALUE));
        assertEquals("upload.io", refused.failure().code());
        assertTrue(refused.getMessage().contains("there is room for "), refused.getMessage());
        assertEquals(0, dir.toFile().list().length);
    }

    @Test
    void sendAllOnceTheyAreToldTo() throws Exception {
        byte[] large = new byte[9 << 20];
        Socket asked = ask(OWN, "POST " + Route.ROOT + "/drivers", large.length);
        assertWanted(asked);
        asked.getOutputStream().write(large);
        assertAnswered(202, asked);
        assertEquals(large.length, server.drivers.largest);
        byte[] order = "{\"kind\":\"verify\"}".getBytes(StandardCharsets.US_ASCII);
        asked = ask(OWN, "POST " + Route.ROOT + "/jobs", order.length);
        assertWanted(asked);
        asked.getOutputStream().write(order);
        assertAnswered(202, asked);
        assertEquals(1, server.fake.orders.size());
    }

    /** Jetty leaves the connection open behind it, whatever he has said of that before he was told to send. */
    private static void assertAnswered(int status, Socket asked) throws IOException {
        assertEquals("HTTP/1.1 " + status, new String(asked.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
    }

    /** Who is told in time that he is refused may have begun to send all the same. */
    @Test
    void mayHaveBegunToSendAndSeeTheAnswer() throws Exception {
        Socket asked = ask("Bearer wrong", "POST " + Route.ROOT + "/firmware/updates", LARGE);
        asked.getOutputStream().write(new byte[4 << 20]);
        assertRefused(401, "token.wrong", asked);
        assertArrayEquals(new byte[0], asked.getInputStream().readAllBytes());
    }
}
