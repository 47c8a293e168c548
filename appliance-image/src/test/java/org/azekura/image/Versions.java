package org.azekura.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Three versions of the same sources, the third of which never does its work: made by the very command of a build, compressed less and so sooner. */
final class Versions {

    static final String FIRST = "1.0.0";
    static final String SECOND = "2.0.0";
    static final String BROKEN = "3.0.0";
    /** The folder of what these builds make: not that of an image that somebody has built for use. */
    static final Path TARGET = Recipe.HERE.resolve("target/versions");
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private Versions() {
    }

    static void make() {
        image("", "build", "--version", FIRST);
        image("", "update", "--version", SECOND);
        image("start", "update", "--version", BROKEN);
    }

    private static void image(String broken, String what, String option, String version) {
        long begin = System.nanoTime();
        Ran ran = Ran.with(LIMIT, Map.of("JAVA_HOME", System.getProperty("java.home"), "AZEKURA_IMAGE_COMPRESSION", "lz4", "AZEKURA_IMAGE_BREAK", broken, "AZEKURA_IMAGE_TARGET",
                TARGET.toString()), Recipe.HERE.resolve("image").toString(), what, option, version).ok();
        ran.said().lines().filter(line -> line.endsWith(" s")).forEach(line -> System.out.println("image: " + line));
        System.out.printf("image: %s %s: %d s%n", what, version, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    static Path disk() {
        return TARGET.resolve("azekura-" + FIRST + ".img");
    }

    static Path update(String version) {
        return TARGET.resolve("azekura-" + version + ".raucb");
    }

    /** A file of the root. */
    static Path root(String path) {
        return TARGET.resolve("root" + path);
    }

    static void printSizes() throws IOException {
        Ran packed = Ran.with(LIMIT, Map.of(), "bash", "-c", "zstd -q -T2 -c \"$1\" | wc -c", "bash", disk().toString()).ok();
        System.out.printf("image: MiB: disk compressed %d, root with its proof (lz4) %d, update (lz4) %d, Java runtime uncompressed %d%n",
                mib(Long.parseLong(packed.said().strip())), mib(Files.size(TARGET.resolve("rootfs.img"))), mib(Files.size(update(SECOND))), mib(bytes(TARGET.resolve("runtime"))));
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : Recipe.below(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }
}
