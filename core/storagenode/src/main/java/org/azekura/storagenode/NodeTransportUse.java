package org.azekura.storagenode;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.TransportUse;
import org.azekura.api.transport.Transport;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;

/**
 * What a storage node asks of a transport that takes another's place: clients can reach the node as before, and a server that was joined by the one
 * before is joined again. A version that would cut a host off for good is backed out by that.
 */
record NodeTransportUse(Transports transports, ServerLink server) implements TransportUse {

    @Override
    public DeviceUse.Pause begin() throws BackupException {
        Transports.Standing offers = transports.standing();
        Conversation talk = server.standing();
        return new Begun(offers, talk, talk == null ? null : transports.find(talk.connection().scheme()));
    }

    /** @param by the transport that the server was joined by, null if it was not */
    private final class Begun implements DeviceUse.Pause {

        private final Transports.Standing offers;
        private final Conversation talk;
        private final Transport by;

        Begun(Transports.Standing offers, Conversation talk, Transport by) {
            this.offers = offers;
            this.talk = talk;
            this.by = by;
        }

        @Override
        public void prove(Duration patience) throws BackupException {
            offers.await(patience);
            try {
                if (talk != null && transports.find(by.scheme()) != by && !server.awaitAnew(talk, patience)) {
                    throw BackupException.network("transport.unproven", by.scheme(), "the server, which was joined by transport " + by.scheme()
                            + ", is not joined again within " + patience.toSeconds() + " s", null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw BackupException.network("transport.unproven", by.scheme(), "interrupted while the server was joined again", e);
            }
        }

        @Override
        public void close() {
            // Nobody waits.
        }
    }
}
