package org.azekura.cli.contact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class SocketWayTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @TempDir
    Path home;
    private Path file;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        file = home.resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void sendsARequestThatAnyServerUnderstands() throws Exception {
        CompletableFuture<String> heard = answers(OK + "Content-Length: 2\r\n\r\n{}");
        assertEquals("200 OK {}", ask("GET", null));
        assertEquals("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer t0\r\n\r\n", heard.get());
        heard = answers(OK + "Content-Length: 0\r\n\r\n");
        assertEquals("200 OK ", ask("POST", "{\"ä\":1}".getBytes(StandardCharsets.UTF_8)));
        assertTrue(heard.get().endsWith("\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"ä\":1}"), heard.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {OK + "content-length: 5\r\n\r\nhello and more", OK + "\r\nhello", "HTTP/1.0 200 OK\n\nhello",
        "HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Length:5\r\n\r\nhello",
        OK + "Transfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n003;x=y\r\nllo\r\n0\r\nTrailer: 1\r\n\r\n"})
    void readsABodyToItsEndInEachForm(String answer) throws Exception {
        answers(answer);
        assertEquals("200 OK hello", ask("GET", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {OK + "Content-Length: 6\r\n\r\nhello", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", OK, "HTTP/1.1 2", "",
        OK + "Transfer-Encoding: chunked\r\n\r\n6\r\nhello"})
    void tellsABrokenAnswerFromAWholeOne(String answer) throws Exception {
        answers(answer);
        assertThrows(EOFException.class, () -> ask("GET", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", OK + "Content-Length: -1\r\n\r\n", OK + "Content-Length: 99999999999999999999\r\n\r\n",
        OK + "Transfer-Encoding: gzip\r\n\r\n", OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"})
    void refusesWhatIsNotHttp(String answer) throws Exception {
        answers(answer);
        assertThrows(IOException.class, () -> ask("GET", null));
    }

    @Test
    void refusesAHeadWithoutEnd() throws Exception {
        answers(OK + "X: " + "y".repeat(9000) + "\r\n\r\n");
        assertThrows(IOException.class, () -> ask("GET", null));
        answers(OK + "X: y\r\n".repeat(101) + "\r\n");
        assertThrows(IOException.class, () -> ask("GET", null));
    }

    @Test
    void carriesLargeBodiesBothWays() throws Exception {
        long seed = System.nanoTime();
        byte[] body = new byte[3 << 20];
        new Random(seed).nextBytes(body);
        CompletableFuture<Void> echoed = CompletableFuture.runAsync(() -> {
            try (SocketChannel channel = server.accept()) {
                InputStream in = Channels.newInputStream(channel);
                head(in);
                byte[] got = in.readNBytes(body.length);
                channel.write(ByteBuffer.wrap((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
                for (int at = 0; at < got.length; at += 70_000) {
                    int length = Math.min(70_000, got.length - at);
                    write(channel, (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    write(channel, java.util.Arrays.copyOfRange(got, at, at + length));
                    write(channel, "\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                write(channel, "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (Answer answer = way().send("POST", "/x", "t0", Body.of(body), 10_000)) {
            assertArrayEquals(body, answer.body().readAllBytes(), () -> "seed " + seed);
        }
        echoed.get();
    }

    @Test
    void endsItsWaitForASilentServer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> silent = CompletableFuture.runAsync(() -> {
            try {
                SocketChannel channel = server.accept();
                asked.await();
                channel.close();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThrows(SocketTimeoutException.class, () -> way().send("GET", "/x", "t0", null, 50));
        asked.countDown();
        silent.get();
    }

    @Test
    void takesTheNetworkIfNobodyListens() throws Exception {
        Answer answered = new Answer(204, "", InputStream.nullInputStream(), () -> {}, false);
        Way network = (method, target, token, body, silence_ms) -> answered;
        server.close();
        assertTrue(Files.exists(file));
        assertSame(answered, new SocketWay(file, () -> network).send("GET", "/x", "t0", null, 1000));
        Path tooLong = home.resolve("x".repeat(120));
        assertSame(answered, new SocketWay(tooLong, () -> network).send("GET", "/x", "t0", null, 1000));
    }

    @Test
    void sendsNothingThatIsNotOneLine() {
        assertThrows(IllegalArgumentException.class, () -> way().send("GET", "/x HTTP/1.1\r\nX: y", "t0", null, 1000));
    }

    private Way way() {
        return new SocketWay(file, () -> {
            throw new AssertionError("the socket was not taken");
        });
    }

    private String ask(String method, byte[] body) throws IOException {
        try (Answer answer = way().send(method, "/api/v1/status", "t0", body == null ? null : Body.of(body), 10_000)) {
            return answer.status() + " " + answer.reason() + " " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return what was asked */
    private CompletableFuture<String> answers(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel channel = server.accept()) {
                InputStream in = Channels.newInputStream(channel);
                String head = head(in);
                int at = head.indexOf("Content-Length: ");
                int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                write(channel, answer.getBytes(StandardCharsets.UTF_8));
                return head + body;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining();) {
            channel.write(buffer);
        }
    }
}
