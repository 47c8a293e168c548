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
import org.azekura.driver.disk.DiskDevice;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.DriverPackage;
import org.azekura.packages.PackageVersion;
import org.azekura.packages.PackageWriter;
import org.azekura.packages.PublisherKey;

/** Packages with versions of a driver, {@code disk} if no other is named, that a publisher of this test has made of the distribution's. */
final class DiskVersions {

    private static final Path DISTRIBUTION = Path.of("target/azekura/drivers");

    private final Path folder;
    private final PublisherKey key;
    private final DriverManifest manifest;
    private final Manifest bundle;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    final Path certificate;

    DiskVersions(Path folder) throws Exception {
        this(folder, "disk");
    }

    DiskVersions(Path folder, String driver) throws Exception {
        this.folder = folder;
        key = PublisherKey.make(folder.resolve("publisher"), "Test Drivers Inc.", Duration.ofDays(1), Instant.now());
        certificate = PublisherKey.certificateFile(folder.resolve("publisher"));
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
        return made(version, DiskDevice.class, BrokenDevice.class);
    }

    /** One that throws when it is told to. */
    Path stumbling(String version) throws Exception {
        return made(version, DiskDevice.class, BrokenDevice.class, StumblingDevice.class);
    }

    /** One whose device is another class: the last of these, which it needs. */
    Path made(String version, Class<?> device, Class<?>... others) throws Exception {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        for (Class<?> other : others) {
            add(changed, other);
        }
        inXml(changed, device.getName() + "\"/", others[others.length - 1].getName() + "\"/");
        return pack(version, copy(version), changed);
    }

    /** Another driver that does the same. */
    Path other(String name, String version) throws Exception {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        inXml(changed, "ame=\"org.azekura.driver.disk\"", "ame=\"org.azekura.driver." + name + "\"");
        inXml(changed, "Pid=\"org.azekura.driver.disk\"", "Pid=\"org.azekura.driver." + name + "\"");
        Manifest head = copy(version);
        head.getMainAttributes().putValue("Bundle-SymbolicName", "org.azekura.driver." + name);
        return pack(name, version, head, changed);
    }

    private static void inXml(Map<String, byte[]> entries, String from, String to) {
        entries.replaceAll((name, bytes) -> name.startsWith("OSGI-INF/") && name.endsWith(".xml") ? new String(bytes, UTF_8).replace(from, to).getBytes(UTF_8)
                : bytes);
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
        return pack(manifest.name(), version, head, content);
    }

    private Path pack(String name, String version, Manifest head, Map<String, byte[]> content) throws Exception {
        Path jar = folder.resolve(name + "-" + version + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), head)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        DriverManifest changed = new DriverManifest(name, PackageVersion.parse(version), manifest.kind(), "Test Drivers Inc.", manifest.licence(),
                manifest.needs(), List.of(manifest.bundles().getFirst()), manifest.families(), manifest.notes());
        return sign(changed, jar);
    }

    /** A package of this one bundle. */
    Path sign(DriverManifest what, Path jar) throws Exception {
        Path file = folder.resolve(what.fileName());
        PackageWriter.of(what).add(what.bundles().getFirst(), jar).write(file, Optional.of(key), false);
        return file;
    }
}
