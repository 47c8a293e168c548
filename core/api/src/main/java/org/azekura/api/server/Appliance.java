package org.azekura.api.server;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Client;
import org.osgi.annotation.versioning.ProviderType;

/** The appliance as a whole. Safe for any number of threads. */
@ProviderType
public interface Appliance {

    /** How it is, now. */
    Status status() throws BackupException;

    /** By name. */
    List<Client> clients() throws BackupException;

    /**
     * @param roles    one row per connected role
     * @param warnings what needs a look, one line each
     * @param running  jobs that have not ended
     */
    record Status(String version, List<RoleState> roles, List<String> warnings, int running, int snapshots) {}

    /** @param kind server, node or client */
    record RoleState(String kind, String name, boolean connected) {}
}
