package org.azekura.felix.config;

import java.util.Hashtable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which store keeps the catalog: the one that the configuration files have settings of, else the embedded one. It is chosen before anything starts, so
 * that there is never a second one.
 */
final class CatalogChoice {

    private static final String STORES = "org.azekura.catalog.";
    private static final String EMBEDDED = STORES + "sqlite";

    private CatalogChoice() {}

    /**
     * Adds what the embedded store needs if no other is wanted.
     *
     * @param settings by pid
     * @param jars     of the server
     */
    static void complete(SortedMap<String, Hashtable<String, Object>> settings, List<String> jars) throws StartFailure {
        List<String> chosen = settings.keySet().stream().filter(pid -> pid.startsWith(STORES)).toList();
        if (chosen.size() > 1) {
            throw StartFailure.wrongUsage("the configuration files choose several catalog stores, " + String.join(" and ", chosen) + "; keep the settings of one");
        }
        if (chosen.isEmpty()) {
            settings.put(EMBEDDED, new Hashtable<>());
        } else if (!jars.contains(chosen.getFirst())) {
            throw StartFailure.wrongUsage("the configuration files choose the catalog store " + chosen.getFirst() + ", which there is not; there are "
                    + jars.stream().filter(jar -> jar.startsWith(STORES)).collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
