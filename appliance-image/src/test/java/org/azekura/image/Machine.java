package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.azekura.testkit.Daemon;

/** A computer with UEFI and a disk that the image was written to. */
final class Machine implements AutoCloseable {

    private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    /** It keeps its keys where nothing that it starts can write, and starts only what they have signed. */
    private static final Path SECURE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.secboot.fd");
    /** Of a firmware that knows no keys: in its set-up mode. */
    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final long SIZE = 6L << 30;
    private static final int MEMORY = 2048;
    /** With what QEMU takes by itself a start takes five percent longer. */
    private static final int KEPT = 1024;

    private final Path dir;
    private final Path firmware;
    private final List<String> more = new ArrayList<>();
    private boolean forgets;
    /** At this machine's 127.0.0.1, where it has a network: the console of the appliance. */
    final int port = Daemon.freePort();
    private Running running;

    private Machine(Path dir, Path firmware) {
        this.dir = dir;
        this.firmware = firmware;
    }

    static void assume() {
        Qemu.assume("the appliance's image");
        for (Path file : List.of(FIRMWARE, SECURE)) {
            if (!Files.exists(file)) {
                Daemon.assume("the appliance's image", file.toString(), "ovmf");
            }
        }
    }

    /** Its disk is larger than the image, as real ones are, and takes of this machine's what was written to it. It has a network of its own in which it reaches nobody. */
    static Machine with(Path image, Path dir) throws IOException {
        return new Machine(Files.createDirectories(dir), FIRMWARE).networked().holding(image, VARIABLES);
    }

    /** The same, with a cache in its disk that is lost with the power: what was written is kept where it was flushed, and of the rest a part. */
    static Machine forgetful(Path image, Path dir) throws IOException {
        Machine machine = with(image, dir);
        machine.forgets = true;
        Ran.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", machine.disk().toString(), machine.written().toString()).ok();
        return machine;
    }

    /** One that an earlier run has left suspended there, or null. */
    static Machine suspended(Path dir) throws IOException {
        var machine = new Machine(Files.createDirectories(dir), FIRMWARE).networked();
        machine.forgets = true;
        return Files.exists(kept(machine.variables())) ? machine : null;
    }

    /** With Secure Boot, and without a network. @param enrolled the machine that has the keys already, or null for a new one */
    static Machine secure(Path image, Machine enrolled, Path dir) throws IOException {
        var machine = new Machine(Files.createDirectories(dir), SECURE);
        machine.having("-global", "driver=cfi.pflash01,property=secure,value=on", "-global", "ICH9-LPC.disable_s3=1");
        return machine.holding(image, enrolled == null ? VARIABLES : enrolled.variables());
    }

    private Machine networked() {
        return having("-netdev", "user,id=n,restrict=on,hostfwd=tcp:127.0.0.1:" + port + "-:443", "-device", "virtio-net-pci,netdev=n,romfile=");
    }

    private Machine holding(Path image, Path variables) throws IOException {
        Ran.of("cp", "--sparse=always", image.toString(), disk().toString()).ok();
        try (var file = new RandomAccessFile(disk().toFile(), "rw")) {
            file.setLength(SIZE);
        }
        Files.copy(variables, variables(), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    private Machine having(String... options) {
        more.addAll(List.of(options));
        return this;
    }

    /** While it is off, and does not forget: all that is on it. */
    Path disk() {
        return dir.resolve("disk");
    }

    /** What was written to a disk that forgets. */
    private Path written() {
        return dir.resolve("written");
    }

    private Path variables() {
        return dir.resolve("variables");
    }

    private Path memory() {
        return dir.resolve("memory");
    }

    private static Path kept(Path file) {
        return file.resolveSibling(file.getFileName() + ".kept");
    }

    /** @param now more of the hardware, this time, as QEMU's options */
    Console start(String... now) throws IOException {
        Qemu qemu = new Qemu(firmware.equals(SECURE) ? "q35,smm=on" : "q35", MEMORY, KEPT)
                .with("-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + firmware, "-drive", "if=pflash,format=raw,unit=1,file=" + variables(), "-device", "virtio-rng-pci");
        // What a disk that does not forget was told to write is written, also where this machine's QEMU is killed.
        qemu = forgets ? qemu.disk(written(), "format=qcow2,cache=writeback,") : qemu.disk(disk(), "format=raw,cache=writethrough,");
        running = qemu.with(more).with(now).start(dir);
        return running.console();
    }

    Console console() {
        return running.console();
    }

    /** As when the mains fail. */
    void cutPower() {
        running.close();
    }

    /** Pressed once, shortly: it shuts down and is off. */
    void pressPowerButton() throws IOException {
        running.hardware("system_powerdown");
        off();
    }

    /** Waits until it has switched itself off. */
    void off() {
        running.off();
    }

    /** Keeps a machine that forgets as it is at this moment, its memory too, and is off. */
    void suspend() throws IOException {
        running.hardware("migrate \"exec:cat >" + memory() + "\"");
        cutPower();
        for (Path file : List.of(written(), variables())) {
            Ran.of("cp", "--sparse=always", file.toString(), kept(file).toString()).ok();
        }
    }

    /** Goes on from the moment at which it was suspended, as often as one likes. */
    void resume() throws IOException {
        for (Path file : List.of(written(), variables())) {
            Ran.of("cp", "--sparse=always", kept(file).toString(), file.toString()).ok();
        }
        Files.deleteIfExists(dir.resolve("monitor"));
        start("-incoming", "exec:cat " + memory());
        while (!Files.exists(dir.resolve("monitor")) || !running.hardware("info status").contains("running")) {
            assertTrue(running.process().isAlive(), "the machine could not be resumed");
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }
}
