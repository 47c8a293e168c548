package org.azekura.api.transport;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
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
     * Offers connections to a service of this process until the returned listener is closed. Where it can be reached is the
     * transport's own setting; all services of a process may share one address.
     *
     * @param service like {@code server} or {@code node-n1}; no two of a process have the same
     * @param self    the name by which those who dial shall know it, like {@code node/n1}; a transport with certificates proves it
     * @param accept  called once for every incoming connection, on a thread of the transport that it may keep
     * @throws BackupException {@code transport.taken} if that service is offered already or its address is somebody else's
     */
    Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException;

    /** What {@link Listener#address} of this service would say; empty where no host elsewhere could dial it, or where it is not known before. */
    default String reachable(String service) {
        return "";
    }

    /**
     * Connects to what {@link Listener#address} says.
     *
     * @param self the name by which the other side shall know this one; a transport with certificates proves it
     * @throws BackupException {@code transport.unreachable} if nobody listens or the time is over; {@code transport.refused} if one
     *                         side does not trust the other
     */
    Connection dial(String address, String self, Duration timeout) throws BackupException;

    /**
     * Trusts these certificates no longer: connections with them end at once, none is made again. Each call says anew all of them.
     * A transport without certificates has nothing to do.
     *
     * @param serials of the revoked certificates, in lower-case hexadecimal without leading zeros
     */
    default void distrust(Set<String> serials) {}

    /**
     * Asks this clock from now on whether a certificate is valid. Without one the transport has its own ({@link org.azekura.api.SteadyTime}, and
     * the machine's). A transport without certificates has nothing to do.
     */
    default void keepTime(InstantSource clock) {}

    /** An offer of connections. */
    interface Listener extends AutoCloseable {

        /**
         * What to dial. A transport that is asked for at every address of its host leaves the host out, like {@code :8444/server}: it is the one
         * that this process is known by.
         */
        String address();

        /** Ends the offer. Connections that exist stay. */
        @Override
        void close();
    }
}
