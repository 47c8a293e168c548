package org.azekura.rest.https;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.api.identity.Identity;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A web server with a console's own key. */
public final class ServedKey {

    private final Server server = new Server();
    private final ConsoleKey key;
    private final Path folder;
    private ServerConnector connector;

    private ServedKey(Path folder) throws Exception {
        this.folder = folder;
        this.key = ConsoleKey.ensure(folder, "backup1");
    }

    public static ServedKey made() throws Exception {
        return new ServedKey(Files.createTempDirectory("served"));
    }

    public String fingerprint() throws Exception {
        return Identity.fingerprint(key.certificate());
    }

    public void start(Handler handler) throws Exception {
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(key.keyStore().toString());
        tls.setKeyStorePassword(key.password());
        connector = new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    public URI place() {
        return URI.create("https://127.0.0.1:" + connector.getLocalPort());
    }

    public void stop() throws Exception {
        server.stop();
        for (String name : List.of("console.p12", "console.pem", "console.password")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }
}
