package org.azekura.rest.https;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Dictionary;
import java.util.Hashtable;

/**
 * Where the console listens.
 *
 * @param host address or name to bind
 * @param port a real one
 */
record HttpsSettings(String host, int port) {

    /** Felix's HTTP service is configured under this PID. */
    static final String PID = "org.apache.felix.http";
    /** Property of the HTTP runtime service that carries the word of this start. */
    static final String START = "azekura.start";

    /**
     * Makes sure that the address can be bound, so that what is wrong is said here by name; port 0 becomes a free one.
     *
     * @param port text of a number from 0 to 65535
     */
    static HttpsSettings free(String host, String port) throws IOException {
        int wanted;
        try {
            wanted = Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IOException("the console's port is a number from 0 to 65535, not \"" + port + "\"", e);
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), wanted));
            return new HttpsSettings(host, probe.getLocalPort());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the console cannot listen at " + host + " port " + port + ": " + e.getMessage()
                    + "; give another with --host and --port (0 takes a free one)", e);
        }
    }

    /** What callers on this machine use: an address that is every address becomes the loopback one. */
    URI url() throws IOException {
        return at(InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host);
    }

    /** What callers on other hosts use; null if none can. @param name of this host */
    URI others(String name) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return address.isLoopbackAddress() ? null : at(address.isAnyLocalAddress() ? name : host);
    }

    private URI at(String name) {
        return URI.create("https://" + (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port);
    }

    /** @param start a word that marks the HTTP service as started with exactly this */
    Dictionary<String, Object> felix(ConsoleKey key, String start) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("org.apache.felix.http.enable", false);
        properties.put("org.apache.felix.http.host", host);
        properties.put("org.apache.felix.https.enable", true);
        properties.put("org.osgi.service.http.port.secure", port);
        properties.put("org.apache.felix.https.keystore", key.keyStore().toString());
        properties.put("org.apache.felix.https.keystore.type", "PKCS12");
        properties.put("org.apache.felix.https.keystore.password", key.password());
        properties.put("org.apache.felix.https.keystore.key.password", key.password());
        properties.put("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.3"});
        properties.put("org.apache.felix.http.jetty.threadpool.max", 32);
        properties.put("org.apache.felix.http.jetty.acceptors", 1);
        properties.put("org.apache.felix.http.jetty.selectors", 1);
        // of what Jetty refuses by itself
        properties.put("org.apache.felix.http.jetty.errorPageCustomHeaders", "X-Content-Type-Options=nosniff##Cache-Control=no-store##Referrer-Policy=no-referrer"
                + "##X-Frame-Options=DENY##Content-Security-Policy=default-src 'none'; frame-ancestors 'none'");
        // becomes a property of the runtime service
        properties.put("org.apache.felix.http.runtime.init." + START, start);
        return properties;
    }
}
