package org.azekura.felix.config;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.Endpoint;

/** What a start decides for the whole process: framework properties, system properties, where stray output goes. */
final class Surroundings {

    /** Packages of the class path that bundles share with the launcher, which talks to ConfigurationAdmin and the component runtime. */
    static final List<String> SHARED_PACKAGES = List.of(
            "org.osgi.service.cm;version=1.6.1",
            "org.osgi.service.component;version=1.5.1",
            "org.osgi.service.component.propertytypes;version=1.5",
            "org.osgi.service.component.runtime;version=1.5",
            "org.osgi.service.component.runtime.dto;version=1.5",
            "org.osgi.util.converter;version=1.0.9",
            "org.osgi.util.function;version=1.2",
            "org.osgi.util.promise;version=1.3");

    private static final long CONSOLE_LOG_BYTES = 1 << 20;

    private Surroundings() {}

    static Map<String, String> frameworkProperties(UpOptions options, Membership self, TransportPort port, Home home, Path distribution,
            int beginningStartLevel) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("org.osgi.framework.storage", home.frameworkCache().toString());
        properties.put("org.osgi.framework.storage.clean", "onFirstInit");
        properties.put("org.osgi.framework.startlevel.beginning", Integer.toString(beginningStartLevel));
        properties.put("org.osgi.framework.system.packages.extra", String.join(",", SHARED_PACKAGES));
        properties.put("felix.cm.dir", home.config().toString());
        properties.put("gosh.args", "--noshutdown");
        // Plain HTTP is never served; HTTPS is configured once its certificate is there.
        properties.put("org.apache.felix.http.enable", "false");
        properties.put("org.apache.felix.https.enable", "false");
        properties.put("azekura.home", home.folder().toString());
        properties.put("azekura.distribution", distribution.toString());
        properties.put("azekura.name", self.name());
        properties.put("azekura.roles", Role.words(self.roles()));
        properties.put("azekura.server", self.servers().stream().map(Endpoint::toString).collect(Collectors.joining(",")));
        properties.put("azekura.transport.host", self.host());
        properties.put("azekura.transport.port", Integer.toString(port.number()));
        properties.put("azekura.console.host", self.host());
        properties.put("azekura.console.port", Integer.toString(options.port()));
        properties.put("azekura.adoptCatalog", Boolean.toString(options.adoptCatalog()));
        return properties;
    }

    /**
     * Key files of a home have no password, or one of 256 random bits: what takes guessers time would only take ours, a fifth of a start. To be
     * called before any is read or written; those that are there keep what they were made with.
     */
    static void keyFiles() {
        for (String worked : List.of("keyPbe", "certPbe", "mac")) {
            System.setProperty("keystore.pkcs12." + worked + "IterationCount", "1");
        }
    }

    /** Libraries that unpack native code read these; nothing may be written outside the home. */
    static void systemProperties(Home home, Path distribution) {
        System.setProperty("java.io.tmpdir", home.temporary().toString());
        System.setProperty("org.sqlite.tmpdir", home.temporary().toString());
        System.setProperty("ZstdTempFolder", home.temporary().toString());
        System.setProperty("azekura.log", home.log().toString());
        System.setProperty("logback.configurationFile", distribution.resolve("etc").resolve("logback.xml").toString());
    }

    /** The console stays quiet: what libraries print goes to a file. */
    static void redirectOutput(Home home) throws IOException {
        Path file = home.log().resolve("console.log");
        if (Files.exists(file) && Files.size(file) > CONSOLE_LOG_BYTES) {
            Files.delete(file);
        }
        var stream = new PrintStream(Files.newOutputStream(file, CREATE, APPEND), true);
        System.setOut(stream);
        System.setErr(stream);
    }
}
