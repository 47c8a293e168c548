package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.Daemon;

/** A computer with UEFI, a disk that the image was written to, and a network of its own in which it reaches nobody; by QEMU without help of the processor. */
final class Machine implements AutoCloseable {

    private static final String QEMU = "/usr/bin/qemu-system-x86_64";
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final long DISK = 6L << 30;
    private static final Duration OFF = Duration.ofMinutes(5);

    private final Path dir;
    private final Path disk;
    /** At this machine's 127.0.0.1: the console of the appliance. */
    final int port = Daemon.freePort();
    private Process process;
    private Console console;

    private Machine(Path dir) {
        this.dir = dir;
        this.disk = dir.resolve("disk");
    }

    static void assume() {
        Daemon.assume("the appliance's image", QEMU, "qemu-system-x86");
        if (!Files.exists(FIRMWARE)) {
            Daemon.assume("the appliance's image", FIRMWARE.toString(), "ovmf");
        }
    }

    /** Its disk is larger than the image, as real ones are, and takes of this machine's what was written to it. */
    static Machine with(Path image, Path dir) throws IOException {
        Files.createDirectories(dir);
        var machine = new Machine(dir);
        Ran.of("cp", "--sparse=always", image.toString(), machine.disk.toString()).ok();
        try (var file = new RandomAccessFile(machine.disk.toFile(), "rw")) {
            file.setLength(DISK);
        }
        Files.copy(VARIABLES, dir.resolve("variables"), StandardCopyOption.REPLACE_EXISTING);
        return machine;
    }

    Console start() throws IOException {
        Files.deleteIfExists(dir.resolve("monitor"));
        // One processor: with two, code that one changes is sometimes run half changed by the other in this emulation, and Java changes its code all the time.
        List<String> command = new ArrayList<>(List.of("nice", "-n", "2", QEMU, "-accel", "tcg,tb-size=1024", "-cpu", "max", "-smp", "1", "-m", "2048",
                "-display", "none", "-no-user-config", "-nodefaults", "-machine", "q35"));
        command.addAll(List.of("-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + FIRMWARE, "-drive", "if=pflash,format=raw,unit=1,file=" + dir.resolve("variables")));
        // What the guest was told to be written is, also where this machine's QEMU is killed.
        command.addAll(List.of("-drive", "if=virtio,format=raw,cache=writethrough,file=" + disk, "-device", "virtio-rng-pci"));
        command.addAll(List.of("-netdev", "user,id=n,restrict=on,hostfwd=tcp:127.0.0.1:" + port + "-:443", "-device", "virtio-net-pci,netdev=n,romfile="));
        command.addAll(List.of("-serial", "stdio", "-monitor", "unix:" + dir.resolve("monitor") + ",server,nowait"));
        process = new ProcessBuilder(command).redirectError(dir.resolve("qemu.log").toFile()).start();
        console = new Console(process.getInputStream(), process.getOutputStream(), dir.resolve("serial.log"));
        return console;
    }

    Console console() {
        return console;
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    /** As when the mains fail. */
    void cutPower() {
        process.destroyForcibly();
        ended();
    }

    /** Pressed once, shortly: it shuts down and is off. */
    void pressPowerButton() throws IOException {
        try (var monitor = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            monitor.connect(UnixDomainSocketAddress.of(dir.resolve("monitor")));
            monitor.write(ByteBuffer.wrap("system_powerdown\n".getBytes(StandardCharsets.US_ASCII)));
            ended();
        }
    }

    private void ended() {
        try {
            assertTrue(process.waitFor(OFF.toSeconds(), TimeUnit.SECONDS), "the machine is not off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (runs()) {
            cutPower();
        }
    }
}
