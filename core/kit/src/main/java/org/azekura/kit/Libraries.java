package org.azekura.kit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Bundles of third parties that an appliance has, and that drivers may import from. */
final class Libraries {

    /** What this program has itself, and what is no library. */
    private static final List<String> NOT_THESE = List.of("org.azekura.", "slf4j.", "ch.qos.logback.", "org.apache.felix.", "org.apache.aries.", "org.objectweb.",
            "org.eclipse.jetty.");

    private Libraries() {}

    /** The bundles of the distribution that this program lies in; null if it lies alone. */
    static Path beside() {
        try {
            Path program = Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path bundles = program.resolveSibling("../bundles").normalize();
            return Files.isDirectory(bundles) ? bundles : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static List<Path> in(Path folder) throws IOException {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).filter(Libraries::isLibrary).sorted().toList();
        }
    }

    private static boolean isLibrary(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            return name != null && NOT_THESE.stream().noneMatch(name::startsWith);
        } catch (IOException e) {
            return false;
        }
    }
}
