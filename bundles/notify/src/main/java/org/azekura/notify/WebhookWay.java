package org.azekura.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.azekura.api.BackupException;

/**
 * Tells a program by {@code POST}: JSON, as {@code docs/rest.md} says. Signed over the second in which it is sent and the body, so that nobody sends one of ours
 * again later. It goes where the setting says and nowhere else: who answers with another address is not followed.
 */
final class WebhookWay implements Way {

    static final String TIME = "Azekura-Timestamp";
    static final String SIGNATURE = "Azekura-Signature";
    static final String ID = "Azekura-Id";
    private static final int VERSION = 1;
    private static final int ANSWER = 500;

    private final WebhookSettings settings;
    private final InstantSource clock;

    WebhookWay(WebhookSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String send(Parcel parcel) throws BackupException {
        byte[] body = body(parcel);
        String time = Long.toString(clock.instant().getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url());
        settings.headers().forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json; charset=utf-8").setHeader("User-Agent", "Azekura").setHeader(ID, parcel.id()).setHeader(TIME, time);
        if (!settings.secret().isEmpty()) {
            request.setHeader(SIGNATURE, "v1=" + signature(settings.secret(), time, body));
        }
        try (HttpClient client = HttpClient.newBuilder().sslContext(settings.trust()).connectTimeout(settings.timeout()).followRedirects(HttpClient.Redirect.NEVER).build()) {
            try {
                return exchange(client, request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
            } finally {
                client.shutdownNow();
            }
        }
    }

    /** The whole of it, the answer's body too, within the time. */
    private String exchange(HttpClient client, HttpRequest request) throws BackupException {
        CompletableFuture<String> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()).thenApplyAsync(WebhookWay::judged);
        try {
            return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away("no answer within " + settings.timeout().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("the appliance stops", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused(refused);
            }
            throw away(e.getCause() instanceof IOException && e.getCause().getMessage() != null ? e.getCause().getMessage() : String.valueOf(e.getCause()), e);
        }
    }

    private static String judged(HttpResponse<InputStream> answer) {
        String said;
        try (InputStream in = answer.body()) {
            said = new String(in.readNBytes(ANSWER), StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        } catch (IOException e) {
            said = "";
        }
        String line = "HTTP " + answer.statusCode() + (said.isEmpty() ? "" : ": " + said);
        if (answer.statusCode() / 100 == 2) {
            return line;
        }
        throw new Refused(answer.statusCode(), line);
    }

    /** Any answer that is not one of success. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String line) {
            super(line);
            this.status = status;
        }
    }

    private BackupException refused(Refused refused) {
        String host = settings.url().getHost();
        if (refused.status == 429 || refused.status == 408 || refused.status / 100 == 5) {
            return BackupException.network("notify.webhook", host, host + " can't take it now: " + refused.getMessage(), refused);
        }
        return BackupException.operator("notify.webhook", host, refused.status / 100 == 3 ? host + " answers with another address (HTTP " + refused.status + "), which is not followed"
                : host + " refuses it: " + refused.getMessage());
    }

    private BackupException away(String why, Exception e) {
        return BackupException.network("notify.webhook", settings.url().getHost(), settings.url().getHost() + " was not reached: " + why, e);
    }

    /** @return in lower-case hexadecimal digits: HMAC-SHA-256 over the time, a full stop and the body */
    static String signature(String secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] body(Parcel parcel) {
        ObjectNode body = Told.JSON.createObjectNode().put("version", VERSION).put("id", parcel.id()).put("appliance", parcel.appliance()).put("language", parcel.language())
                .put("subject", parcel.letter().subject()).put("text", parcel.letter().plain());
        ArrayNode events = body.putArray("events");
        for (Numbered one : parcel.events()) {
            ObjectNode event = Told.JSON.valueToTree(one.told());
            events.add(event.put("id", one.id()));
        }
        try {
            return Told.JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
