package org.azekura.api.identity;

/**
 * What a host gets that joins.
 *
 * @param certificate its own, DER
 * @param authority   the certificate of the server's authority, DER
 * @param name        what it is called from now on, in the role it asked for
 * @param server      endpoint of the server, which may leave the host out; empty if it offers none to other hosts
 * @param appliance   id of the appliance
 */
public record JoinAnswer(byte[] certificate, byte[] authority, String name, String server, String appliance) {

    /** An answer as it is sent. */
    public record Signed(JoinAnswer answer, byte[] proof) {}

    /** The HMAC that shows who answers knows the code, and answers this very request. */
    public byte[] proof(byte[] codeKey, JoinRequest request) {
        return SignedText.mac(codeKey, SignedText.of("azekura join answer 1", request.possession(), certificate, authority, name, server, appliance));
    }
}
