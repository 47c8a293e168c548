package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
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
}
