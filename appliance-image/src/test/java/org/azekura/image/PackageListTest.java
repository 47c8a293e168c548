package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that say what is in the root: each line names a thing and says what for, once. */
class PackageListTest {

    private static List<String> lines(Path list) throws IOException {
        return Files.readAllLines(list).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    private static Set<String> names(Path list) throws IOException {
        return lines(list).stream().map(line -> line.split("\\s")[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root/packages.txt", "root/java-modules.txt", "root/enabled-units.txt", "root/masked-units.txt", "root/modules-left-out.txt", "root/files-left-out.txt", "root/modules-needed.txt", "root/firmware-packages.txt", "initramfs/modules.txt"})
    void eachLineSaysWhatFor(String list) throws IOException {
        Set<String> seen = new HashSet<>();
        for (String line : lines(Recipe.HERE.resolve(list))) {
            assertTrue(line.matches("[A-Za-z0-9][A-Za-z0-9@._/+*-]*\\s+\\S.*"), () -> list + ": " + line + ": a name, then what for");
            assertTrue(seen.add(line.split("\\s")[0]), () -> list + ": twice: " + line);
        }
        assertTrue(!seen.isEmpty(), list);
    }

    @Test
    void javaModulesAreOfThisJava() throws IOException {
        for (String name : names(Recipe.HERE.resolve("root/java-modules.txt"))) {
            assertTrue(ModuleFinder.ofSystem().find(name).isPresent(), () -> "Java has no module " + name);
        }
    }

    @Test
    void ourUnitsThatAreEnabledAreThere() throws IOException {
        for (String unit : names(Recipe.HERE.resolve("root/enabled-units.txt"))) {
            Path file = Recipe.FILES.resolve("usr/lib/systemd/system").resolve(unit.replaceFirst("@[^.]*", "@"));
            assertTrue(!unit.startsWith("azekura") || Files.exists(file), () -> "there is no " + unit);
        }
    }

    /** The build looks whether they are there; this, whether it could be so. */
    @Test
    void noModuleThatIsNeededIsOfAFolderThatIsLeftOut() throws IOException {
        Set<String> out = names(Recipe.HERE.resolve("root/modules-left-out.txt"));
        assertEquals(List.of(), names(Recipe.HERE.resolve("root/modules-needed.txt")).stream().filter(module -> out.stream().anyMatch(folder -> module.startsWith(folder + "/"))).toList());
    }

    /** What the first stage has is of the root, too. */
    @Test
    void whatTheFirstStageNeedsOfHardwareTheRootNeeds() throws IOException {
        Set<String> needed = names(Recipe.HERE.resolve("root/modules-needed.txt")).stream().map(module -> module.substring(module.lastIndexOf('/') + 1)).collect(Collectors.toSet());
        for (String controller : List.of("mpt3sas", "mpi3mr", "megaraid_sas", "aacraid", "smartpqi", "hpsa", "ahci", "nvme", "usb-storage", "uas")) {
            assertTrue(needed.contains(controller) && names(Recipe.HERE.resolve("initramfs/modules.txt")).contains(controller), controller);
        }
    }

    /** README.md tells which packages a build needs; the slow stage, which builds, installs them. */
    @Test
    void packagesOfTheBuildAreThoseOfTheSlowStage() throws IOException {
        Matcher told = Pattern.compile("Debian packages beyond those of a build: `([^`]*)`").matcher(Files.readString(Recipe.HERE.resolve("README.md")));
        assertTrue(told.find());
        Path tests = Recipe.PROJECT.resolve("felix-config/src/test");
        Set<String> installed = names(tests.resolve("debian-packages.txt"));
        installed.addAll(names(tests.resolve("debian-packages-slow.txt")));
        Set<String> missing = new TreeSet<>(Set.of(told.group(1).split(" ")));
        missing.removeAll(installed);
        assertEquals(Set.of(), missing);
    }
}
