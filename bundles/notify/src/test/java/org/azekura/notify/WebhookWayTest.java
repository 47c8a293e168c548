package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real HTTPS server that has a certificate of its own. */
@Timeout(300)
class WebhookWayTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private Receiver receiver;
    private boolean local = true;
    private Map<String, String> settings;
    private final Map<String, String> secrets = new HashMap<>(Map.of("secret", "shared", "header.Authorization", "Bearer abc"));

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver(Receiver.keys());
        settings = new HashMap<>(Map.of("url", receiver.url(), "ca", receiver.pem));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private String send() throws BackupException {
        Told told = Told.of(Alert.of("pool.node.away", Alert.Severity.ERROR, Alert.Subject.of("pool", "main"), Map.of("node", "n1", "pool", "main"), "it is away"), true, TIME);
        return new WebhookWay(WebhookSettings.read(settings, secrets), () -> TIME, () -> local)
                .send(new Way.Parcel("the-id", "vault1", "en", new Letter("a subject", "a text\n", "<p>"), List.of(new Way.Numbered("one", told))));
    }

    @Test
    void sendsWhatIsDocumented() throws Exception {
        assertEquals("HTTP 200 OK", send());
        Receiver.Got got = receiver.got.remove();
        JsonNode body = Told.JSON.readTree(got.body());
        assertEquals(1, body.path("version").asInt());
        assertEquals("a subject", body.path("subject").asText());
        JsonNode event = body.path("events").path(0);
        assertEquals("one", event.path("id").asText());
        assertEquals("pool.node.away", event.path("code").asText());
        assertEquals("n1", event.path("values").path("node").asText());
        assertFalse(event.has("job"));
        assertEquals("the-id", got.header(WebhookWay.ID));
        assertEquals("Bearer abc", got.header("Authorization"));
        assertEquals("1767323045", got.header(WebhookWay.TIME));
        assertEquals("v1=" + WebhookWay.signature("shared", "1767323045", got.body()), got.header(WebhookWay.SIGNATURE));
        assertFalse(new String(got.body()).contains("shared"));
    }

    @Test
    void theSignatureIsTheOneThatOthersCompute() {
        // printf '1767323045.{}' | openssl dgst -sha256 -hmac shared
        assertEquals("f93b6786b45186fcf7d84c678ac7de099c2c84c9680cda7a94436c4279c4c0a1", WebhookWay.signature("shared", "1767323045", "{}".getBytes()));
    }

    @Test
    void triesAgainOnlyWhatMayGoBetter() {
        for (int status : new int[] {500, 502, 503, 429, 408}) {
            assertTrue(fails(status).failure().retryable(), () -> "" + status);
        }
        for (int status : new int[] {400, 401, 403, 404, 410}) {
            assertFalse(fails(status).failure().retryable(), () -> "" + status);
        }
    }

    private BackupException fails(int status) {
        receiver.status = status;
        BackupException e = assertThrows(BackupException.class, this::send);
        assertTrue(e.getMessage().contains("HTTP " + status), e.getMessage());
        return e;
    }

    @Test
    void goesNowhereElse() {
        receiver.location = "https://127.0.0.1:1/elsewhere";
        for (int status : new int[] {301, 302, 307, 308}) {
            BackupException e = fails(status);
            assertTrue(e.getMessage().contains("not followed"), e.getMessage());
        }
        assertEquals(4, receiver.got.size());
    }

    @Test
    void waitsForASlowOneAsLongAsItIsTold() {
        settings.put("timeout", "1");
        receiver.gate = new CountDownLatch(1);
        BackupException e = assertThrows(BackupException.class, this::send);
        assertTrue(e.failure().retryable() && e.getMessage().contains("no answer within 1 s"), e.getMessage());
    }

    @Test
    void believesNoStrangeCertificate() {
        settings.remove("ca");
        BackupException e = assertThrows(BackupException.class, this::send);
        assertTrue(e.getMessage().contains("certification path"), e.getMessage());
        assertEquals(0, receiver.got.size());
    }

    @Test
    void saysWhenNobodyIsThereWithoutTheAddress() {
        secrets.put("url", receiver.url() + "/very-secret");
        settings.remove("url");
        receiver.close();
        BackupException e = assertThrows(BackupException.class, this::send);
        assertTrue(e.failure().retryable(), e.getMessage());
        assertFalse(e.getMessage().contains("very-secret"), e.getMessage());
    }

    @Test
    void refusesSettingsThatCannotWork() {
        for (String url : new String[] {"http://example.com/", "https://", "https://u:p@example.com/", "https://example.com/#x", "x y", "file:///etc/passwd"}) {
            refuses("url", Map.of("url", url), Map.of());
        }
        refuses("timeout", Map.of("timeout", "0"), Map.of());
        refuses("header.Host", Map.of(), Map.of("header.Host", "x"));
        refuses("header.X-A", Map.of(), Map.of("header.X-A", "a\r\nb: c"));
        refuses("header.a b", Map.of(), Map.of("header.a b", "x"));
        refuses("header.Azekura-Signature", Map.of(), Map.of("header.Azekura-Signature", "x"));
    }

    private void refuses(String name, Map<String, String> change, Map<String, String> secret) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(change);
        String why = assertThrows(IllegalArgumentException.class, () -> WebhookSettings.read(all, secret)).getMessage();
        assertTrue(why.startsWith(name + ":"), why);
    }

    @Test
    void readsNothingOfTheAnswerButItsFirstLine() throws Exception {
        assertEquals("HTTP 200 OK", send());
        assertFalse(fails(404).getMessage().contains("thank"));
    }

    @Test
    void goesNotToThisMachineUnlessThatIsPermitted() {
        local = false;
        String port = receiver.url().replaceAll(".*:([0-9]+)/.*", "$1");
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "[fe80::1]", "[::ffff:127.0.0.1]"}) {
            settings.put("url", "https://" + host + ":" + port + "/");
            BackupException e = assertThrows(BackupException.class, this::send);
            assertFalse(e.failure().retryable(), e.getMessage());
            assertTrue(e.getMessage().contains("localWebhooks") && e.getMessage().contains("this machine"), e.getMessage());
        }
        assertEquals(0, receiver.got.size());
    }

    @Test
    void saysHowLongTheReceiverWantsToBeLeftAlone() {
        receiver.retryAfter = "120";
        for (int status : new int[] {429, 503}) {
            assertEquals(Duration.ofMinutes(2), Way.Later.of(fails(status)));
        }
        receiver.retryAfter = "soon";
        assertEquals(Duration.ZERO, Way.Later.of(fails(503)));
        receiver.retryAfter = null;
        assertEquals(Duration.ZERO, Way.Later.of(fails(503)));
        Duration until = WebhookLine.pause(DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC)));
        assertTrue(until.toSeconds() > 500 && until.toSeconds() <= 600, until::toString);
        assertEquals(Duration.ofSeconds(999_999_999), WebhookLine.pause("999999999"));
        assertEquals(Duration.ZERO, WebhookLine.pause("99999999999999999999"));
    }
}
