package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bundle lists against what the build put together. */
class RolesIT {

    @Test
    void everyJarIsListedAndEveryListedJarIsThere() throws Exception {
        var lists = new ArrayList<>(Distribution.EVERY_ROLE);
        lists.add("shell");
        var listed = BundleList.read(Distribution.roles(), lists).entries().stream().map(BundleList.Entry::jar)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(listed, new TreeSet<>(Distribution.jars()));
    }

    /** What a client on a host of its own has to carry: each jar more is a decision. */
    @Test
    void theClientAloneCarriesNoServerAndNoNode() throws Exception {
        var client = jars("common", "client");
        for (String not : List.of("org.azekura.server", "org.azekura.storagenode", "org.azekura.rest", "org.azekura.catalog.sqlite", "sqlite-jdbc",
                "bcpkix-jdk18on", "bcutil-jdk18on", "commons-io", "org.apache.felix.http.jetty12", "org.apache.felix.metatype",
                "org.apache.felix.gogo.runtime")) {
            assertFalse(client.contains(not), not);
            assertTrue(jars("common", "client", "server", "node", "shell").contains(not), not);
        }
    }

    private static Set<String> jars(String... lists) throws StartFailure {
        return BundleList.read(Distribution.roles(), List.of(lists)).entries().stream().map(BundleList.Entry::jar).collect(Collectors.toSet());
    }
}
