package org.azekura.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a build has made, for all tests of it: made anew only if the recipe, the keys or the distribution have other contents by now. With
 * {@code -Dazekura.image.reuse=true} what an earlier run has made is taken as it is.
 */
final class LastBuild {

    private static final List<Path> MADE_OF = Stream.concat(Stream.of("boot", "initramfs", "make", "root", "keys").map(Recipe.HERE::resolve),
            Stream.of(Recipe.PROJECT.resolve("felix-config/target/azekura"))).toList();

    private LastBuild() {
    }

    static void require() {
        if (isThere() && (Boolean.getBoolean("azekura.image.reuse") || isOfThese())) {
            return;
        }
        try {
            Files.deleteIfExists(note());
            Versions.make();
            Files.writeString(note(), contents());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere() {
        return Stream.of(disk(), keys(), Versions.update(Versions.SECOND), Versions.update(Versions.BROKEN)).allMatch(Files::exists);
    }

    private static boolean isOfThese() {
        try {
            return Files.exists(note()) && Files.readString(note()).equals(contents());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not the times: each build makes the same jars anew. */
    private static String contents() throws IOException {
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            for (Path folder : MADE_OF) {
                for (Path file : Files.isDirectory(folder) ? Recipe.below(folder) : List.<Path>of()) {
                    all.update((Recipe.PROJECT.relativize(file) + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                    all.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path note() {
        return part("made-of");
    }

    static Path disk() {
        return Versions.disk();
    }

    /** The stick that brings our keys into a firmware. */
    static Path keys() {
        return part("azekura-" + Versions.FIRST + "-keys.img");
    }

    /** Another result of the build. */
    static Path part(String name) {
        return Versions.TARGET.resolve(name);
    }
}
