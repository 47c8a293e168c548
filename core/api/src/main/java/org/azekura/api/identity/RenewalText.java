package org.azekura.api.identity;

/** What a host's new key signs when it asks for a certificate in place of the one it has. */
public final class RenewalText {

    private RenewalText() {}

    /** @param peer who asks, like {@code client/web1} */
    public static byte[] of(String peer, byte[] publicKey) {
        return SignedText.of("azekura renewal 1", peer, publicKey);
    }
}
