package org.azekura.kit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.azekura.api.BackupException;
import org.azekura.packages.DriverManifest.Kind;
import org.azekura.packages.PackageVersion;
import org.azekura.packages.SpiNeed;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A bundle with a component that serves the core.
 *
 * @param name     of a device's driver: the last part of the factory that its devices are configured by
 * @param families names of its settings forms
 */
record DriverBundle(Path file, String name, PackageVersion version, Kind kind, String licence, List<SpiNeed> needs, List<String> families, List<String> notes) {

    private static final String FACTORY = "org.azekura.driver.";
    private static final String OURS = "org.azekura.";
    private static final Map<String, Kind> KINDS = Map.of("org.azekura.api.device", Kind.DEVICE, "org.azekura.api.transport.Transport", Kind.TRANSPORT,
            "org.azekura.api.catalog.CatalogStore", Kind.CATALOG);

    /** A component that serves, as its description says. */
    private record Served(String name, Kind kind) {}

    /** @throws BackupException {@code module.unbuilt} that says what is missing */
    static DriverBundle read(Path file) throws BackupException, IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes headers = headers(file, jar);
            Served served = served(file, jar, headers);
            return new DriverBundle(file, served.name, version(file, headers), served.kind, licence(file, headers), needs(file, headers), families(jar),
                    headers.getValue("Bundle-Description") == null ? List.of() : List.of(headers.getValue("Bundle-Description")));
        } catch (ZipException e) {
            throw BuiltModule.unbuilt(file, "it is no jar; build it anew");
        }
    }

    /** What a bundle wants of the API. */
    static List<SpiNeed> needs(Path file) throws BackupException, IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return needs(file, headers(file, jar));
        } catch (ZipException e) {
            throw BuiltModule.unbuilt(file, "it is no jar");
        }
    }

    private static Attributes headers(Path file, JarFile jar) throws BackupException, IOException {
        Manifest manifest = jar.getManifest();
        if (manifest == null || manifest.getMainAttributes().getValue("Bundle-SymbolicName") == null) {
            throw BuiltModule.unbuilt(file, "it is no bundle: its manifest has no Bundle-SymbolicName; the bnd-maven-plugin writes it");
        }
        return manifest.getMainAttributes();
    }

    private static PackageVersion version(Path file, Attributes headers) throws BackupException {
        String version = headers.getValue("Bundle-Version");
        try {
            return PackageVersion.parse(version == null ? "" : version);
        } catch (IllegalArgumentException e) {
            throw BuiltModule.unbuilt(file, "a package has a version of three numbers, like 1.4.0, and its Bundle-Version is " + version
                    + "; set the version in the pom");
        }
    }

    private static String licence(Path file, Attributes headers) throws BackupException {
        List<Header.Clause> clauses = Header.clauses(headers.getValue("Bundle-License"));
        if (clauses.isEmpty() || clauses.getFirst().name().isBlank()) {
            throw BuiltModule.unbuilt(file, "it names no licence; write <licenses> into the pom, or Bundle-License into bnd.bnd");
        }
        return clauses.getFirst().name();
    }

    private static List<SpiNeed> needs(Path file, Attributes headers) throws BackupException {
        List<SpiNeed> needs = new ArrayList<>();
        for (Header.Clause clause : Header.clauses(headers.getValue("Import-Package"))) {
            if (clause.name().startsWith(OURS + "api")) {
                needs.add(need(file, clause));
            }
        }
        return needs;
    }

    private static SpiNeed need(Path file, Header.Clause clause) throws BackupException {
        String range = clause.attributes().getOrDefault("version", "");
        int comma = range.indexOf(',');
        try {
            if (!range.startsWith("[") || !range.endsWith(")") || comma < 0) {
                throw new IllegalArgumentException("it has no range");
            }
            return new SpiNeed(clause.name(), PackageVersion.loose(range.substring(1, comma)), PackageVersion.loose(range.substring(comma + 1, range.length() - 1)));
        } catch (IllegalArgumentException e) {
            throw BuiltModule.unbuilt(file, "it imports " + clause.name() + " in the versions \"" + range + "\"; a range like [0.1,1) tells which hosts will do,"
                    + " and bnd writes one");
        }
    }

    private static Served served(Path file, JarFile jar, Attributes headers) throws BackupException, IOException {
        for (Header.Clause clause : Header.clauses(headers.getValue("Service-Component"))) {
            JarEntry entry = jar.getJarEntry(clause.name());
            if (entry == null) {
                continue;
            }
            Document component = document(jar, entry);
            for (Element provided : Xml.all(component, "provide")) {
                String service = provided.getAttribute("interface");
                Kind kind = KINDS.getOrDefault(service, KINDS.get(service.substring(0, Math.max(0, service.lastIndexOf('.')))));
                if (kind != null) {
                    return new Served(name(file, component.getDocumentElement(), kind, headers), kind);
                }
            }
        }
        throw BuiltModule.unbuilt(file, "none of its components serves with a device (org.azekura.api.device), a Transport or a CatalogStore; see @Component");
    }

    private static String name(Path file, Element component, Kind kind, Attributes headers) throws BackupException {
        if (kind != Kind.DEVICE) {
            String bundle = Header.clauses(headers.getValue("Bundle-SymbolicName")).getFirst().name();
            return (bundle.startsWith(OURS) ? bundle.substring(OURS.length()) : bundle).replace('.', '-');
        }
        String factory = component.getAttribute("configuration-pid").isEmpty() ? component.getAttribute("name") : component.getAttribute("configuration-pid");
        if (!factory.startsWith(FACTORY)) {
            throw BuiltModule.unbuilt(file, "its component is configured by \"" + factory + "\"; devices are configured by " + FACTORY + "NAME: name the component so");
        }
        return factory.substring(FACTORY.length());
    }

    private static List<String> families(JarFile jar) throws IOException {
        List<String> families = new ArrayList<>();
        for (JarEntry entry : jar.stream().filter(e -> e.getName().matches("OSGI-INF/metatype/[^/]+\\.xml")).sorted((a, b) -> a.getName().compareTo(b.getName())).toList()) {
            Xml.all(document(jar, entry), "OCD").forEach(form -> families.add(form.getAttribute("name")));
        }
        families.removeIf(String::isBlank);
        return families;
    }

    private static Document document(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return Xml.read(in, entry.getName());
        }
    }
}
