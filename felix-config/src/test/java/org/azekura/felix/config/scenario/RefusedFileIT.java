package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.identity.Identity;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A large file that the appliance does not want, on both ways to it: its sender reads why, and has sent nothing of it. */
@ExtendWith(Shared.class)
@Timeout(600)
class RefusedFileIT {

    private static final long LARGE = 64 << 20;
    /** A TLS handshake, or a head. */
    private static final long LITTLE = 16 << 10;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Names of sockets have to be short. */
    @TempDir
    Path dir;

    private Path large() throws IOException {
        Path file = dir.resolve("large-1.0.0.azd");
        try (var made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(LARGE);
        }
        return file;
    }

    private static String auditor(Azekura azekura, String name) throws Exception {
        return new ObjectMapper().readTree(azekura.call("token", "create", name, "--role", "auditor", "--json").exits(0).out()).path("token").asText();
    }

    private static Run run(Path home, String... arguments) {
        return CommandsHere.run(LIMIT, Map.of("AZEKURA_HOME", home.toString()), List.of(arguments), arguments);
    }

    private static void assertRefused(Run run) {
        String line = run.exits(4).oneErrorLine();
        assertTrue(line.contains("this needs the role ") && line.contains("you are auditor"), line);
    }

    @Test
    void overTheNetwork(Azekura azekura) throws Exception {
        String token = auditor(azekura, "refused-1");
        URI url = URI.create(Files.readString(azekura.home.resolve("run/url")).strip());
        String fingerprint;
        try (InputStream in = Files.newInputStream(azekura.home.resolve("tls/console.pem"))) {
            fingerprint = Identity.fingerprint((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        String file = large().toString();
        try (TcpProxy between = TcpProxy.to(new InetSocketAddress("127.0.0.1", url.getPort()))) {
            String there = "https://127.0.0.1:" + between.address().getPort();
            assertRefused(run(azekura.home, "driver", "install", file, "--url", there, "--fingerprint", fingerprint, "--token", token));
            assertTrue(between.bytes(Direction.FORWARD) < LITTLE, between.bytes(Direction.FORWARD) + " bytes were sent");
            // who may, sends it all; then it is looked at
            String line = run(azekura.home, "driver", "install", file, "--url", there, "--fingerprint", fingerprint, "--token", Files.readString(azekura.home.resolve("token")).strip())
                    .exits(2).oneErrorLine();
            assertTrue(line.contains("no driver package"), line);
            assertTrue(between.bytes(Direction.FORWARD) > LARGE, between.bytes(Direction.FORWARD) + " bytes were sent");
        }
        assertEquals(List.of(), List.of(azekura.home.resolve("run/uploads").toFile().list()));
    }

    @Test
    void throughTheDoorOfTheHome(Azekura azekura) throws Exception {
        String token = auditor(azekura, "refused-2");
        Path run = Files.createDirectories(dir.resolve("run"));
        Files.copy(azekura.home.resolve("run/url"), run.resolve("url"));
        AtomicLong sent = new AtomicLong();
        try (ServerSocketChannel between = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(run.resolve("socket")))) {
            Thread.ofPlatform().daemon().name("between").start(() -> passOn(between, azekura.home.resolve("run/socket"), sent));
            assertRefused(run(dir, "driver", "install", large().toString(), "--token", token));
            assertTrue(sent.get() > 0 && sent.get() < LITTLE, sent + " bytes were sent");
            String line = run(dir, "driver", "install", large().toString(), "--token", Files.readString(azekura.home.resolve("token")).strip()).exits(2).oneErrorLine();
            assertTrue(line.contains("no driver package"), line);
            assertTrue(sent.get() > LARGE, sent + " bytes were sent");
        }
    }

    /** Connections one after the other, as commands have them. */
    private static void passOn(ServerSocketChannel between, Path to, AtomicLong sent) {
        try {
            while (true) {
                try (SocketChannel near = between.accept(); SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(to))) {
                    Thread back = Thread.ofPlatform().daemon().name("between, back").start(() -> pass(far, near, new AtomicLong()));
                    pass(near, far, sent);
                    back.join();
                }
            }
        } catch (IOException | InterruptedException e) {
            // the test is over
        }
    }

    private static void pass(SocketChannel from, SocketChannel to, AtomicLong counted) {
        InputStream in = Channels.newInputStream(from);
        OutputStream out = Channels.newOutputStream(to);
        byte[] piece = new byte[64 << 10];
        try {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                counted.addAndGet(read);
                out.write(piece, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // the other side has gone
        }
    }
}
