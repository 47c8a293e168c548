package org.azekura.image;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.testkit.Daemon;

/**
 * A machine with the image's kernel and root, whose system starts what one test needs of this checkout's units and nothing else ({@code src/test/guest}):
 * no boot loader, no appliance, so it is up in half a minute where nothing else runs.
 */
final class Guest implements AutoCloseable {

    static final Duration START = Duration.ofMinutes(15);
    private static final String QEMU = "/usr/bin/qemu-system-x86_64";
    private static final Path IMAGE = Recipe.HERE.resolve("target/image");

    private final Process process;
    private final Path monitor;
    final Console console;

    private Guest(Process process, Path monitor, Console console) {
        this.process = process;
        this.monitor = monitor;
        this.console = console;
    }

    /** The image's root is taken as it was built last. */
    static void assume(String what) {
        Daemon.assume(what, QEMU, "qemu-system-x86");
        if (!Files.exists(IMAGE.resolve("rootfs.img"))) {
            Versions.make();
        }
    }

    /**
     * @param dir      for its files
     * @param what     is done, see {@code guest/run}
     * @param hardware arguments of QEMU. Its chipset is one that has no watchdog
     */
    static Guest start(Path dir, String what, List<String> hardware) throws IOException {
        Path first = dir.resolve("first.gz");
        Ran.of(Recipe.HERE.resolve("src/test/guest/make").toString(), IMAGE.toString(), first.toString()).ok();
        List<String> command = new ArrayList<>(List.of("nice", "-n", "2", QEMU, "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "1024", "-display", "none", "-no-user-config", "-nodefaults",
                "-machine", "pc", "-drive", "if=virtio,format=raw,readonly=on,file=" + IMAGE.resolve("rootfs.img"), "-serial", "stdio"));
        command.addAll(List.of("-kernel", IMAGE.resolve("kernel/vmlinuz").toString(), "-initrd", first.toString(), "-monitor", "unix:" + dir.resolve("monitor") + ",server,nowait", "-append",
                "console=ttyS0 quiet panic=0 lockdown=integrity mitigations=off systemd.gpt_auto=0 systemd.unit=guest.target guest.do=" + what));
        command.addAll(hardware);
        Process process = new ProcessBuilder(command).redirectError(dir.resolve("qemu.log").toFile()).start();
        return new Guest(process, dir.resolve("monitor"), new Console(process.getInputStream(), process.getOutputStream(), dir.resolve("serial.log")));
    }

    /** Changes the hardware, in the words of QEMU's monitor, and waits until that is done. */
    void hardware(String order) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(monitor));
            channel.write(ByteBuffer.wrap((order + "\ninfo version\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer said = ByteBuffer.allocate(1 << 16);
            String answer = "";
            // its prompt behind both
            while (answer.split("\\(qemu\\) ", -1).length < 4 && channel.read(said) >= 0) {
                answer = new String(said.array(), 0, said.position(), StandardCharsets.ISO_8859_1);
            }
            if (answer.contains("Error")) {
                throw new IOException(answer);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
