package org.azekura.felix.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the build put together, as the tests find it. */
final class Distribution {

    static final Path FOLDER = Path.of("target", "azekura").toAbsolutePath();
    static final List<String> EVERY_ROLE = List.of("common", "server", "node", "client");

    private Distribution() {}

    static Path bundles() {
        return FOLDER.resolve("bundles");
    }

    static Path roles() {
        return FOLDER.resolve("roles");
    }

    /** Names without {@code .jar}. */
    static Set<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(bundles())) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.jar$", "")).collect(Collectors.toSet());
        }
    }
}
