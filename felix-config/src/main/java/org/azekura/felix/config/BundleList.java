package org.azekura.felix.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which bundles run, and from which start level on. The lists are text files {@code roles/NAME.bundles} with lines
 * {@code START_LEVEL JAR} (the jar's name without {@code .jar}), empty lines and lines that begin with {@code #}.
 */
record BundleList(List<Entry> entries) {

    record Entry(int startLevel, String jar) {}

    /** Joins the lists of these names; a jar may stand in several, always with the same start level. */
    static BundleList read(Path roles, List<String> names) throws StartFailure {
        Map<String, Entry> byJar = new LinkedHashMap<>();
        for (String name : names) {
            Path file = roles.resolve(name + ".bundles");
            for (Entry entry : entries(file)) {
                Entry before = byJar.putIfAbsent(entry.jar(), entry);
                if (before != null && !before.equals(entry)) {
                    throw StartFailure.failed("bundle list " + file + ": " + entry.jar() + " has start level " + entry.startLevel()
                            + " here and " + before.startLevel() + " elsewhere");
                }
            }
        }
        return new BundleList(List.copyOf(byJar.values()));
    }

    /** Their names without {@code .jar}. */
    List<String> jars() {
        return entries.stream().map(Entry::jar).toList();
    }

    int highestStartLevel() {
        return Collections.max(entries.stream().map(Entry::startLevel).toList());
    }

    private static List<Entry> entries(Path file) throws StartFailure {
        try {
            List<Entry> entries = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    entries.add(entry(file, line));
                }
            }
            return entries;
        } catch (IOException e) {
            throw StartFailure.failed("bundle list " + file + " can't be read: " + e, e);
        }
    }

    private static Entry entry(Path file, String line) throws StartFailure {
        String[] words = line.strip().split("\\s+");
        if (words.length == 2 && words[0].matches("[1-9][0-9]?")) {
            return new Entry(Integer.parseInt(words[0]), words[1]);
        }
        throw StartFailure.failed("bundle list " + file + ": expected a start level (1 to 99) and a jar, like \"30 org.azekura.client\"; found \""
                + line + "\"");
    }
}
