package org.azekura.api.message;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.identity.ServerPlace;

/** What comes back to who asked. */
public sealed interface Answer extends Message permits
        Answer.Done, Answer.Welcome, Answer.Certificate, Answer.Servers, DeviceAnswer, PoolAnswer, ChunkAnswer, RecallAnswer, PackAnswer, VolumeAnswer,
        LibraryAnswer, LockAnswer, ThawAnswer {

    /** It is done, and durable where that matters. */
    record Done() implements Answer {}

    /**
     * To {@link ClientReport.Hello} and {@link NodeReport.Hello}.
     *
     * @param ticketKey Ed25519 public key (X.509 form) that signs {@link Ticket}s
     * @param now       by the server's count, in which tickets have their times
     */
    record Welcome(ApplianceId appliance, byte[] ticketKey, Instant now) implements Answer {}

    /** To {@link HostReport.Renew}: the new certificate, DER. */
    record Certificate(byte[] certificate) implements Answer {}

    /**
     * To {@link HostReport.WhichServers}.
     *
     * @param servers that have the same catalog, the one that answers among them
     * @param gone    those that somebody has said are no more: a host forgets them, and no others
     * @param epoch   of the lead that this server works under: each that begins has a higher one. A host that has heard of a higher one from another server
     *                obeys this one no longer; 0 where nobody else can lead
     */
    record Servers(List<ServerPlace> servers, List<ServerPlace> gone, long epoch) implements Answer {

        public Servers {
            servers = List.copyOf(servers);
            gone = List.copyOf(gone);
        }
    }
}
