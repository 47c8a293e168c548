package org.azekura.cli.contact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * Over the network. {@code HttpsURLConnection}, because it needs a third of the start-up work of {@code java.net.http} and a
 * command makes few requests.
 */
public final class HttpsWay implements Way {

    static {
        // a POST that is sent twice would make two jobs
        System.setProperty("sun.net.http.retryPost", "false");
        // for the name below
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    }

    private final URI url;
    private final SSLSocketFactory sockets;

    /** @param pin the only certificate that is accepted */
    public HttpsWay(URI url, Pin pin) {
        this(url, pin.context());
    }

    /** @param context says which certificates are accepted; their names do not matter */
    public HttpsWay(URI url, SSLContext context) {
        this.url = url;
        this.sockets = context.getSocketFactory();
    }

    @Override
    public Answer send(String method, String target, String token, Body body, int silence_ms) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) url.resolve(target).toURL().openConnection();
        connection.setSSLSocketFactory(sockets);
        // the certificate itself is pinned
        connection.setHostnameVerifier((host, session) -> true);
        connection.setConnectTimeout(Math.min(CONNECT_MS, silence_ms));
        connection.setReadTimeout(silence_ms);
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        // Jetty answers only to names in the certificate, made when the host may have had others; this one is always in it
        connection.setRequestProperty("Host", "localhost");
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", body.type());
            connection.setFixedLengthStreamingMode(body.length());
            try (OutputStream out = connection.getOutputStream()) {
                if (body.file() == null) {
                    out.write(body.bytes());
                } else {
                    Files.copy(body.file(), out);
                }
            }
        }
        int status = connection.getResponseCode();
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return new Answer(status, connection.getResponseMessage(), in == null ? InputStream.nullInputStream() : in, connection::disconnect);
    }
}
