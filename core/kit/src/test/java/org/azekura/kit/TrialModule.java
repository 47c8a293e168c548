package org.azekura.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The module of the template, built without Maven and bnd: what they write is written here by hand. */
final class TrialModule {

    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="org.azekura.driver.shelf" configuration-policy="require"
                deactivate="close" init="1">
              <service><provide interface="org.azekura.api.device.BlobStore"/></service>
              <implementation class="org.azekura.driver.shelf.ShelfDevice"/>
            </scr:component>
            """;
    private static final String FORM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="settings" name="Shelf" description="Keeps backups."><AD id="path" type="String" name="Folder" description="Where."/></OCD>
              <Designate factoryPid="org.azekura.driver.shelf"><Object ocdref="settings"/></Designate>
            </metatype:MetaData>
            """;
    static final String HEADERS = """
            Manifest-Version: 1.0
            Bundle-ManifestVersion: 2
            Bundle-SymbolicName: org.azekura.driver.shelf
            Bundle-Version: 1.0.0
            Bundle-License: "Apache-2.0";link="https://www.apache.org/licenses/LICENSE-2.0.txt"
            Bundle-Description: The device driver shelf.
            Import-Package: org.azekura.api;version="[0.1,1)",org.azekura.api.device;version="[0.1,1)"
            Service-Component: OSGI-INF/org.azekura.driver.shelf.xml
            """;

    private TrialModule() {}

    /** Compiles what there is, as the build of the house does. */
    static void build(Path module, String headers) throws IOException {
        Path classes = Files.createDirectories(module.resolve("target/classes"));
        compile(module, classes);
        try (OutputStream file = Files.newOutputStream(module.resolve("target/org.azekura.driver.shelf-1.0.0.jar"));
                JarOutputStream jar = new JarOutputStream(file); Stream<Path> all = Files.walk(classes)) {
            put(jar, "META-INF/MANIFEST.MF", (headers + "\n").getBytes(UTF_8));
            put(jar, "OSGI-INF/org.azekura.driver.shelf.xml", COMPONENT.getBytes(UTF_8));
            put(jar, "OSGI-INF/metatype/settings.xml", FORM.getBytes(UTF_8));
            for (Path found : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                put(jar, classes.relativize(found).toString(), Files.readAllBytes(found));
            }
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
    }

    private static void compile(Path module, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = new ArrayList<>(List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"), "-Xlint:all,-processing,-classfile,-path",
                "-Werror", "-proc:none"));
        List<Path> sources;
        try (Stream<Path> all = Files.walk(module.resolve("src"))) {
            sources = all.filter(path -> path.toString().endsWith(".java")).toList();
        }
        StringWriter said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources)).call()) {
                throw new AssertionError("the template does not compile: " + said);
            }
        }
    }
}
