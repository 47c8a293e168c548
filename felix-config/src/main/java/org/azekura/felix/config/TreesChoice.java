package org.azekura.felix.config;

import java.util.Hashtable;
import java.util.Set;
import java.util.SortedMap;

/** Whether a server that shares its tree pages with others can reach their device: drivers run where the role of a storage node is. */
final class TreesChoice {

    private static final String SERVER = "org.azekura.server";
    private static final String DEVICE = "treesDevice";

    private TreesChoice() {}

    /** @param settings by pid */
    static void check(SortedMap<String, Hashtable<String, Object>> settings, Set<Role> roles) throws StartFailure {
        Object device = settings.getOrDefault(SERVER, new Hashtable<>()).getOrDefault(DEVICE, "");
        if (!device.toString().isBlank() && !roles.contains(Role.NODE)) {
            throw StartFailure.wrongUsage("the configuration files put the server's tree pages on the device " + device + ", and drivers of devices run only"
                    + " where the role node is: start with --role server,node, or take \"" + DEVICE + "\" out of \"" + SERVER + "\"");
        }
    }
}
