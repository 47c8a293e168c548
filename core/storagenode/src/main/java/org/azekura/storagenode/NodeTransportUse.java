package org.azekura.storagenode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.TransportUse;
import org.azekura.api.transport.Transport;
import org.azekura.wire.Conversation;
import org.azekura.wire.ServerLink;
import org.azekura.wire.Transports;

/**
 * What a storage node asks of a transport that takes another's place: clients can reach the node as before, and each server that was joined by the one
 * before is joined again. A version that would cut a host off for good is backed out by that.
 */
record NodeTransportUse(Transports transports, NodeServers servers) implements TransportUse {

    /** @param by the transport that the server was joined by */
    private record Joined(ServerLink server, Conversation talk, Transport by) {}

    @Override
    public DeviceUse.Pause begin() throws BackupException {
        Transports.Standing offers = transports.standing();
        List<Joined> joined = new ArrayList<>();
        for (ServerLink server : servers.all()) {
            Conversation talk = server.standing();
            if (talk != null) {
                joined.add(new Joined(server, talk, transports.find(talk.connection().scheme())));
            }
        }
        return new Begun(offers, joined);
    }

    private final class Begun implements DeviceUse.Pause {

        private final Transports.Standing offers;
        private final List<Joined> joined;

        Begun(Transports.Standing offers, List<Joined> joined) {
            this.offers = offers;
            this.joined = joined;
        }

        @Override
        public void prove(Duration patience) throws BackupException {
            offers.await(patience);
            try {
                for (Joined each : joined) {
                    String scheme = each.by.scheme();
                    if (transports.find(scheme) != each.by && !each.server.awaitAnew(each.talk, patience)) {
                        throw BackupException.network("transport.unproven", scheme, "the server, which was joined by transport " + scheme
                                + ", is not joined again within " + patience.toSeconds() + " s", null);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw BackupException.network("transport.unproven", "", "interrupted while the server was joined again", e);
            }
        }

        @Override
        public void close() {
            // Nobody waits.
        }
    }
}
