package org.azekura.server.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * What a driver package says of itself, unverified: good for choosing nodes and for messages, and nothing else. Whether it is let in says each
 * storage node, whose reader knows the whole form.
 */
record PackageHead(String name, String version) {

    /** One of which nothing can be said. */
    static final PackageHead UNKNOWN = new PackageHead(null, null);

    private static final String MANIFEST = "META-INF/azekura-driver";
    /** Two entries come before: a list of at most a thousand names, and a signature. */
    private static final int MAX_BEFORE = 1 << 20;
    private static final int MAX_ENTRIES = 3;
    private static final int MAX_MANIFEST = 64 << 10;

    static PackageHead of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(BoundedInputStream.builder().setInputStream(in).setMaxCount(MAX_BEFORE).get())) {
            for (int i = 0; i < MAX_ENTRIES; i++) {
                ZipEntry entry = zip.getNextEntry();
                if (entry == null || entry.getMethod() != ZipEntry.STORED) {
                    return UNKNOWN;
                }
                if (entry.getName().equals(MANIFEST)) {
                    return parse(new String(zip.readNBytes(MAX_MANIFEST), UTF_8));
                }
            }
            return UNKNOWN;
        } catch (IOException | IllegalArgumentException e) {
            if (Files.isReadable(file)) {
                return UNKNOWN;
            }
            throw e;
        }
    }

    private static PackageHead parse(String manifest) {
        Map<String, String> first = manifest.lines().limit(8).map(line -> line.split(": ", 2)).filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one));
        String name = first.get("name");
        String version = first.get("version");
        return name != null && name.matches("[a-z][a-z0-9-]{0,31}") && version != null && version.matches("[0-9]{1,6}(\\.[0-9]{1,6}){2}")
                ? new PackageHead(name, version) : UNKNOWN;
    }

    @Override
    public String toString() {
        return name == null ? "a package that says nothing" : name + " " + version;
    }
}
