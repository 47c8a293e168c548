package org.azekura.api.message;

/** What any host that has joined tells the server, whatever its role, after its hello. */
public sealed interface HostReport extends Message {

    /**
     * Its certificate has come to an age: it wants another with the same names. Asked, answered {@link Answer.Certificate}.
     *
     * @param publicKey  of a key that it made for this, X.509 form
     * @param possession {@link org.azekura.api.identity.RenewalText}, signed with it
     */
    record Renew(byte[] publicKey, byte[] possession) implements HostReport {}

    /**
     * It has the new certificate durably, and uses it for every connection from now on. Asked, answered {@link Answer.Done}.
     *
     * @param serial of the new one
     */
    record Renewed(String serial) implements HostReport {}
}
