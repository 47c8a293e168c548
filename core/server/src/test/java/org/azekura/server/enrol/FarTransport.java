package org.azekura.server.enrol;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.transport.local.LocalTransport;

/** Connections that come from another host, as far as the server can tell; and what it was told to distrust. */
final class FarTransport implements Transport {

    final List<Set<String>> distrusted = new CopyOnWriteArrayList<>();
    private final LocalTransport near = new LocalTransport();

    @Override
    public String scheme() {
        return "far";
    }

    @Override
    public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
        Listener listener = near.listen(service, self, connection -> accept.accept(new Far(connection)));
        return new Listener() {
            @Override
            public String address() {
                return ":1/" + service;
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    @Override
    public Connection dial(String address, String self, Duration timeout) throws BackupException {
        return near.dial(address.substring(address.indexOf('/') + 1), self, timeout);
    }

    @Override
    public void distrust(Set<String> serials) {
        distrusted.add(serials);
    }

    private record Far(Connection near) implements Connection {

        @Override
        public String scheme() {
            return "far";
        }

        @Override
        public String peer() {
            return near.peer();
        }

        @Override
        public String host() {
            return "192.0.2.9";
        }

        @Override
        public Stream control() {
            return near.control();
        }

        @Override
        public Stream open() throws BackupException {
            return near.open();
        }

        @Override
        public Stream accept(Duration timeout) throws BackupException {
            return near.accept(timeout);
        }

        @Override
        public void close() {
            near.close();
        }
    }
}
