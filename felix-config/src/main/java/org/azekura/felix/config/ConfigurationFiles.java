package org.azekura.felix.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Folders of configuration files. All are read before anything starts, so that a broken one changes nothing. */
final class ConfigurationFiles {

    private ConfigurationFiles() {}

    /**
     * What is set, by pid. A later folder overrides single keys of an earlier one; within a folder a pid stands in one file only.
     *
     * @throws StartFailure if a file is broken, naming file, line and fault
     */
    static SortedMap<String, Hashtable<String, Object>> read(List<Path> folders) throws StartFailure {
        SortedMap<String, Hashtable<String, Object>> all = new TreeMap<>();
        for (Path folder : folders) {
            readFolder(folder).forEach((pid, properties) ->
                    all.computeIfAbsent(pid, p -> new Hashtable<>()).putAll(properties));
        }
        return all;
    }

    private static Map<String, Hashtable<String, Object>> readFolder(Path folder) throws StartFailure {
        Map<String, Hashtable<String, Object>> all = new HashMap<>();
        Map<String, Path> origin = new HashMap<>();
        for (Path path : files(folder)) {
            ConfigurationFile file = ConfigurationFile.read(path);
            for (var entry : file.settings().entrySet()) {
                String pid = entry.getKey();
                Path other = origin.putIfAbsent(pid, path);
                if (other != null) {
                    throw file.broken(file.line(pid), "\"" + pid + "\" is also set in " + other + "; keep one of them");
                }
                all.put(pid, entry.getValue());
            }
        }
        return all;
    }

    private static List<Path> files(Path folder) throws StartFailure {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw StartFailure.failed("configuration folder " + folder + " can't be read: " + e, e);
        }
        Collections.sort(files);
        return files;
    }
}
