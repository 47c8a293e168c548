package org.azekura.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.jar.JarInputStream;
import org.azekura.api.BackupException;

/** The module that a new driver begins as. */
record Template(String name) {

    private static final List<String> SOURCES = List.of("package-info.java", "@Name@Device.java", "@Name@Writer.java");
    private static final List<String> LIBRARIES = List.of("org.azekura.api", "org.azekura.testkit");

    /** A module of the checkout, which its pom names from now on. */
    void writeInto(Path module, Path parentPom) throws BackupException, IOException {
        String pom = Files.readString(parentPom);
        int last = pom.lastIndexOf("<module>drivers/");
        if (last < 0) {
            throw BackupException.operator("module.exists", parentPom.toString(), parentPom + " names no module of drivers/; give --to DIR");
        }
        write(module, "module.xml");
        String line = "<module>drivers/" + name + "</module>";
        if (!pom.contains(line)) {
            int end = pom.indexOf('\n', last) + 1;
            Files.writeString(parentPom, pom.substring(0, end) + "    " + line + "\n" + pom.substring(end));
        }
    }

    /** A module that needs nothing but Maven and what Maven finds: our own libraries lie in its folder {@code repository}. */
    void writeAlone(Path module) throws IOException {
        write(module, "alone.xml");
        for (String library : LIBRARIES) {
            Path folder = module.resolve("repository/org/azekura").resolve(library).resolve(exactVersion(library));
            Files.createDirectories(folder);
            String file = library + "-" + exactVersion(library);
            try (InputStream jar = TrialFramework.resource("/jars/" + library + ".jar")) {
                place(folder, file + ".jar", jar.readAllBytes());
            }
            place(folder, file + ".pom", text(library + ".xml").getBytes(UTF_8));
        }
    }

    /** With the checksum that Maven asks for; it warns at length of a file without. */
    private static void place(Path folder, String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
        Files.writeString(folder.resolve(name + ".sha1"), HexFormat.of().formatHex(digest("SHA-1").digest(content)));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private void write(Path module, String pom) throws IOException {
        String path = "org/azekura/driver/" + name;
        Path main = Files.createDirectories(module.resolve("src/main/java").resolve(path));
        Path test = Files.createDirectories(module.resolve("src/test/java").resolve(path));
        for (String source : SOURCES) {
            Files.writeString(main.resolve(filled(source)), text(source));
        }
        Files.writeString(test.resolve(filled("@Name@DeviceTest.java")), text("@Name@DeviceTest.java"));
        Files.writeString(module.resolve("pom.xml"), text(pom));
    }

    private String text(String resource) throws IOException {
        try (InputStream in = TrialFramework.resource("/org/azekura/kit/template/" + resource.replace("@Name@", "Name") + ".txt")) {
            return filled(new String(in.readAllBytes(), UTF_8));
        }
    }

    private String filled(String text) throws IOException {
        String filled = text.replace("@name@", name).replace("@Name@", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)).replace("@azekura@", version());
        for (String library : LIBRARIES) {
            filled = filled.replace("@" + library + "@", exactVersion(library));
        }
        Properties versions = versions();
        for (String library : versions.stringPropertyNames()) {
            filled = filled.replace("@" + library + "@", versions.getProperty(library));
        }
        return filled;
    }

    /**
     * Names one jar and no other: Maven keeps what it has found once, and would take it for a later one of the same version, also in the builds
     * of this house.
     */
    private static String exactVersion(String library) throws IOException {
        try (InputStream jar = TrialFramework.resource("/jars/" + library + ".jar")) {
            return version() + "-" + HexFormat.of().formatHex(digest("SHA-256").digest(jar.readAllBytes()), 0, 4);
        }
    }

    /** Of the API that this program has. */
    static String version() throws IOException {
        try (JarInputStream jar = new JarInputStream(TrialFramework.resource("/jars/org.azekura.api.jar"))) {
            return jar.getManifest().getMainAttributes().getValue("Bundle-Version");
        }
    }

    static Properties versions() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = TrialFramework.resource("/jars/versions.properties")) {
            versions.load(in);
        }
        return versions;
    }
}
