package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.Test;

/** Scripts of the build and of the image can be read by their shell, and have none of the faults that are known of shells. */
class ShellTest {

    private static String firstLine(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> scripts() {
        return Stream.of("make", "root", "initramfs").flatMap(folder -> Recipe.below(Recipe.HERE.resolve(folder)).stream())
                .filter(file -> firstLine(file).matches("#!/bin/(ba|)sh.*")).toList();
    }

    private static List<Path> all() {
        List<Path> all = new ArrayList<>(scripts());
        all.add(Recipe.HERE.resolve("image"));
        all.add(Recipe.HERE.resolve("make/common.sh"));
        // Sourced by the first stage, and by others.
        all.addAll(List.of(Recipe.HERE.resolve("boot/variables"), Recipe.HERE.resolve("initramfs/screen"), Recipe.HERE.resolve("initramfs/data"), Recipe.HERE.resolve("initramfs/rescue")));
        return all;
    }

    @Test
    void theirShellReadsThem() {
        assertTrue(scripts().size() > 12, () -> "scripts are found: " + scripts());
        for (Path script : all()) {
            String shell = firstLine(script).matches("#!/bin/sh|# shellcheck shell=(da|)sh.*") ? "/bin/sh" : "/bin/bash";
            assertEquals("", Ran.of(shell, "-n", script.toString()).ok().said());
        }
    }

    /** Which of its remarks are of no interest stands in .shellcheckrc; and a file of the machine itself, like os-release, is not here to be read. */
    @Test
    void theyHaveNoKnownFault() {
        Daemon.assume("faults of shell scripts", "/usr/bin/shellcheck", "shellcheck");
        List<String> command = new ArrayList<>(List.of("/usr/bin/shellcheck", "--severity=warning", "--exclude=SC1090", "--format=gcc"));
        all().forEach(script -> command.add(script.toString()));
        assertEquals("", Ran.of(command.toArray(String[]::new)).said());
    }

    /** What a unit or the updater calls must be a program. */
    @Test
    void programsOfTheRootMayBeRun() {
        for (Path script : scripts()) {
            assertTrue(Files.isExecutable(script), () -> script + " may not be run");
        }
    }
}
