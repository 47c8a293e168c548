package org.azekura.api.message;

import java.time.Instant;

/** What any host that has joined tells the server, whatever its role, after its hello. */
public sealed interface HostReport extends Message {

    /** About its certificate. */
    sealed interface OfCertificate extends HostReport {}

    /**
     * Its certificate has come to an age: it wants another with the same names. Asked, answered {@link Answer.Certificate}.
     *
     * @param publicKey  of a key that it made for this, X.509 form
     * @param possession {@link org.azekura.api.identity.RenewalText}, signed with it
     */
    record Renew(byte[] publicKey, byte[] possession) implements OfCertificate {}

    /**
     * It has the new certificate durably, and uses it for every connection from now on. Asked, answered {@link Answer.Done}.
     *
     * @param serial of the new one
     */
    record Renewed(String serial) implements OfCertificate {}

    /**
     * What its own clock says. Asked, answered {@link Answer.Done}; told when it has come in, and from time to time.
     *
     * @param now when it was sent
     */
    record Time(Instant now) implements HostReport {}

    /**
     * Which servers of the appliance are there? Asked when the server has said welcome, and from time to time, answered {@link Answer.Servers}. A server that does
     * not know the question is the only one.
     */
    record WhichServers() implements HostReport {}
}
