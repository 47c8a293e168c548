package org.azekura.felix.config;

import java.util.Locale;

/** What an appliance can be; one process may be all three. */
enum Role {
    SERVER, NODE, CLIENT;

    /** The word on the command line, in {@code azekura.roles} and in the bundle list's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
