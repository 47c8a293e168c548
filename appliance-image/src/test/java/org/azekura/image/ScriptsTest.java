package org.azekura.image;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The image's own scripts at their work, each tried by a script of the folder {@code test}, with programs in the place of what would change this machine. */
class ScriptsTest {

    @BeforeEach
    void programs() {
        Daemon.assume("scripts of the image", "/usr/bin/jq", "jq");
        Daemon.assume("scripts of the image", "/usr/bin/mcopy", "mtools");
        Daemon.assume("scripts of the image", "/usr/sbin/sfdisk", "fdisk");
        Daemon.assume("scripts of the image", "/usr/bin/grub-editenv", "grub-common");
        Daemon.assume("scripts of the image", "/usr/bin/swtpm", "swtpm");
        Daemon.assume("scripts of the image", "/usr/bin/tpm2", "tpm2-tools");
        Daemon.assume("scripts of the image", "/usr/sbin/depmod", "kmod");
        Daemon.assume("scripts of the image", "/usr/bin/objcopy", "binutils");
        Daemon.assume("scripts of the image", "/bin/busybox", "busybox-static");
    }

    /** {@code scripts.sh} asks for what ShellTest and UnitScoreTest do. */
    @TestFactory
    Stream<DynamicTest> doTheirWork() {
        Path folder = Recipe.HERE.resolve("test");
        List<Path> tests = Files.isDirectory(folder) ? Recipe.below(folder) : List.of();
        return tests.stream().filter(file -> file.toString().endsWith(".sh") && !file.endsWith("common.sh") && !file.endsWith("scripts.sh"))
                .map(file -> dynamicTest(file.getFileName().toString(), () -> Ran.of("bash", file.toString()).ok()));
    }
}
