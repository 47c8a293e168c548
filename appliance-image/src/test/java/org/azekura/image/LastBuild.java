package org.azekura.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a build has made, for all tests of it: made anew only if something of the recipe is younger, or the distribution in it. With {@code -Dazekura.image.reuse=true}
 * what an earlier run has made is taken as it is.
 */
final class LastBuild {

    private static final List<String> RECIPE = List.of("boot", "initramfs", "make", "root", "keys");
    private static final Path DISTRIBUTION = Recipe.PROJECT.resolve("felix-config/target/azekura");

    private LastBuild() {
    }

    static void require() {
        if (!isThere() || !Boolean.getBoolean("azekura.image.reuse") && !isOfThisRecipe()) {
            Versions.make();
        }
    }

    private static Stream<Path> made() {
        return Stream.of(disk(), keys(), Versions.update(Versions.SECOND), Versions.update(Versions.BROKEN));
    }

    private static boolean isThere() {
        return made().allMatch(Files::exists);
    }

    private static boolean isOfThisRecipe() {
        FileTime youngest = Stream.concat(RECIPE.stream().map(Recipe.HERE::resolve), Stream.of(DISTRIBUTION)).filter(Files::exists).flatMap(folder -> Recipe.below(folder).stream()).map(LastBuild::time).max(Comparator.naturalOrder())
                .orElseThrow();
        return made().allMatch(file -> time(file).compareTo(youngest) >= 0);
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return Versions.disk().resolveSibling(name);
    }
}
