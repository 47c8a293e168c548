package org.azekura.felix.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an appliance can be; one process may be all three. */
enum Role {
    SERVER, NODE, CLIENT;

    /** The word on the command line, in {@code azekura.roles} and in the bundle list's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As {@code --role} takes them. */
    static String words(Collection<Role> roles) {
        return roles.stream().map(Role::word).collect(Collectors.joining(","));
    }

    /** Those whose bundle lists are there: the client's package has one role only. */
    static Set<Role> offered(Path lists) {
        Set<Role> offered = EnumSet.noneOf(Role.class);
        for (Role role : values()) {
            if (Files.exists(lists.resolve(role.word() + ".bundles"))) {
                offered.add(role);
            }
        }
        return offered;
    }
}
