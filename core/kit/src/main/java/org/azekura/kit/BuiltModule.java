package org.azekura.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.PackageVersion;
import org.azekura.packages.PackageWriter;
import org.azekura.packages.SpiNeed;

/**
 * A Maven module that was built.
 *
 * @param driver the bundle that serves
 * @param others bundles beside it, by file name; they start before it
 */
record BuiltModule(DriverBundle driver, SortedMap<String, Path> others) {

    private static final int MAX_TEXT = 300;

    /** @throws BackupException {@code module.unbuilt} that says what is missing */
    static BuiltModule find(Path dir, Path jar) throws BackupException {
        try {
            if (!Files.isRegularFile(dir.resolve("pom.xml"))) {
                throw unbuilt(dir, "there is no " + dir.resolve("pom.xml") + "; give the folder of a Maven module");
            }
            return new BuiltModule(DriverBundle.read(jar != null ? jar : bundle(dir)), others(dir.resolve("target").resolve("bundles")));
        } catch (IOException e) {
            throw unbuilt(dir, "it can't be read: " + e.getMessage());
        }
    }

    static BackupException unbuilt(Path what, String why) {
        return BackupException.operator("module.unbuilt", what.toString(), "no package can be made of " + what + ": " + why);
    }

    /** The one that the pom names, else the only one that there is. */
    private static Path bundle(Path dir) throws BackupException, IOException {
        Path target = dir.resolve("target");
        Path named = target.resolve(Pom.read(dir.resolve("pom.xml")).finalName() + ".jar");
        if (Files.isRegularFile(named)) {
            return named;
        }
        List<Path> jars = new ArrayList<>(jars(target).values());
        jars.removeIf(jar -> jar.toString().matches(".*-(sources|javadoc|tests)\\.jar"));
        if (jars.size() != 1) {
            throw unbuilt(dir, (jars.isEmpty() ? "there is no jar in " + target : "there are " + jars.size() + " jars in " + target + ", and none is " + named.getFileName())
                    + "; build it first: mvn -f " + dir.resolve("pom.xml") + " clean package");
        }
        return jars.getFirst();
    }

    private static SortedMap<String, Path> others(Path folder) throws IOException {
        return Files.isDirectory(folder) ? jars(folder) : new TreeMap<>();
    }

    private static SortedMap<String, Path> jars(Path folder) throws IOException {
        SortedMap<String, Path> jars = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".jar")).forEach(file -> jars.put(file.getFileName().toString(), file));
            }
        }
        return jars;
    }

    DriverManifest manifest(String publisher) throws BackupException, IOException {
        SortedMap<String, SpiNeed> needs = new TreeMap<>();
        driver.needs().forEach(need -> needs.merge(need.name(), need, BuiltModule::both));
        for (Path other : others.values()) {
            DriverBundle.needs(other).forEach(need -> needs.merge(need.name(), need, BuiltModule::both));
        }
        List<String> bundles = new ArrayList<>(others.keySet().stream().map(name -> "bundles/" + name).toList());
        bundles.add("bundles/" + driver.file().getFileName());
        try {
            return new DriverManifest(driver.name(), driver.version(), driver.kind(), text(publisher), text(driver.licence()), List.copyOf(needs.values()), bundles,
                    driver.families().stream().map(BuiltModule::text).toList(), driver.notes().stream().map(BuiltModule::text).toList());
        } catch (IllegalArgumentException e) {
            throw unbuilt(driver.file(), e.getMessage());
        }
    }

    private static SpiNeed both(SpiNeed one, SpiNeed other) {
        PackageVersion atLeast = one.atLeast().compareTo(other.atLeast()) > 0 ? one.atLeast() : other.atLeast();
        PackageVersion below = one.below().compareTo(other.below()) < 0 ? one.below() : other.below();
        return new SpiNeed(one.name(), atLeast, below);
    }

    private static String text(String text) {
        String line = text.strip().replaceAll("[\\p{Cc}\\s\\u2028\\u2029]+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT).strip() + "…";
    }

    PackageWriter addTo(PackageWriter writer) {
        others.forEach((name, file) -> writer.add("bundles/" + name, file));
        return writer.add("bundles/" + driver.file().getFileName(), driver.file());
    }
}
