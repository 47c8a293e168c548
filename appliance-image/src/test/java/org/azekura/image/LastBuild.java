package org.azekura.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a build has made, for tests of a part of it: made anew only if something of the recipe is younger. */
final class LastBuild {

    private static final List<String> RECIPE = List.of("boot", "initramfs", "make", "root", "keys");

    private LastBuild() {
    }

    static void require() {
        if (!isOfThisRecipe()) {
            Versions.make();
        }
    }

    private static boolean isOfThisRecipe() {
        if (!Files.exists(disk()) || !Files.exists(keys())) {
            return false;
        }
        FileTime youngest = RECIPE.stream().map(Recipe.HERE::resolve).filter(Files::exists).flatMap(folder -> Recipe.below(folder).stream()).map(LastBuild::time).max(Comparator.naturalOrder())
                .orElseThrow();
        return Stream.of(disk(), keys()).allMatch(file -> time(file).compareTo(youngest) >= 0);
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
