package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.Daemon;

/** A computer whose firmware keeps keys where nothing that it starts can write (SMM), and starts only what they have signed; without a network. By QEMU, without help of the processor. */
final class SecureMachine implements AutoCloseable {

    private static final String QEMU = "/usr/bin/qemu-system-x86_64";
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.secboot.fd");
    /** Of a firmware that knows no keys: in its set-up mode. */
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final long DISK = 6L << 30;

    private final Path dir;
    private final Path disk;
    private List<String> more = List.of();
    private Process process;

    private SecureMachine(Path dir) {
        this.dir = dir;
        this.disk = dir.resolve("disk");
    }

    static void assume() {
        Daemon.assume("what a machine's firmware starts", QEMU, "qemu-system-x86");
        if (!Files.exists(FIRMWARE)) {
            Daemon.assume("what a machine's firmware starts", FIRMWARE.toString(), "ovmf");
        }
    }

    /** @param firmware the machine that has the keys already, or null for a new one */
    static SecureMachine with(Path image, SecureMachine firmware, Path dir) throws IOException {
        Files.createDirectories(dir);
        var machine = new SecureMachine(dir);
        Ran.of("cp", "--sparse=always", image.toString(), machine.disk.toString()).ok();
        try (var file = new RandomAccessFile(machine.disk.toFile(), "rw")) {
            file.setLength(DISK);
        }
        Files.copy(firmware == null ? VARIABLES : firmware.variables(), machine.variables());
        return machine;
    }

    private Path variables() {
        return dir.resolve("variables");
    }

    Path disk() {
        return disk;
    }

    /** More of the hardware, as QEMU's options. */
    SecureMachine having(String... options) {
        more = List.of(options);
        return this;
    }

    Console start() throws IOException {
        // One processor, see Machine.
        List<String> command = new ArrayList<>(List.of("nice", "-n", "2", QEMU, "-accel", "tcg,tb-size=256", "-cpu", "max", "-smp", "1", "-m", "2048", "-display", "none", "-no-user-config", "-nodefaults",
                "-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on", "-global", "ICH9-LPC.disable_s3=1"));
        command.addAll(List.of("-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + FIRMWARE, "-drive", "if=pflash,format=raw,unit=1,file=" + variables()));
        command.addAll(List.of("-drive", "if=virtio,format=raw,cache=writethrough,file=" + disk, "-device", "virtio-rng-pci", "-serial", "stdio"));
        command.addAll(more);
        process = new ProcessBuilder(command).redirectError(dir.resolve("qemu.log").toFile()).start();
        return new Console(process.getInputStream(), process.getOutputStream(), dir.resolve("serial.log"));
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the machine is not off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
