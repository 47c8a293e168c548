package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine that hangs and comes back: the image's kernel and root with the system's own process, its settings and the units of this checkout, without the
 * appliance. Two and a half minutes of each test are the watchdog's own patience.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class WatchdogIT {

    private static final String QEMU = "/usr/bin/qemu-system-x86_64";
    private static final Duration START = Duration.ofMinutes(6);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Path IMAGE = Recipe.HERE.resolve("target/image");

    @TempDir
    Path dir;

    @BeforeAll
    static void make() {
        Daemon.assume("watchdogs", QEMU, "qemu-system-x86");
        if (!Files.exists(IMAGE.resolve("rootfs.img"))) {
            Versions.make();
        }
    }

    /** The kernel's own restart after a panic is off: what starts the machine again is not the kernel. */
    @Test
    void aKernelThatIsStuckIsStartedAgainByTheHardware() throws Exception {
        hangs("kernel", "i6300ESB timer", List.of("-device", "i6300esb"));
    }

    @Test
    void aSystemThatIsStuckIsStartedAgainByTheKernelWhereTheHardwareHasNothingForThat() throws Exception {
        hangs("system", "Software Watchdog", List.of());
    }

    private void hangs(String what, String watchdog, List<String> hardware) throws Exception {
        Path first = dir.resolve("first.gz");
        Ran.of(Recipe.HERE.resolve("src/test/guest/make").toString(), IMAGE.toString(), first.toString()).ok();
        Process machine = start(first, what, hardware);
        try {
            Console console = new Console(machine.getInputStream(), machine.getOutputStream(), dir.resolve("serial.log"));
            String took = "GUEST watchdog (.*) of (\\d+) s";
            assertEquals(watchdog, console.await(took, START).group(1));
            long begin = System.nanoTime();
            // the same again is another start
            assertEquals("120", console.await(took, PATIENCE).group(2));
            System.out.printf("watchdog: %s: a machine whose %s hung was up again after %d s%n", watchdog, what, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        } finally {
            machine.destroyForcibly();
        }
    }

    private Process start(Path first, String what, List<String> hardware) throws IOException {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "2", QEMU, "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "1024", "-display", "none", "-no-user-config", "-nodefaults",
                "-machine", "q35", "-drive", "if=virtio,format=raw,readonly=on,file=" + IMAGE.resolve("rootfs.img"), "-serial", "stdio"));
        command.addAll(List.of("-kernel", IMAGE.resolve("kernel/vmlinuz").toString(), "-initrd", first.toString(), "-append",
                "console=ttyS0 quiet panic=0 lockdown=integrity mitigations=off systemd.gpt_auto=0 systemd.unit=guest.target guest.hang=" + what));
        command.addAll(hardware);
        return new ProcessBuilder(command).redirectError(dir.resolve("qemu.log").toFile()).start();
    }
}
