package org.azekura.api.identity;

import java.security.KeyPair;
import java.security.PrivateKey;
import org.azekura.api.BackupException;

/**
 * How a host asks to join.
 *
 * @param code      the clear part of the code
 * @param role      that it wants
 * @param name      that it wants, empty if it takes what the code says, or else its own
 * @param host      its own name
 * @param publicKey of the key that it made, X.509 form
 * @param earlier   the certificate that its home has, DER; empty if it has none
 * @param replace   whether the new identity takes the place of that one; else it has those names, too
 */
public record JoinRequest(String code, HostRole role, String name, String host, byte[] publicKey, byte[] earlier, boolean replace) {

    /** Bytes that {@link #earlier} may have. */
    public static final int MAX_CERTIFICATE = 8192;

    /**
     * A request as it is sent.
     *
     * @param proof      that who asks knows the code
     * @param possession that he has the new private key
     * @param consent    that he has the private key of the earlier certificate; empty without one
     */
    public record Signed(JoinRequest request, byte[] proof, byte[] possession, byte[] consent) {}

    private byte[] text(String purpose) {
        return SignedText.of(purpose, code, role.word(), name, host, publicKey, earlier, replace);
    }

    /** The HMAC that shows who asks knows the code. */
    public byte[] proof(byte[] codeKey) {
        return SignedText.mac(codeKey, text("azekura join request 1"));
    }

    /** What the new key signs. */
    public byte[] possession() {
        return text("azekura join possession 1");
    }

    /** What the key of the earlier certificate signs. */
    public byte[] consent() {
        return text("azekura join consent 1");
    }

    /** @param earlierKey null without an earlier certificate */
    public Signed sign(JoinCode with, KeyPair pair, PrivateKey earlierKey) throws BackupException {
        return new Signed(this, proof(with.key()), HostKeys.sign(pair.getPrivate(), possession()),
                earlierKey == null ? new byte[0] : HostKeys.sign(earlierKey, consent()));
    }
}
