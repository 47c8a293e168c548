package org.azekura.api.transport;

import java.time.Duration;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Moves frames between roles. Published as an OSGi service with the property {@code transport.scheme}. Safe for any
 * number of threads.
 */
@ConsumerType
public interface Transport {

    /** The scheme in endpoints, like {@code local}. */
    String scheme();

    /**
     * Offers connections at an address until the returned listener is closed.
     *
     * @param accept called once for every incoming connection, on a thread of the transport that it may keep
     * @throws BackupException {@code transport.taken} if somebody listens there already
     */
    Listener listen(String address, Consumer<Connection> accept) throws BackupException;

    /**
     * Connects to an address.
     *
     * @param self the name by which the other side shall know this one; a transport with certificates proves it
     * @throws BackupException {@code transport.unreachable} if nobody listens or the time is over
     */
    Connection dial(String address, String self, Duration timeout) throws BackupException;

    /** An offer of connections. */
    interface Listener extends AutoCloseable {
        /** Ends the offer. Connections that exist stay. */
        @Override
        void close();
    }
}
