package org.azekura.felix.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One module as it was built.
 *
 * @param folder   like {@code core/engine}
 * @param name     the bundle's symbolic name; of a program, which has none, the artifact's
 * @param packages all of ours that lie in its jar; a program has those of its rooms too
 * @param imports  packages, without versions
 * @param exports  packages, without versions
 */
record Room(String folder, String artifactId, String name, boolean program, Set<String> packages, Set<String> imports, Set<String> exports,
        List<Dependency> dependencies) {

    /** One dependency of the pom. */
    record Dependency(String groupId, String artifactId, String scope) {}

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    /** Quoted strings have commas; a version range is one. */
    private static final Pattern CLAUSE = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** What is no room: this module, the image that is made of all rooms, and the bench, which is no part of the appliance. */
    private static final Set<String> NO_ROOMS = Set.of("felix-config", "appliance-image", "bench");

    /** Every room that the parent pom lists. */
    static List<Room> all() throws IOException {
        List<Room> rooms = new ArrayList<>();
        for (Element module : elements(PROJECT.resolve("pom.xml"), "module")) {
            if (!NO_ROOMS.contains(module.getTextContent())) {
                rooms.add(read(module.getTextContent()));
            }
        }
        return rooms;
    }

    private static Room read(String folder) throws IOException {
        Path pom = PROJECT.resolve(folder).resolve("pom.xml");
        String artifactId = elements(pom, "artifactId").stream().filter(e -> e.getParentNode().getNodeName().equals("project"))
                .map(Element::getTextContent).findFirst().orElseThrow();
        try (JarFile file = jar(folder, artifactId, version(pom))) {
            Attributes manifest = file.getManifest().getMainAttributes();
            Set<String> packages = file.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.'))
                    .filter(name -> name.startsWith("org.azekura")).collect(Collectors.toCollection(TreeSet::new));
            String name = manifest.getValue("Bundle-SymbolicName");
            return new Room(folder, artifactId, name == null ? artifactId : name, name == null, packages, names(manifest.getValue("Import-Package")),
                    names(manifest.getValue("Export-Package")), dependencies(pom));
        }
    }

    private static JarFile jar(String folder, String artifactId, String version) throws IOException {
        return new JarFile(PROJECT.resolve(folder).resolve("target").resolve(artifactId + "-" + version + ".jar").toFile());
    }

    /** A driver may have one of its own; the others have that of the parent. */
    private static String version(Path pom) throws IOException {
        List<Element> versions = elements(pom, "version");
        return versions.stream().filter(e -> e.getParentNode().getNodeName().equals("project")).findFirst().orElseGet(versions::getFirst).getTextContent();
    }

    /** By the names in their constant pools, which are plain text. */
    List<String> classesThatMention(String className) throws IOException {
        String sought = className.replace('.', '/') + "(?![A-Za-z0-9])";
        List<String> found = new ArrayList<>();
        try (JarFile file = jar(folder, artifactId, version(PROJECT.resolve(folder).resolve("pom.xml")))) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream().filter(e -> e.getName().endsWith(".class"))::iterator) {
                String content = new String(file.getInputStream(entry).readAllBytes(), ISO_8859_1);
                if (Pattern.compile(sought).matcher(content).find()) {
                    found.add(entry.getName());
                }
            }
        }
        return found;
    }

    /**
     * Which folders of a package import which others, by their sources.
     *
     * @return pairs of names below the package, who imports before what is imported; the package itself has none
     */
    Set<List<String>> importsWithin(String name) throws IOException {
        Pattern imported = Pattern.compile("(?m)^import (?:static )?" + Pattern.quote(name) + "((?:\\.[a-z0-9]+)*)\\.[A-Z]");
        Path folderOf = PROJECT.resolve(folder).resolve("src/main/java").resolve(name.replace('.', '/'));
        Set<List<String>> met = new HashSet<>();
        try (Stream<Path> sources = Files.walk(folderOf).filter(file -> file.toString().endsWith(".java"))) {
            for (Path source : (Iterable<Path>) sources::iterator) {
                Path from = folderOf.relativize(source).getName(0);
                String who = from.toString().endsWith(".java") ? "" : from.toString();
                imported.matcher(Files.readString(source)).results().map(found -> found.group(1).isEmpty() ? "" : found.group(1).split("\\.")[1])
                        .filter(whom -> !whom.equals(who)).forEach(whom -> met.add(List.of(who, whom)));
            }
        }
        return met;
    }

    private static Set<String> names(String header) {
        return header == null ? Set.of() : CLAUSE.splitAsStream(header).map(clause -> clause.split(";")[0].strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Dependency> dependencies(Path pom) throws IOException {
        return elements(pom, "dependency").stream().map(e -> new Dependency(child(e, "groupId"), child(e, "artifactId"), child(e, "scope")))
                .toList();
    }

    private static String child(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static List<Element> elements(Path pom, String name) throws IOException {
        try {
            NodeList found = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()).getElementsByTagName(name);
            return Stream.iterate(0, i -> i + 1).limit(found.getLength()).map(i -> (Element) found.item(i)).toList();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(pom.toString(), e);
        }
    }

    /** The folder above: core, bundles or drivers. */
    String wing() {
        return folder.substring(0, folder.indexOf('/'));
    }

    /** The last part of the folder. */
    String noun() {
        return folder.substring(folder.indexOf('/') + 1);
    }
}
