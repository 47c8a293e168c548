package org.azekura.rest.https;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.azekura.rest.call.Refusal;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this appliance is reached, and by which certificate it is known there. Another certificate is served from the next connection on: those that are
 * open stay as they are, and nothing is restarted.
 */
public final class Network {

    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    private final HttpsSettings settings;
    private final ConsoleKey key;
    private final String name;
    private final KnownNames names;
    private SslContextFactory.Server served;

    /** @param name of this host */
    Network(HttpsSettings settings, ConsoleKey key, String name) throws IOException {
        this.settings = settings;
        this.key = key;
        this.name = name;
        names = new KnownNames(name);
        names.certified(certified().names());
    }

    /**
     * @param others where other hosts reach it; null if they don't
     */
    record State(String host, int port, URI url, URI others, Certified certificate) {}

    /** Told once the server listens: what it serves can be changed from now on. */
    synchronized void serves(Server server) {
        for (Connector connector : server.getConnectors()) {
            SslConnectionFactory tls = connector.getConnectionFactory(SslConnectionFactory.class);
            HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
            if (tls != null && http != null) {
                served = tls.getSslContextFactory();
                SecureRequestCustomizer secure = http.getHttpConfiguration().getCustomizer(SecureRequestCustomizer.class);
                http.getHttpConfiguration().addCustomizer(new Remainder());
                http.getHttpConfiguration().addCustomizer(names);
                if (secure != null) {
                    secure.setSniHostCheck(false);
                }
            }
        }
    }

    State state() throws IOException {
        return new State(settings.host(), settings.port(), settings.url(), settings.others(name), certified());
    }

    /** Serves a certificate of somebody else. What fails leaves the one before. @throws Refusal {@code certificate.invalid} */
    synchronized State replace(String certificate, String secret) throws IOException, Refusal {
        GivenKey given = GivenKey.of(certificate, secret, Instant.now());
        return change(() -> key.replace(given));
    }

    /** Serves a new one of the appliance's own, for the names and addresses that this host has now. */
    synchronized State renew() throws IOException {
        return change(() -> key.renew(name));
    }

    private interface Change {
        void make() throws IOException;
    }

    private State change(Change change) throws IOException {
        if (served == null) {
            throw new IOException("HTTPS does not listen yet; try again in a few seconds");
        }
        byte[] before = key.bytes();
        try {
            change.make();
            reload();
        } catch (IOException e) {
            key.restore(before);
            reload();
            throw e;
        }
        LOG.info("another console certificate: {}", certified());
        return state();
    }

    private void reload() throws IOException {
        names.certified(certified().names());
        try {
            served.reload(same -> {});
        } catch (Exception e) {
            throw new IOException("the certificate can't be served: " + e.getMessage(), e);
        }
    }

    /** SHA-256 of the certificate, in hex. */
    public String fingerprint() throws IOException {
        return certified().fingerprint();
    }

    private Certified certified() throws IOException {
        try {
            return Certified.of(key.certificate());
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + key.keyStore() + " can't be read: " + e.getMessage(), e);
        }
    }
}
