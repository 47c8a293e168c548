package org.azekura.cli.contact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.identity.Identity;
import org.azekura.cli.OwnCertificate;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file is sent when it is wanted, and as long as nothing else is said, on both ways. */
@Timeout(300)
class FileSendingTest {

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String REFUSED = "HTTP/1.1 409 Conflict\r\nContent-Length: 7\r\nConnection: close\r\n\r\nnot now";
    private static final String DONE = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
    private static final int LARGE = 64 << 20;
    private static final int WHOLE = 8 << 20;
    /** For what never comes. */
    private static final int LIMIT_MS = 120_000;

    enum Line { HOME, NETWORK }

    @TempDir
    Path dir;
    private OwnCertificate own;
    private ServerSocket network;
    private ServerSocketChannel home;

    @BeforeEach
    void listen() throws Exception {
        own = OwnCertificate.make();
        network = own.context().getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        home = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(dir.resolve("s")));
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
        home.close();
    }

    /** What a server does with one caller. */
    private interface Script {
        void run(InputStream in, OutputStream out) throws Exception;
    }

    private CompletableFuture<Void> serves(Line line, Script script) {
        return CompletableFuture.runAsync(() -> {
            try {
                if (line == Line.NETWORK) {
                    try (Socket caller = network.accept()) {
                        script.run(caller.getInputStream(), caller.getOutputStream());
                    }
                } else {
                    try (SocketChannel caller = home.accept()) {
                        script.run(Channels.newInputStream(caller), Channels.newOutputStream(caller));
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, task -> Thread.ofPlatform().daemon().name("appliance").start(task));
    }

    private static void say(OutputStream out, String said) throws IOException {
        out.write(said.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private Way way(Line line) throws Exception {
        return line == Line.HOME ? new SocketWay(dir.resolve("s"), () -> {
            throw new AssertionError("the socket was not taken");
        }) : new HttpsWay(url(), new Pin(Identity.fingerprint(own.certificate())));
    }

    private URI url() {
        return URI.create("https://127.0.0.1:" + network.getLocalPort());
    }

    private Wire wire(Line line) throws Exception {
        if (line == Line.NETWORK) {
            return TlsStream.connect(url(), new Pin(Identity.fingerprint(own.certificate())).context().getSocketFactory(), LIMIT_MS);
        }
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(dir.resolve("s")));
        channel.configureBlocking(false);
        return new SocketStream(channel, LIMIT_MS);
    }

    private Body file(long length) throws IOException {
        Path file = dir.resolve("file of " + length);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(length);
        }
        return Body.of(file);
    }

    private static String text(Answer answer) throws IOException {
        try (answer) {
            return answer.status() + " " + new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private String send(Line line, Body body) throws Exception {
        return text(way(line).send("POST", "/x", "t0", body, LIMIT_MS));
    }

    @ParameterizedTest
    @EnumSource
    void arrivesWholeWhenItIsWanted(Line line) throws Exception {
        long seed = System.nanoTime();
        byte[] content = new byte[3 << 20];
        new Random(seed).nextBytes(content);
        CompletableFuture<Void> served = serves(line, (in, out) -> {
            String head = head(in);
            assertTrue(head.startsWith("POST /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer t0\r\n"), head);
            assertTrue(head.endsWith("\r\nContent-Length: " + content.length + "\r\nExpect: 100-continue\r\n\r\n"), head);
            say(out, "HTTP/1.1 103 Early Hints\r\n\r\n" + CONTINUE);
            assertArrayEquals(content, in.readNBytes(content.length), () -> "seed " + seed);
            say(out, DONE);
        });
        assertEquals("201 {}", send(line, Body.of(Files.write(dir.resolve("file"), content))));
        served.get();
    }

    @ParameterizedTest
    @EnumSource
    void isNotSentWhenItIsRefused(Line line) throws Exception {
        CompletableFuture<Void> served = serves(line, (in, out) -> {
            head(in);
            say(out, REFUSED);
            assertEquals(0, left(in), "it was sent all the same");
        });
        assertEquals("409 not now", send(line, file(LARGE)));
        served.get();
    }

    /** An end of a connection is one, also without TLS's word. */
    private static long left(InputStream in) throws IOException {
        long count = 0;
        byte[] piece = new byte[64 << 10];
        try {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                count += read;
            }
        } catch (IOException e) {
            assertFalse(e instanceof java.net.SocketTimeoutException, e.toString());
        }
        return count;
    }

    /** As {@code Remainder} does it. */
    @ParameterizedTest
    @EnumSource
    void isSentNoFurtherThanTheRefusal(Line line) throws Exception {
        CompletableFuture<Void> served = serves(line, (in, out) -> {
            head(in);
            say(out, CONTINUE);
            in.readNBytes(3 << 20);
            say(out, REFUSED);
            assertTrue(left(in) < 40 << 20, "all of it was sent");
        });
        assertEquals("409 not now", send(line, file(LARGE)));
        served.get();
    }

    @ParameterizedTest
    @EnumSource
    void isSentWhenNobodySaysThatItIsWanted(Line line) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Void> served = serves(line, (in, out) -> {
            head(in);
            // the word comes late, in the middle of it
            in.readNBytes(WHOLE / 2);
            say(out, CONTINUE);
            in.readNBytes(WHOLE / 2);
            arrived.countDown();
            say(out, DONE);
        });
        assertEquals("201 {}", text(new Exchange("POST", "/x", "t0", file(WHOLE)).over(wire(line), 50)));
        assertTrue(arrived.await(LIMIT_MS, TimeUnit.MILLISECONDS));
        served.get();
    }

    /** Nothing is between on the way through the home. */
    @Test
    void isSentWithoutAskingWhereSomethingBetweenDoesNotKnowTheQuestion() throws Exception {
        CompletableFuture<Void> served = serves(Line.NETWORK, (in, out) -> {
            head(in);
            say(out, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
        }).thenCompose(refused -> serves(Line.NETWORK, (in, out) -> {
            assertFalse(head(in).contains("Expect"));
            in.readNBytes(WHOLE);
            say(out, DONE);
        }));
        assertEquals("201 {}", send(Line.NETWORK, file(WHOLE)));
        served.get();
    }

    @ParameterizedTest
    @EnumSource
    void failsWithALineThatBreaks(Line line) throws Exception {
        serves(line, (in, out) -> head(in));
        assertThrows(EOFException.class, () -> send(line, file(LARGE)));
        serves(line, (in, out) -> {
            head(in);
            say(out, CONTINUE);
            in.readNBytes(1 << 20);
        });
        assertThrows(IOException.class, () -> send(line, file(LARGE)));
    }

    /** As on a stick that is broken: it is no fault of the line. */
    @ParameterizedTest
    @EnumSource
    void aFileThatCanNotBeReadIsNamed(Line line) throws Exception {
        Body gone = file(WHOLE);
        Files.delete(gone.file());
        assertEquals("cannot read " + gone.file() + ": java.nio.file.NoSuchFileException: " + gone.file(), unsent(line, gone));
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatHasBecomeShorterIsNamed(Line line) throws Exception {
        Body cut = file(WHOLE);
        file(WHOLE / 2).file().toFile().renameTo(cut.file().toFile());
        assertEquals("cannot read " + cut.file() + ": it has become shorter while it was sent", unsent(line, cut));
    }

    private String unsent(Line line, Body body) throws Exception {
        CompletableFuture<Void> served = serves(line, (in, out) -> {
            head(in);
            say(out, CONTINUE);
            left(in);
        });
        CommandFailure failure = assertThrows(CommandFailure.class, () -> way(line).send("POST", "/x", "t0", body, 3000));
        assertEquals(Exit.FAILED, failure.exit());
        served.get();
        return failure.getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void ofAFileThatHasGrownNoMoreIsSentThanWasSaid(Line line) throws Exception {
        Body grown = file(WHOLE);
        file(WHOLE * 2).file().toFile().renameTo(grown.file().toFile());
        CompletableFuture<Void> served = serves(line, (in, out) -> {
            head(in);
            say(out, CONTINUE);
            in.readNBytes(WHOLE);
            say(out, DONE);
            assertEquals(0, left(in));
        });
        assertEquals("201 {}", send(line, grown));
        served.get();
    }
}
