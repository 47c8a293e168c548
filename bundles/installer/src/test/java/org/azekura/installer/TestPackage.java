package org.azekura.installer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;
import org.osgi.framework.Version;

/** Packages that are a properties file, and nothing to verify in them. */
final class TestPackage implements Admission {

    /** A package with one bundle. @param imports what it needs beside the framework; null for nothing */
    static Path make(Path folder, String name, String version, String mode, String imports) throws IOException {
        return make(folder, name, version, mode, imports, Kind.DEVICE);
    }

    static Path make(Path folder, String name, String version, String mode, String imports, Kind kind) throws IOException {
        return make(folder, name, version, mode, kind, kind == Kind.DEVICE ? bundle(name, version, mode, imports)
                : bundle("org.azekura." + name.replace('-', '.'), version, mode, imports, null));
    }

    /** A package of this driver with any bundle. */
    static Path make(Path folder, String name, String version, String mode, Kind kind, byte[] bundle) throws IOException {
        Properties content = new Properties();
        content.setProperty("kind", kind.name());
        content.setProperty("name", name);
        content.setProperty("version", version);
        content.setProperty("bundle", HexFormat.of().formatHex(bundle));
        Path file = folder.resolve(name + "-" + version + "-" + mode + ".azd");
        try (var out = Files.newBufferedWriter(file)) {
            content.store(out, null);
        }
        return file;
    }

    /** One that the distribution's lists would name: what it provides says which kind of driver it is. */
    static Path shipped(Path folder, String name, String version, String mode, Kind kind) throws IOException {
        String service = kind == Kind.CATALOG ? "org.azekura.api.catalog.CatalogStore" : "org.azekura.api.transport.Transport";
        return Files.write(folder.resolve(name + "-" + version + "-" + mode + ".jar"), bundle("org.azekura." + name.replace('-', '.'), version, mode, null,
                "osgi.service;objectClass:List<String>=\"" + service + "\""));
    }

    static byte[] bundle(String name, String version, String mode, String imports) throws IOException {
        return bundle("org.azekura.driver." + name, version, mode, imports, null);
    }

    private static byte[] bundle(String name, String version, String mode, String imports, String provides) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        main.putValue("Bundle-Activator", TestActivator.class.getName());
        main.putValue("Import-Package", "org.osgi.framework" + (imports == null ? "" : "," + imports));
        main.putValue("Test-Mode", mode);
        if (provides != null) {
            main.putValue("Provide-Capability", provides);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String type = TestActivator.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest); InputStream in = TestActivator.class.getResourceAsStream("/" + type)) {
            jar.putNextEntry(new JarEntry(type));
            in.transferTo(jar);
        }
        return bytes.toByteArray();
    }

    @Override
    public Candidate look(Path file) throws BackupException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Properties content = new Properties();
            content.load(new ByteArrayInputStream(bytes));
            if (content.getProperty("name") == null) {
                throw BackupException.operator("package.invalid", file.toString(), file + " is no driver package");
            }
            return new Read(content);
        } catch (IOException e) {
            throw BackupException.operator("package.invalid", file.toString(), file + " is no driver package: " + e);
        }
    }

    @Override
    public String contentId(Path folder) throws BackupException {
        try {
            return id(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("bundles/a.jar"))));
        } catch (IOException e) {
            throw BackupException.device("package.io", folder.toString(), e.toString(), e);
        }
    }

    /** Each package that the bundle imports and nobody offers. */
    @Override
    public String missing(Path folder, Map<String, String> offered) throws BackupException {
        try (JarFile jar = new JarFile(folder.resolve("bundles/a.jar").toFile())) {
            return Arrays.stream(jar.getManifest().getMainAttributes().getValue("Import-Package").split(",")).filter(name -> !offered.containsKey(name)).collect(Collectors.joining(","));
        } catch (IOException e) {
            throw BackupException.device("package.io", folder.toString(), e.toString(), e);
        }
    }

    private static String id(String bundle) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bundle.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Read(Properties content) implements Candidate {

        @Override
        public String name() {
            return content.getProperty("name");
        }

        @Override
        public Version version() {
            return new Version(content.getProperty("version"));
        }

        @Override
        public Kind kind() {
            return Kind.valueOf(content.getProperty("kind"));
        }

        @Override
        public List<String> bundles() {
            return List.of("bundles/a.jar");
        }

        @Override
        public String contentId() {
            return id(content.getProperty("bundle"));
        }

        @Override
        public String verified(PublisherTrust trust) {
            return "Tests";
        }

        @Override
        public void requireServed(Map<String, String> exported) {
            if (!exported.containsKey("org.osgi.framework")) {
                throw new AssertionError("nobody exports the framework: " + exported);
            }
        }

        @Override
        public void extractTo(Path folder) throws BackupException {
            try {
                Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
                Files.createDirectories(fresh.resolve("bundles"));
                Files.write(fresh.resolve("bundles/a.jar"), HexFormat.of().parseHex(content.getProperty("bundle")));
                Files.move(fresh, folder);
            } catch (IOException e) {
                throw BackupException.device("package.io", folder.toString(), e.toString(), e);
            }
        }
    }
}
