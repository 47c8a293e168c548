package org.azekura.rest.https;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The doors of an appliance, and what its home tells of them: HTTPS at a free port, and the socket file. */
public record Doors(URI url, String fingerprint) {

    /** @param server that runs */
    public static Doors open(Server server, Path home, String token) throws Exception {
        ConsoleKey key = ConsoleKey.ensure(home.resolve("tls"), "backup1");
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(key.keyStore().toString());
        tls.setKeyStorePassword(key.password());
        var https = new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory());
        https.setHost("127.0.0.1");
        begin(server, https);
        var network = new Network(new HttpsSettings("127.0.0.1", https.getLocalPort()), key, "backup1");
        network.serves(server);
        begin(server, LocalDoor.of(home).createConnector(server));
        URI url = URI.create("https://127.0.0.1:" + https.getLocalPort());
        Files.writeString(home.resolve("run/url"), url + "\n");
        Files.writeString(home.resolve("token"), token + "\n");
        return new Doors(url, network.fingerprint());
    }

    private static void begin(Server server, Connector connector) throws Exception {
        server.addConnector(connector);
        connector.start();
    }
}
