/**
 * Who a host is. The backup server is its own certificate authority; a host that has joined holds a key of its own and a certificate that
 * names what it may be: {@code azekura:node/n1}, {@code azekura:client/web1}, as subject alternative names of type URI. The names of a
 * certificate are those that a {@link org.azekura.api.transport.Connection#peer} may have.
 *
 * <p>In a home's folder {@code identity} (mode 0700) lie
 * <pre>
 * identity.p12   PKCS #12 without a password: the entry "host" with the private key and its chain, the trusted entry "authority"
 * server         one line: the endpoint of the backup server, like tls:backup.example.org:8444/server
 * </pre>
 * A file is replaced as a whole or not at all.
 */
@Export
@Version("0.1.0")
package org.azekura.api.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
