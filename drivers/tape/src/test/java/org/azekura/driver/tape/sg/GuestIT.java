package org.azekura.driver.tape.sg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code /dev/sgN} of another kernel: a guest under QEMU without hardware support, with scsi_debug's tape drive (senses, lost commands, removal) and, by the
 * kernel's own iSCSI, the library of this host's tgtd (data), and a drive behind the kernel's own SCSI target (reservations that are enforced). Run by {@code check --slow}.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class GuestIT {

    private static final String QEMU = "/usr/bin/qemu-system-x86_64";
    private static final int MISSING = 77;

    @TempDir
    Path dir;

    private static void skip(String why) {
        System.out.println("*** NOT TESTED: /dev/sg on a guest kernel: " + why);
        abort(why);
    }

    /** The part of the class path that is needed there, and the folder with the native library. */
    private static List<String> classPath() {
        List<String> needed = new ArrayList<>(List.of(Path.of("target/classes").toAbsolutePath().toString()));
        for (String entry : System.getProperty("java.class.path").split(":")) {
            String name = Path.of(entry).getFileName().toString();
            if (Files.exists(Path.of(entry)) && !name.contains("jazzer") && !name.contains("surefire")) {
                needed.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        return needed;
    }

    private void make(Path guest) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of("src/test/guest/make").toAbsolutePath().toString(), guest.toString(), System.getProperty("java.home")));
        command.addAll(classPath());
        Path out = dir.resolve("make");
        Process make = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertTrue(make.waitFor(5, TimeUnit.MINUTES), "the guest is made in time");
        } finally {
            make.destroyForcibly();
        }
        String said = Files.readString(out).strip();
        if (make.exitValue() == MISSING) {
            skip(said);
        }
        assertEquals(0, make.exitValue(), said);
    }

    /** One processor: with two, code that the kernel changes in itself is sometimes run half changed by this emulation. */
    private String console(Path guest, int port) throws Exception {
        Path console = dir.resolve("console");
        Process qemu = new ProcessBuilder(QEMU, "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "1024", "-display", "none", "-no-reboot",
                "-nodefaults", "-serial", "stdio", "-kernel", guest.resolve("vmlinuz").toString(), "-initrd", guest.resolve("initrd.gz").toString(), "-append",
                "console=ttyS0 quiet panic=-1 mitigations=off nokaslr azekura.port=" + port, "-netdev", "user,id=n0", "-device",
                "virtio-net-pci,netdev=n0,romfile=").redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile()).redirectOutput(console.toFile()).start();
        try {
            assertTrue(qemu.waitFor(10, TimeUnit.MINUTES), () -> "it ends in time: " + text(console));
        } finally {
            qemu.destroyForcibly();
        }
        return text(console);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    @Timeout(value = 16, unit = TimeUnit.MINUTES)
    void devicesOfAnotherKernelAreSpokenToAsTheyShould() throws Exception {
        if (!Files.isExecutable(Path.of(QEMU))) {
            skip("the Debian package qemu-system-x86 is missing");
        }
        Vtl.assumeUsable();
        Path guest = Path.of("target/guest").toAbsolutePath();
        make(guest);
        try (Vtl vtl = Vtl.start(Files.createDirectory(dir.resolve("vtl")))) {
            String console = console(guest, vtl.port());
            List<String> said = console.lines().filter(line -> line.contains("GUEST ")).map(line -> line.substring(line.indexOf("GUEST "))).toList();
            said.forEach(System.out::println);
            assertTrue(said.stream().noneMatch(line -> line.startsWith("GUEST failed")), console);
            assertEquals("GUEST end 0", said.isEmpty() ? "" : said.getLast(), console);
            assertEquals(13, said.stream().filter(line -> line.startsWith("GUEST ok ")).count(), console);
        }
    }
}
