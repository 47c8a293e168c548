package org.azekura.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.azekura.testkit.Daemon;

/** The TPM 2 of a machine: a process beside it while the machine is on, and what it remembers between. */
final class Tpm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path dir;
    private Process process;

    /** @param dir what it remembers; a new one if nothing is there */
    Tpm(Path dir) {
        this.dir = dir;
    }

    static void assume() {
        Daemon.assume("secrets in a TPM", "/usr/bin/swtpm", "swtpm");
    }

    /** Before its machine. @return how QEMU is told of it */
    String[] on() throws IOException {
        close();
        Path socket = Files.createDirectories(dir).resolve("socket");
        Files.deleteIfExists(socket);
        Path log = dir.resolve("log");
        process = new ProcessBuilder(List.of("/usr/bin/swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + dir, "--ctrl", "type=unixio,path=" + socket, "--terminate"))
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(socket)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("swtpm does not begin: " + Files.readString(log));
            }
            LockSupport.parkNanos(10_000_000);
        }
        return new String[] {"-chardev", "socket,id=chip,path=" + socket, "-tpmdev", "emulator,id=tpm,chardev=chip", "-device", "tpm-crb,tpmdev=tpm"};
    }

    /** With its machine off. */
    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }
}
