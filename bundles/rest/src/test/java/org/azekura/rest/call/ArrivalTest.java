package org.azekura.rest.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.azekura.rest.https.Remainder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ArrivalTest {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration().addCustomizer(new Remainder());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(new Sizes());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Answers how much has come. Who asks for {@code /soon} has little time. */
    private static final class Sizes extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Duration patience = request.getRequestURI().equals("/soon") ? Duration.ofMillis(50) : Duration.ofMinutes(1);
            Arrival.await(request, response, () -> new Arrival.Bounds(20_000, 50_000, patience),
                    body -> HttpAnswer.json(response, 200, "text/plain", body.bytes().length + (body.whole() ? " whole" : " cut")));
        }
    }

    private String send(String path, String headers, String... pieces) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            for (String piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String last(String length) {
        return "Connection: close\r\nContent-Length: " + length;
    }

    @Test
    void sendsWhoIsTooSlowAway() throws Exception {
        for (String length : new String[] {"Content-Length: 10", "Transfer-Encoding: chunked"}) {
            String answer = send("/soon", length, "5\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 408") && answer.contains("request.slow") && answer.contains("Connection: close"), answer);
        }
    }

    /** He is looked after like everybody who is refused while he sends. */
    @Test
    void whoIsTooSlowAndSendsOnSeesTheAnswer() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST /soon HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write('a');
            char answered = (char) socket.getInputStream().read();
            // he does not look at it before he has sent all he has
            for (int i = 0; i < 60; i++) {
                out.write(new byte[1024]);
            }
            String answer = answered + new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 408") && answer.contains("request.slow"), answer);
        }
    }

    @Test
    void takesWhatComesAtOnceOrInPieces() throws Exception {
        assertTrue(send("/", last("3"), "abc").contains("\"3 whole\""));
        assertTrue(send("/", last("9000"), "a".repeat(9000)).contains("\"9000 whole\""));
        assertTrue(send("/", last("20000"), "a".repeat(12_000), "b".repeat(8_000)).contains("\"20000 whole\""));
        assertTrue(send("/", "Connection: close\r\nTransfer-Encoding: chunked", "3\r\nab", "c\r\n0\r\n\r\n").contains("\"3 whole\""));
        assertTrue(send("/", "Connection: close").contains("\"0 whole\""));
    }

    @Test
    void readsWhatIsTooMuchUpToABound() throws Exception {
        assertTrue(send("/", last("20001"), "a".repeat(20_001)).contains("\"20000 cut\""));
        assertTrue(send("/", last("70001"), "a").contains("\"0 cut\""));
        String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
        assertTrue(send("/", "Transfer-Encoding: chunked", chunk, chunk, chunk, chunk, chunk).contains("\"20000 cut\""));
    }

    @Test
    void leavesTheConnectionForTheNextCall() throws Exception {
        String next = "GET /next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        for (String length : new String[] {"3", "9000"}) {
            String both = send("/", "Content-Length: " + length, "a".repeat(Integer.parseInt(length)), next);
            assertEquals(3, both.split("HTTP/1.1 200").length, both);
        }
    }
}
