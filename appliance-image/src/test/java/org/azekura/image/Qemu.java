package org.azekura.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.testkit.Daemon;

/** A computer to be: the hardware that all machines of these tests have in common, played by QEMU without help of the processor, and what one of them has besides. */
final class Qemu {

    private static final String PROGRAM = "/usr/bin/qemu-system-x86_64";

    private final List<String> command = new ArrayList<>();

    /**
     * @param chipset with its properties, as {@code q35}
     * @param memory  MiB of it
     * @param kept    MiB for code that is translated: as much as what runs in it needs
     */
    Qemu(String chipset, int memory, int kept) {
        // One processor: with two, code that one changes is sometimes run half changed by the other in this emulation, and Java changes its code all the time.
        command.addAll(List.of("nice", "-n", "2", PROGRAM, "-accel", "tcg,tb-size=" + kept, "-cpu", "max", "-smp", "1", "-m", Integer.toString(memory),
                "-display", "none", "-no-user-config", "-nodefaults", "-machine", chipset, "-serial", "stdio"));
    }

    /** Skips the test where the program is missing. */
    static void assume(String what) {
        Daemon.assume(what, PROGRAM, "qemu-system-x86");
    }

    /** More of QEMU's own options. */
    Qemu with(String... options) {
        command.addAll(List.of(options));
        return this;
    }

    Qemu with(List<String> options) {
        command.addAll(options);
        return this;
    }

    /** A disk whose driver each image has. @param properties of QEMU's {@code -drive}, with a comma behind each */
    Qemu disk(Path file, String properties) {
        return with("-drive", "if=virtio," + properties + "file=" + file);
    }

    /** What it starts first, in place of a firmware and a boot loader. */
    Qemu kernel(Path kernel, Path first, String line) {
        return with("-kernel", kernel.toString(), "-initrd", first.toString(), "-append", "console=ttyS0 quiet " + line);
    }

    /** @param dir for its files: what it said on the serial line ({@code serial.log}), and how its hardware is changed */
    Running start(Path dir) throws IOException {
        Path monitor = dir.resolve("monitor");
        with("-monitor", "unix:" + monitor + ",server,nowait");
        Process process = new ProcessBuilder(command).redirectError(dir.resolve("qemu.log").toFile()).start();
        return new Running(process, new Console(process.getInputStream(), process.getOutputStream(), dir.resolve("serial.log")), monitor);
    }
}
