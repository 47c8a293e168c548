package org.azekura.rest.https;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The socket file {@code run/socket} of the home, at which the same HTTP is spoken without TLS. Only who owns the home can open it,
 * and no other process can stand in its place: what TLS is for on the network. A short-lived caller saves most of its work by that.
 * The token is asked for here as well. Its threads are its own: whatever comes over the network, the owner gets in.
 */
final class LocalDoor implements ConnectorFactory {

    /** Linux takes 107 bytes. */
    private static final int PATH_MAX = 100;
    private static final long IDLE_MS = 60_000;
    private static final int THREADS = 16;

    private final Path file;

    private LocalDoor(Path file) {
        this.file = file;
    }

    /** One that stays shut if the home's path is too long for a socket: then callers use HTTPS. */
    static LocalDoor of(Path home) throws IOException {
        Path file = home.resolve("run").resolve("socket").toAbsolutePath();
        PrivateFile.folder(file.getParent());
        // left behind by a process that was killed; this one holds the home's lock
        Files.deleteIfExists(file);
        return new LocalDoor(file);
    }

    @Override
    public Connector createConnector(Server server) {
        QueuedThreadPool own = new QueuedThreadPool(THREADS, 1);
        own.setName("local door");
        HttpConnectionFactory http = new HttpConnectionFactory();
        http.getHttpConfiguration().addCustomizer(new Remainder());
        UnixDomainServerConnector door = new UnixDomainServerConnector(server, own, null, null, 0, 1, http);
        door.setUnixDomainPath(file);
        door.setIdleTimeout(IDLE_MS);
        return new Shell(server, door);
    }

    /** Felix asks every connector of its server for host and port, and takes only this class for one. It does not listen itself. */
    private final class Shell extends ServerConnector {

        private final UnixDomainServerConnector door;

        Shell(Server server, UnixDomainServerConnector door) {
            super(server, 0, 1);
            this.door = door;
            setHost(file.toString());
        }

        @Override
        protected void doStart() throws Exception {
            if (file.toString().getBytes(StandardCharsets.UTF_8).length > PATH_MAX) {
                return;
            }
            Files.deleteIfExists(file);
            door.start();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PrivateFile.OWNER_ONLY));
        }

        @Override
        protected void doStop() throws Exception {
            door.stop();
        }
    }
}
