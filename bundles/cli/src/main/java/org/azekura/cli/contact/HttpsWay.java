package org.azekura.cli.contact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
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
        return body != null && body.file() != null ? sendFile(new Exchange(method, target, token, body), silence_ms) : sendBytes(method, target, token, body, silence_ms);
    }

    /** {@code HttpsURLConnection} drops what is answered in place of the word that a file is wanted, and sees nothing while it sends. */
    private Answer sendFile(Exchange exchange, int silence_ms) throws IOException {
        Answer answer = exchange.over(TlsStream.connect(url, sockets, silence_ms), Exchange.PATIENCE_MS);
        if (answer.status() != Exchange.EXPECTATION_FAILED) {
            return answer;
        }
        answer.close();
        return exchange.over(TlsStream.connect(url, sockets, silence_ms), 0);
    }

    private Answer sendBytes(String method, String target, String token, Body body, int silence_ms) throws IOException {
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
                out.write(body.bytes());
            }
        }
        int status = connection.getResponseCode();
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return new Answer(status, connection.getResponseMessage(), in == null ? InputStream.nullInputStream() : in, connection::disconnect, false);
    }
}
