package org.azekura.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.azekura.api.BackupException;
import org.azekura.api.access.OutwardSockets;

/**
 * Tells a program by {@code POST}: JSON, as {@code docs/rest.md} says. Signed over the second in which it is sent and the body, so that nobody sends one of ours
 * again later. It goes where the setting says and nowhere else: who answers with another address is not followed.
 */
final class WebhookWay implements Way {

    static final String TIME = "Azekura-Timestamp";
    static final String SIGNATURE = "Azekura-Signature";
    static final String ID = "Azekura-Id";
    private static final int VERSION = 1;

    private final WebhookSettings settings;
    private final InstantSource clock;
    private final BooleanSupplier local;

    /** @param local whether it may go to this very machine */
    WebhookWay(WebhookSettings settings, InstantSource clock, BooleanSupplier local) {
        this.settings = settings;
        this.clock = clock;
        this.local = local;
    }

    @Override
    public String send(Parcel parcel) throws BackupException {
        byte[] body = body(parcel);
        String time = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = new TreeMap<>(settings.headers());
        headers.putAll(Map.of("Accept", "*/*", "Connection", "close", "Content-Type", "application/json; charset=utf-8", "User-Agent", "Azekura", ID, parcel.id(), TIME, time));
        if (!settings.secret().isEmpty()) {
            headers.put(SIGNATURE, "v1=" + signature(settings.secret(), time, body));
        }
        return exchange(new WebhookLine(settings, local), headers, body);
    }

    /** All of it within the time, however slowly the answer comes. */
    private String exchange(WebhookLine line, Map<String, String> headers, byte[] body) throws BackupException {
        FutureTask<WebhookLine.Answer> asking = new FutureTask<>(() -> line.post(headers, body));
        Thread.ofVirtual().name("webhook").start(asking);
        try {
            return judged(asking.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw away("no answer within " + settings.timeout().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("the appliance stops", e);
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            if (why instanceof OutwardSockets.Near) {
                throw BackupException.operator("notify.webhook", settings.url().getHost(), settings.url().getHost() + " is not told: " + why.getMessage() + ". " + WebhookSettings.LOCAL);
            }
            throw away(why instanceof IOException && why.getMessage() != null ? why.getMessage() : String.valueOf(why), e);
        } finally {
            line.close();
        }
    }

    private String judged(WebhookLine.Answer answer) throws BackupException {
        String host = settings.url().getHost();
        int status = answer.status();
        if (status / 100 == 2) {
            return answer.line();
        }
        if (status == 429 || status == 408 || status / 100 == 5) {
            throw BackupException.network("notify.webhook", host, host + " can't take it now: " + answer.line(), new Later(answer.pause()));
        }
        throw BackupException.operator("notify.webhook", host, status / 100 == 3 ? host + " answers with another address (HTTP " + status + "), which is not followed"
                : host + " refuses it: " + answer.line());
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
