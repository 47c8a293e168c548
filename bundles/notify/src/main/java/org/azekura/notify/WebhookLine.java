package org.azekura.notify;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.azekura.api.access.OutwardSockets;

/** One call of a webhook. Of the answer its first line is read and nothing else: what stands behind it is nobody's business here. */
final class WebhookLine implements AutoCloseable {

    private static final int LONGEST = 80;

    private final WebhookSettings settings;
    private final OutwardSockets sockets;
    private volatile HttpsURLConnection line;

    WebhookLine(WebhookSettings settings, BooleanSupplier local) {
        this.settings = settings;
        sockets = new OutwardSockets(settings.trust().getSocketFactory(), local);
    }

    /** @param line for people @param pause that the receiver asks for; zero: it does not */
    record Answer(int status, String line, Duration pause) {}

    Answer post(Map<String, String> headers, byte[] body) throws IOException {
        line = (HttpsURLConnection) settings.url().toURL().openConnection();
        line.setSSLSocketFactory(sockets);
        line.setInstanceFollowRedirects(false);
        line.setUseCaches(false);
        line.setConnectTimeout((int) settings.timeout().toMillis());
        line.setReadTimeout((int) settings.timeout().toMillis());
        line.setRequestMethod("POST");
        line.setDoOutput(true);
        // as it is, once: the library would else send it again where a line breaks
        line.setFixedLengthStreamingMode(body.length);
        headers.forEach(line::setRequestProperty);
        try (var out = line.getOutputStream()) {
            out.write(body);
        }
        int status = line.getResponseCode();
        String said = line.getResponseMessage() == null ? "" : line.getResponseMessage().replaceAll("[^ -~]+", " ").strip();
        return new Answer(status, "HTTP " + status + (said.isEmpty() ? "" : " " + said.substring(0, Math.min(said.length(), LONGEST))), pause(line.getHeaderField("Retry-After")));
    }

    /** Seconds, or a time (RFC 9110, 10.2.3). */
    static Duration pause(String said) {
        if (said == null) {
            return Duration.ZERO;
        }
        try {
            return said.strip().matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(said.strip()))
                    : Duration.between(Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(said.strip())));
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    /** Whoever still waits for something on it waits no more. */
    @Override
    public void close() {
        HttpsURLConnection open = line;
        if (open != null) {
            open.disconnect();
        }
    }
}
