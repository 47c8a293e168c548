package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.DriverPackage;
import org.azekura.packages.PackageVersion;
import org.azekura.packages.PackageWriter;
import org.azekura.packages.PublisherKey;

/** Packages with versions of a driver that a publisher of this test has made of the distribution's. */
final class DriverVersions {

    static final String PUBLISHER = "Test Drivers Inc.";
    private static final Path DISTRIBUTION = Path.of("target/azekura/drivers");

    /** The driver's name. */
    final String driver;
    private final Path folder;
    private final PublisherKey key;
    private final Class<?> broken;
    private final DriverManifest manifest;
    private final Manifest bundle;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /**
     * @param key    of the publisher, see {@link #publisher}
     * @param broken a device of this driver that does not pass its self-test, made of the same settings
     */
    DriverVersions(Path folder, PublisherKey key, String driver, Class<?> broken) throws Exception {
        this.driver = driver;
        this.folder = folder;
        this.key = key;
        this.broken = broken;
        Path file;
        try (var files = Files.list(DISTRIBUTION)) {
            file = files.filter(found -> found.getFileName().toString().startsWith(driver + "-")).findFirst().orElseThrow();
        }
        manifest = DriverPackage.open(file).manifest();
        try (ZipFile zip = new ZipFile(file.toFile()); InputStream in = zip.getInputStream(zip.getEntry(manifest.bundles().getFirst()));
                JarInputStream jar = new JarInputStream(in)) {
            bundle = jar.getManifest();
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                entries.put(entry.getName(), jar.readAllBytes());
            }
        }
    }

    /** A key in this file; {@link PublisherKey#certificateFile} names what is to be trusted. */
    static PublisherKey publisher(Path file) throws Exception {
        return PublisherKey.make(file, PUBLISHER, Duration.ofDays(1), Instant.now());
    }

    /** What the distribution has. */
    PackageVersion here() {
        return manifest.version();
    }

    /** One that does the same. */
    Path good(String version) throws Exception {
        return pack(version, copy(version), entries);
    }

    /** One that fails its self-test. */
    Path broken(String version) throws Exception {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        add(changed, broken);
        changed.replaceAll((name, bytes) -> name.startsWith("OSGI-INF/") && name.endsWith(".xml") && !name.contains("metatype")
                ? new String(bytes, UTF_8).replaceFirst("(<implementation class=\")[^\"]+", "$1" + broken.getName()).getBytes(UTF_8) : bytes);
        return pack(version, copy(version), changed);
    }

    /** One that hangs in its start. */
    Path hanging(String version) throws Exception {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        add(changed, HangingActivator.class);
        Manifest head = copy(version);
        Attributes main = head.getMainAttributes();
        main.putValue("Bundle-Activator", HangingActivator.class.getName());
        if (!main.getValue("Import-Package").contains("org.osgi.framework")) {
            main.putValue("Import-Package", main.getValue("Import-Package") + ",org.osgi.framework;version=\"[1.8,2)\"");
        }
        return pack(version, head, changed);
    }

    private static void add(Map<String, byte[]> to, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream("/" + name)) {
            to.put(name, in.readAllBytes());
        }
    }

    private Manifest copy(String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bundle.write(bytes);
        Manifest copy = new Manifest(new ByteArrayInputStream(bytes.toByteArray()));
        copy.getMainAttributes().putValue("Bundle-Version", version);
        return copy;
    }

    private Path pack(String version, Manifest head, Map<String, byte[]> content) throws Exception {
        Path jar = folder.resolve(driver + "-" + version + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), head)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        DriverManifest changed = new DriverManifest(manifest.name(), PackageVersion.parse(version), manifest.kind(), PUBLISHER, manifest.licence(),
                manifest.needs(), List.of(manifest.bundles().getFirst()), manifest.families(), manifest.notes());
        Path file = folder.resolve(changed.fileName());
        PackageWriter.of(changed).add(manifest.bundles().getFirst(), jar).write(file, Optional.of(key), false);
        return file;
    }
}
