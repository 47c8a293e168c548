package org.azekura.client;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.content.Contents;
import org.azekura.api.transport.Transport;
import org.azekura.wire.Transports;

/** The real client, for tests of a whole appliance. */
public final class ClientDoor implements AutoCloseable {

    private final ClientRole role;

    public ClientDoor(Path home, String name, Transport transport) throws BackupException {
        role = new ClientRole(new ClientName(name), "0.1.0", home, List.of(new Endpoint(transport.scheme(), "server")), new Transports(transport), InstantSource.system());
    }

    /** One with several servers. */
    public ClientDoor(Path home, String name, Transports transports, List<Endpoint> servers) throws BackupException {
        role = new ClientRole(new ClientName(name), "0.1.0", home, servers, transports, InstantSource.system());
    }

    /** One that may not dial: it waits for the server's call. */
    public ClientDoor(Path home, String name, Transports transports) throws BackupException {
        role = new ClientRole(new ClientName(name), "0.1.0", home, List.of(new Endpoint(Transports.AWAIT, "server/")), transports, InstantSource.system());
    }

    /** What reads snapshots in this process, as a download does. */
    public Contents contents() {
        return role.contents();
    }

    @Override
    public void close() {
        role.close();
    }
}
