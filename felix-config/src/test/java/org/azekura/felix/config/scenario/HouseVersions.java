package org.azekura.felix.config.scenario;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.PackageVersion;

/** Packages with versions of a bundle of the distribution that serves the appliance itself: a transport, or the catalog store. */
final class HouseVersions {

    private static final Path BUNDLES = Path.of("target/azekura/bundles");

    private final Path folder;
    private final DiskVersions signer;
    private final String name;
    private final DriverManifest.Kind kind;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Manifest bundle;

    /** @param name like {@code transport-local} */
    HouseVersions(Path folder, DiskVersions signer, String name, DriverManifest.Kind kind) throws Exception {
        this.folder = folder;
        this.signer = signer;
        this.name = name;
        this.kind = kind;
        try (InputStream in = Files.newInputStream(BUNDLES.resolve("org.azekura." + name.replace('-', '.') + ".jar")); JarInputStream jar = new JarInputStream(in)) {
            bundle = jar.getManifest();
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                entries.put(entry.getName(), jar.readAllBytes());
            }
        }
    }

    /** One that does the same. */
    Path good(String version) throws Exception {
        return pack(version, new Manifest(bundle));
    }

    /** One that starts and serves with nothing. */
    Path mute(String version) throws Exception {
        Manifest head = new Manifest(bundle);
        head.getMainAttributes().remove(new Attributes.Name("Service-Component"));
        return pack(version, head);
    }

    /** One that does not start. */
    Path broken(String version) throws Exception {
        Manifest head = new Manifest(bundle);
        head.getMainAttributes().putValue("Bundle-Activator", "org.azekura.nowhere.Activator");
        return pack(version, head);
    }

    private Path pack(String version, Manifest head) throws Exception {
        head.getMainAttributes().putValue("Bundle-Version", version);
        Path jar = folder.resolve(name + "-" + version + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), head)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return signer.sign(new DriverManifest(name, PackageVersion.parse(version), kind, "Test Drivers Inc.", "Apache-2.0", List.of(), List.of("bundles/a.jar"),
                List.of(), List.of()), jar);
    }
}
