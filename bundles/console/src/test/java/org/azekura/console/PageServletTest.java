package org.azekura.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.MalformedURLException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PageServletTest {

    @TempDir
    Path folder;
    /** Few threads: who waits for one waits for good. */
    private final Server server = new Server(new QueuedThreadPool(8));
    private final ServerConnector network = new ServerConnector(server, 0, 1);
    private final LocalConnector connector = new LocalConnector(server);

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("dist/assets"));
        Files.writeString(folder.resolve("dist/index.html"), "<html>page");
        Files.writeString(folder.resolve("dist/assets/index-1a2b.js"), "script");
        Files.writeString(folder.resolve("dist/assets/index-1a2b.js.br"), "small");
        Files.writeString(folder.resolve("dist/assets/index-1a2b.js.gz"), "smaller");
        Files.createDirectories(folder.resolve("dist/manual/pictures"));
        Files.writeString(folder.resolve("dist/manual/index.html"), "<html>manual");
        Files.writeString(folder.resolve("dist/manual/pictures/tour.webp"), "picture");
        Files.writeString(folder.resolve("secret.js"), "secret");
        var context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(new PageServlet(this::entry));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/");
        network.setHost("127.0.0.1");
        server.addConnector(network);
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void answersEveryPageAddressWithTheIndex() throws Exception {
        for (String path : new String[] {"/", "/overview", "/jobs/17", "/jobs?state=failed"}) {
            var answer = get(path, "");
            assertEquals("200 <html>page text/html;charset=utf-8 no-cache", answer.getStatus() + " " + answer.getContent() + " "
                    + answer.get("Content-Type").toLowerCase() + " " + answer.get("Cache-Control"), path);
        }
    }

    @Test
    void showsTheManualWithoutAScript() throws Exception {
        var page = get("/manual/index.html", "");
        assertEquals("<html>manual", page.getContent());
        assertEquals(PageServlet.MANUAL_POLICY, page.get("Content-Security-Policy"));
        assertTrue(!page.get("Content-Security-Policy").contains("script-src"));
        assertEquals("image/webp", get("/manual/pictures/tour.webp", "").get("Content-Type"));
        for (String path : new String[] {"/manual", "/manual/"}) {
            var answer = get(path, "");
            assertTrue(answer.getStatus() == 302 && answer.get("Location").endsWith("/manual/index.html"), path + " " + answer);
        }
        assertEquals(404, get("/manual/none", "").getStatus());
    }

    @Test
    void letsBrowsersKeepFilesWithAHash() throws Exception {
        var answer = get("/assets/index-1a2b.js", "");
        assertEquals("script", answer.getContent());
        assertTrue(answer.get("Cache-Control").contains("immutable"), answer.get("Cache-Control"));
    }

    @Test
    void sendsTheSmallestFormThatIsTaken() throws Exception {
        assertEquals("br small", coded("gzip, deflate, br"));
        assertEquals("gzip smaller", coded("gzip;q=0.5, br;q=0"));
        assertEquals("null script", coded("deflate"));
    }

    @Test
    void protectsEveryAnswer() throws Exception {
        for (String path : new String[] {"/", "/assets/index-1a2b.js", "/none.js", "/api/v1/status"}) {
            var answer = get(path, "");
            assertEquals(PageServlet.POLICY, answer.get("Content-Security-Policy"), path);
            assertEquals("nosniff no-referrer", answer.get("X-Content-Type-Options") + " " + answer.get("Referrer-Policy"), path);
        }
        assertTrue(!PageServlet.POLICY.contains("unsafe") && PageServlet.POLICY.contains("frame-ancestors 'none'"));
    }

    @Test
    void findsNothingThatIsNoPage() throws Exception {
        for (String path : new String[] {"/none.js", "/secret.js", "/assets/index-1a2b.js.br", "/assets//index-1a2b.js", "/index.exe", "/%2e%2e/secret.js", "/assets/%2e%2e/%2e%2e/secret.js"}) {
            var answer = get(path, "");
            assertTrue(answer.getStatus() >= 400 && answer.getStatus() < 500, path + " " + answer.getStatus());
            assertNull(answer.get("Content-Encoding"), path);
        }
    }

    @Test
    void saysThatTheInterfaceIsAway() throws Exception {
        assertEquals(503, get("/api/v1/status", "").getStatus());
        assertEquals(404, get("/api/v1/../../etc", "").getStatus());
    }

    @Test
    void isOnlyLookedAt() throws Exception {
        for (String method : new String[] {"TRACE", "OPTIONS", "POST", "PUT", "DELETE"}) {
            var answer = HttpTester.parseResponse(connector.getResponse(method + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
            assertEquals("405 GET, HEAD nosniff", answer.getStatus() + " " + answer.get("Allow") + " " + answer.get("X-Content-Type-Options"), method);
        }
        var head = HttpTester.parseResponse(connector.getResponse("HEAD /assets/index-1a2b.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assertEquals("200 6", head.getStatus() + " " + head.get("Content-Length"));
    }

    @Test
    @Timeout(300)
    void whoReadsNothingHoldsUpNobody() throws Exception {
        Files.write(folder.resolve("dist/assets/large-1a2b.js"), new byte[32 << 20]);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket("127.0.0.1", network.getLocalPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /assets/large-1a2b.js HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertTrue(socket.getInputStream().read() > 0);
            }
            try (Socket socket = new Socket("127.0.0.1", network.getLocalPort())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).endsWith("<html>page"));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private URL entry(String path) {
        Path file = folder.resolve(path.substring(1));
        try {
            return Files.isRegularFile(file) ? file.toUri().toURL() : null;
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private String coded(String accepted) throws Exception {
        var answer = get("/assets/index-1a2b.js", "Accept-Encoding: " + accepted + "\r\n");
        assertEquals("Accept-Encoding", answer.get("Vary"));
        return answer.get("Content-Encoding") + " " + answer.getContent();
    }

    private HttpTester.Response get(String path, String headers) throws Exception {
        return HttpTester.parseResponse(connector.getResponse("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n"));
    }
}
