package org.azekura.api.message;

import java.time.Instant;
import org.azekura.api.ApplianceId;

/** What comes back to who asked. */
public sealed interface Answer extends Message permits
        Answer.Done, Answer.Welcome, Answer.Certificate, DeviceAnswer, PoolAnswer, ChunkAnswer, RecallAnswer, PackAnswer, VolumeAnswer,
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
}
