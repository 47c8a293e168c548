/**
 * What the roles say to each other. All messages are records of plain values; {@code core/wire} gives them their bytes.
 * Absent values are null where a component says so.
 *
 * <p>A {@link org.azekura.api.message.Ticket} is handed on in the bytes that were signed: the signature of a {@link
 * org.azekura.api.message.SignedTicket} is Ed25519 over {@code "azekura ticket" LF message}, where {@code message} is the ticket as {@code core/wire}
 * encodes messages. Who takes one looks at the signature before it decodes the ticket.
 */
@Export
@Version("0.1.0")
package org.azekura.api.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
