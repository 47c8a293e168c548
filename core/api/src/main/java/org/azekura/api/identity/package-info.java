/**
 * Who a host is. The backup server is its own certificate authority; a host that has joined holds a key of its own and a certificate that
 * names what it may be: {@code azekura:node/n1}, {@code azekura:client/web1}, as subject alternative names of type URI. The names of a
 * certificate are those that a {@link org.azekura.api.transport.Connection#peer} may have.
 *
 * <p>In a home's folder {@code identity} (mode 0700) lie
 * <pre>
 * identity.p12   PKCS #12 without a password: the entry "host" with the private key and its chain, the trusted entry "authority"
 * server         one line: the endpoint of the backup server, like tls:backup.example.org:8444/server
 * servers        a line for each server of the appliance that was told of: its endpoint, a space, its name, like server/backup2;
 *                absent: there is the one in "server"
 * </pre>
 * A file is replaced as a whole or not at all.
 *
 * <p>A host joins with a {@link org.azekura.api.identity.JoinCode}. What both sides prove to each other with it, version 1:
 * <pre>
 * text(purpose, fields)   = field(purpose) field*        field = length (4 bytes, big-endian), bytes; texts in UTF-8
 * code key                = HMAC-SHA256(the 25 digits in ASCII, text("azekura join code 1", the 4 digits))
 * request                 = code, role, name, host, public key, earlier certificate, "true" or "false"
 * proof of the request    = HMAC-SHA256(code key, text("azekura join request 1", request))
 * possession, consent     = SHA256withECDSA of text("azekura join possession 1", request), text("azekura join consent 1", request)
 * proof of the answer     = HMAC-SHA256(code key, text("azekura join answer 1", text("azekura join possession 1", request), certificate,
 *                           authority, name, server, appliance))
 * renewal                 = SHA256withECDSA of text("azekura renewal 1", peer, public key)
 * </pre>
 */
@Export
@Version("0.1.0")
package org.azekura.api.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
