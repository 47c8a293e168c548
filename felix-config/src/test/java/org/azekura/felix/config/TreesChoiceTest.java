package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreesChoiceTest {

    private static void check(Map<String, Object> server, Set<Role> roles) throws StartFailure {
        SortedMap<String, Hashtable<String, Object>> settings = new TreeMap<>(Map.of("org.azekura.server", new Hashtable<>(server)));
        TreesChoice.check(settings, roles);
    }

    @Test
    void aSharedDeviceNeedsTheRoleThatRunsDrivers() throws Exception {
        TreesChoice.check(new TreeMap<>(), Set.of(Role.SERVER));
        check(Map.of("jobsAtOnce", 4), Set.of(Role.SERVER));
        check(Map.of("treesDevice", "cellar"), Set.of(Role.SERVER, Role.NODE));
        StartFailure refused = assertThrows(StartFailure.class, () -> check(Map.of("treesDevice", "cellar"), Set.of(Role.SERVER)));
        assertEquals(2, refused.exitCode());
        assertTrue(refused.getMessage().contains("cellar") && refused.getMessage().contains("--role server,node"), refused.getMessage());
    }
}
