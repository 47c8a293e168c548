package org.azekura.api.message;

import java.nio.charset.StandardCharsets;

/**
 * A {@link Ticket} as it is handed on.
 *
 * @param ticket    the message's bytes, as {@code core/wire} encodes it
 * @param signature Ed25519, 64 bytes, over {@link #signed}
 */
public record SignedTicket(byte[] ticket, byte[] signature) {

    /** Nothing else that the server's key signs begins so. */
    private static final byte[] PURPOSE = "azekura ticket\n".getBytes(StandardCharsets.US_ASCII);

    /** What the signature of a ticket is over. */
    public static byte[] signed(byte[] ticket) {
        byte[] signed = new byte[PURPOSE.length + ticket.length];
        System.arraycopy(PURPOSE, 0, signed, 0, PURPOSE.length);
        System.arraycopy(ticket, 0, signed, PURPOSE.length, ticket.length);
        return signed;
    }
}
