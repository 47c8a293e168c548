package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogChoiceTest {

    private static final String SQLITE = "org.azekura.catalog.sqlite";
    private static final String POSTGRESQL = "org.azekura.catalog.postgresql";

    @Test
    void takesTheEmbeddedStoreIfNobodySaysOtherwise() throws Exception {
        assertEquals(Set.of("org.azekura.client", SQLITE), complete("org.azekura.client"));
    }

    @Test
    void takesTheOneThatHasSettings() throws Exception {
        assertEquals(Set.of(POSTGRESQL), complete(POSTGRESQL));
    }

    @Test
    void refusesTwoAndOneThatIsNotThere() {
        String two = assertThrows(StartFailure.class, () -> complete(POSTGRESQL, SQLITE)).getMessage();
        assertTrue(two.contains(POSTGRESQL) && two.contains(SQLITE), two);
        String none = assertThrows(StartFailure.class, () -> complete("org.azekura.catalog.postgres")).getMessage();
        assertTrue(none.contains("org.azekura.catalog.postgres,") && none.contains("[" + POSTGRESQL + ", " + SQLITE + "]"), none);
    }

    private static Set<String> complete(String... pids) throws StartFailure {
        SortedMap<String, Hashtable<String, Object>> settings = new TreeMap<>();
        for (String pid : pids) {
            settings.put(pid, new Hashtable<>());
        }
        CatalogChoice.complete(settings, List.of("sqlite-jdbc", SQLITE, POSTGRESQL));
        return settings.keySet();
    }
}
