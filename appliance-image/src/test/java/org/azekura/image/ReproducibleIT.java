package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two builds of the whole image from the same inputs, each from nothing in a folder of its own: whoever has the sources, the keys and the packages of the day can tell
 * that a firmware is what it says it is. Signatures have their time in them and are left out; all that they cover is not.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class ReproducibleIT {

    private static final Path TARGET = Recipe.HERE.resolve("target/reproducible");
    private static final Duration LIMIT = Duration.ofMinutes(40);
    /** The root with its proof, the first stage, the kernel with it and its command line, and the boot loader with its script. */
    private static final List<String> SIGNED = List.of("roothash", "rootfs.img", "initramfs.zst", "kernel.unsigned", "memdisk.tar", "grub.unsigned");

    private static Path build(String name) {
        Path target = TARGET.resolve(name);
        Ran.with(LIMIT, Map.of(), "rm", "-rf", target.toString()).ok();
        Ran.with(LIMIT, Map.of("JAVA_HOME", System.getProperty("java.home"), "AZEKURA_IMAGE_COMPRESSION", "lz4", "AZEKURA_IMAGE_TARGET", target.toString()),
                Recipe.HERE.resolve("image").toString(), "build").ok();
        return target;
    }

    @Test
    void theSameInputsGiveTheSameRootAndKernel() throws IOException {
        Path one = build("one");
        Path other = build("other");
        Ran trees = Ran.with(LIMIT, Map.of(), "diff", "-rq", "--no-dereference", one.resolve("root").toString(), other.resolve("root").toString());
        assertEquals("", trees.said(), "files of the root");
        for (String file : SIGNED) {
            assertEquals(-1, Files.mismatch(one.resolve(file), other.resolve(file)), file);
        }
        System.out.printf("image: root hash %s twice%n", Files.readString(one.resolve("roothash")).strip());
        Ran.with(LIMIT, Map.of(), "rm", "-rf", TARGET.toString()).ok();
    }
}
