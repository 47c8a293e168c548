package org.azekura.testkit.sftp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OpenSSH's server with keys and a configuration of its own, on loopback, as whoever runs the test, who logs in by a key. Needs the package {@code openssh-server}.
 */
public final class Sshd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final int LOOK_ms = 20;

    private final Path dir;
    private final int port;
    private Process process;

    /** @param subsystem what serves files, like {@code internal-sftp} */
    public Sshd(Path dir, String subsystem) throws Exception {
        boolean there = Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of("/usr/bin/ssh-keygen"));
        if (!there) {
            System.err.println("SKIPPED: the driver for SFTP is not tried on OpenSSH: install the packages openssh-server and openssh-client");
        }
        assumeTrue(there, "sshd is missing");
        this.dir = dir;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (String key : List.of("host_ed25519", "client")) {
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", dir.resolve(key).toString());
        }
        Files.copy(dir.resolve("client.pub"), dir.resolve("authorized"));
        Files.writeString(dir.resolve("config"), "ListenAddress 127.0.0.1\nPort " + port + "\nHostKey " + dir.resolve("host_ed25519") + "\nPidFile none\nStrictModes no\n"
                + "AuthorizedKeysFile " + dir.resolve("authorized") + "\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nPermitRootLogin yes\n"
                // a shell that a server begins reads what its user has written for it, which may take longer than any client waits
                + "SetEnv HOME=" + dir + "\nSubsystem sftp " + subsystem + "\nMaxStartups 100\nMaxSessions 100\n");
        if ("root".equals(System.getProperty("user.name"))) {
            Files.createDirectories(Path.of("/run/sshd"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        start();
    }

    public void start() throws Exception {
        process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", dir.resolve("config").toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        for (long end = System.nanoTime() + PATIENCE_NANOS; !listens(); Thread.sleep(LOOK_ms)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("sshd does not start: " + Files.readString(log()));
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path log() {
        return dir.resolve("sshd.log");
    }

    public int port() {
        return port;
    }

    public String user() {
        return System.getProperty("user.name");
    }

    /** The private key that opens it. */
    public String key() throws IOException {
        return Files.readString(dir.resolve("client"));
    }

    /** Of its host key. */
    public String fingerprint() throws Exception {
        return run("ssh-keygen", "-l", "-f", dir.resolve("host_ed25519.pub").toString()).split(" ")[1];
    }

    /** As a power cut would: with all that serve connections. */
    public void kill() {
        List<ProcessHandle> serving = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        serving.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
    }

    /** What a command says that does what it should. */
    public static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
