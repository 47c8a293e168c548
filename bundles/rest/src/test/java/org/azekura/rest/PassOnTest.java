package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.access.AuditLog;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.rest.call.Json;
import org.azekura.rest.peer.HangingLeader;
import org.azekura.rest.peer.PassOn;
import org.azekura.rest.peer.Passing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers: the first leads, the second stands by and is asked. Each knows the token of its own home alone. */
class PassOnTest {

    private static final String OTHER_HOME = "the-token-of-the-first-home";

    @AutoClose
    private final RestServer first = RestServer.ofHome(OTHER_HOME);
    @AutoClose
    private final RestServer second = RestServer.ofHome(RestServer.TOKEN);

    @BeforeEach
    void standBy() {
        second.catalog.leader = "backup1";
        second.servers.add(leading(first.place()));
    }

    private static CatalogServer leading(String place) {
        return new CatalogServer("backup1", place, List.of(), true, false, Instant.EPOCH, Duration.ZERO);
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        return second.client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder byHome(String method, String path, String body) {
        return second.request("/api/v1" + path).header("Authorization", "Bearer " + RestServer.TOKEN)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    @Test
    void aChangeIsMadeByWhoLeadsAndWrittenDownThereWithTheCallersAddress() throws Exception {
        HttpResponse<String> answer = ask(byHome("POST", "/tokens", "{\"name\":\"t1\",\"role\":\"operator\"}"));
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals(List.of(), second.access.acts);
        AuditLog.Act act = first.access.acts.getLast();
        assertEquals("POST tokens", act.operation());
        assertEquals("127.0.0.1", act.from());
        assertTrue(answer.headers().firstValue("Location").isEmpty() || answer.headers().firstValue("Location").get().startsWith("/api/v1/"));
    }

    @Test
    void whatTheCatalogAloneTellsIsAnsweredHere() throws Exception {
        second.servers.clear();
        assertEquals(200, ask(byHome("GET", "/save-sets", null)).statusCode());
        assertEquals(200, ask(byHome("GET", "/jobs", null)).statusCode(), "though who leads would know more");
        HttpResponse<String> devices = ask(byHome("GET", "/devices", null));
        assertEquals(503, devices.statusCode());
        assertEquals("5", devices.headers().firstValue("Retry-After").orElse(""));
        assertTrue(devices.body().contains("server.standby"), devices.body());
    }

    @Test
    void howFarTheAppliancesOwnBackupIsOnlyWhoLeadsKnows() throws Exception {
        assertEquals(200, ask(byHome("GET", "/appliance/backup", null)).statusCode());
        second.servers.clear();
        assertEquals(503, ask(byHome("GET", "/appliance/backup", null)).statusCode());
    }

    @Test
    void whatHostsTellIsAskedOfWhoLeads() throws Exception {
        HttpResponse<String> devices = ask(byHome("GET", "/devices", null));
        assertEquals(200, devices.statusCode());
        assertEquals(first.client.send(first.request("/api/v1/devices").header("Authorization", "Bearer " + OTHER_HOME).build(), BodyHandlers.ofString()).body(), devices.body());
    }

    @Test
    void theServerThatWasAskedIsTheOneHere() throws Exception {
        first.fake.servers.add(new CatalogServer("backup1", first.place(), List.of(), true, true, Instant.EPOCH, Duration.ZERO));
        first.fake.servers.add(new CatalogServer("backup2", second.place(), List.of(), false, false, Instant.EPOCH, Duration.ZERO));
        JsonNode passed = Json.MAPPER.readTree(ask(byHome("GET", "/status", null)).body()).get("servers");
        assertEquals(List.of("leads false", "standby true"), passed.valueStream().map(row -> row.get("state").asText() + " " + row.get("here").asBoolean()).toList());
        JsonNode own = Json.MAPPER.readTree(first.client.send(first.request("/api/v1/status").header("Authorization", "Bearer " + OTHER_HOME).build(), BodyHandlers.ofString()).body()).get("servers");
        assertEquals(List.of("leads true", "standby false"), own.valueStream().map(row -> row.get("state").asText() + " " + row.get("here").asBoolean()).toList());
    }

    @Test
    void aSessionIsOfWhoLeadsAndServesHereAsThere() throws Exception {
        HttpResponse<String> login = ask(second.request("/api/v1/session").POST(BodyPublishers.ofString("{\"name\":\"ann\",\"password\":\"" + FakeAccess.PASSWORD + "\"}")));
        assertEquals(201, login.statusCode(), login.body());
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        String csrf = Json.MAPPER.readTree(login.body()).get("csrf").asText();
        assertEquals(1, first.access.open.size());
        assertEquals(0, second.access.open.size());
        assertEquals(200, ask(second.request("/api/v1/save-sets").header("Cookie", cookie)).statusCode());
        assertEquals(403, ask(second.request("/api/v1/tokens").header("Cookie", cookie).POST(BodyPublishers.ofString("{\"name\":\"t1\",\"role\":\"operator\"}"))).statusCode(), "without its CSRF token");
        String large = "{\"name\":\"t1\",\"role\":\"operator\"" + " ".repeat(20_000) + "}";
        assertEquals(201, ask(second.request("/api/v1/tokens").header("Cookie", cookie).header("X-CSRF-Token", csrf).POST(BodyPublishers.ofString(large))).statusCode());
        assertEquals(413, ask(second.request("/api/v1/tokens").header("Cookie", "__Host-azekura=made-up").POST(BodyPublishers.ofString(large))).statusCode(), "of who is nobody");
        assertEquals(401, ask(second.request("/api/v1/save-sets").header("Cookie", "__Host-azekura=made-up")).statusCode());
        first.catalog.leader = "nobody";
        assertEquals(503, ask(second.request("/api/v1/save-sets").header("Cookie", cookie)).statusCode(), "he is not logged out by it");
    }

    @Test
    void whoHasTheTokenOfThisHomeIsVouchedFor() throws Exception {
        HttpResponse<String> answer = ask(second.request("/api/v1/tokens").header("Authorization", "Bearer " + RestServer.TOKEN).POST(BodyPublishers.ofString("{\"name\":\"t1\",\"role\":\"operator\"}")));
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals("who has the token, at backup2", first.access.acts.getLast().who());
        // the first's own token is nothing here
        assertEquals(401, ask(second.request("/api/v1/tokens").header("Authorization", "Bearer " + OTHER_HOME).POST(BodyPublishers.noBody())).statusCode());
    }

    @Test
    void nobodyElseIsBelieved() throws Exception {
        for (String forged : List.of(Passing.sealed("another", "POST /api/v1/tokens", "203.0.113.7", true), Passing.sealed("shared", "GET /api/v1/tokens", "203.0.113.7", true))) {
            HttpResponse<String> answer = first.client.send(first.request("/api/v1/tokens").header(Passing.HEADER, forged)
                    .POST(BodyPublishers.ofString("{\"name\":\"t1\",\"role\":\"operator\"}")).build(), BodyHandlers.ofString());
            assertEquals(401, answer.statusCode(), answer.body());
        }
        String known = Passing.sealed("shared", "POST /api/v1/tokens", "203.0.113.7", false);
        assertEquals(201, first.client.send(first.request("/api/v1/tokens").header(Passing.HEADER, known).header("Authorization", "Bearer " + OTHER_HOME)
                .POST(BodyPublishers.ofString("{\"name\":\"t1\",\"role\":\"operator\"}")).build(), BodyHandlers.ofString()).statusCode());
        assertEquals("203.0.113.7", first.access.acts.getLast().from());
    }

    @Test
    void aCallIsPassedOnOnceAtMost() throws Exception {
        first.catalog.leader = "backup2";
        first.servers.add(new CatalogServer("backup2", second.place(), List.of(), true, false, Instant.EPOCH, Duration.ZERO));
        HttpResponse<String> answer = ask(byHome("POST", "/tokens", "{}"));
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("backup2 leads"), "the first has refused it: " + answer.body());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void aLeaderThatHangsHoldsNoThreadOfTheWebServerAndOnlySoManyVisitors() throws Exception {
        try (HangingLeader hanging = new HangingLeader()) {
            second.servers.set(0, leading(hanging.place()));
            List<CompletableFuture<HttpResponse<String>>> visitors = new ArrayList<>();
            for (int i = 0; i < PassOn.VISITORS_AT_ONCE; i++) {
                visitors.add(second.client.sendAsync(login().build(), BodyHandlers.ofString()));
            }
            assertTrue(hanging.asked.tryAcquire(PassOn.VISITORS_AT_ONCE, 15, TimeUnit.SECONDS), "more than there are threads");
            HttpResponse<String> oneMore = ask(login());
            assertEquals(503, oneMore.statusCode());
            assertTrue(oneMore.body().contains("request.many"), oneMore.body());
            assertEquals(200, ask(byHome("GET", "/save-sets", null)).statusCode());
            hanging.hangUp();
            for (CompletableFuture<HttpResponse<String>> visitor : visitors) {
                assertTrue(visitor.get(15, TimeUnit.SECONDS).body().contains("server.cut"));
            }
        }
    }

    private HttpRequest.Builder login() {
        return second.request("/api/v1/session").POST(BodyPublishers.ofString("{\"name\":\"ann\",\"password\":\"none\"}"));
    }

    @Test
    void whoCantBeReachedIsSaidToBeAway() throws Exception {
        second.servers.set(0, leading("http://127.0.0.1:1"));
        HttpResponse<String> answer = ask(byHome("POST", "/tokens", "{}"));
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("server.standby") && answer.body().contains("http://127.0.0.1:1"), answer.body());
        assertEquals(200, ask(byHome("GET", "/status", null)).statusCode());
    }

    @Test
    void aFileGoesThroughWithoutBeingKeptHere() throws Exception {
        String catalog = "x".repeat(12 << 20) + "my catalog";
        assertEquals(200, ask(second.request("/api/v1/catalog?name=mine").header("Authorization", "Bearer " + RestServer.TOKEN).PUT(BodyPublishers.ofString(catalog))).statusCode());
        assertEquals("mine: " + catalog, first.catalog.admitted);
        assertNull(second.catalog.admitted);
        assertEquals(List.of(), second.leftUploads());
        first.catalog.taken = true;
        HttpResponse<String> refused = ask(second.request("/api/v1/catalog?name=mine").header("Authorization", "Bearer " + RestServer.TOKEN).PUT(BodyPublishers.ofString(catalog)));
        assertTrue(refused.body().contains("catalog.taken"), refused.body());
        assertEquals(401, ask(second.request("/api/v1/catalog?name=mine").header("Cookie", "__Host-azekura=made-up").PUT(BodyPublishers.ofString(catalog))).statusCode());
    }

    @Test
    void aReadThatIsWrittenDownIsOfWhoLeads() throws Exception {
        HttpResponse<String> refused = ask(second.request("/api/v1/catalog?leave=none").header("Authorization", "Bearer " + RestServer.TOKEN));
        assertEquals(400, refused.statusCode());
        assertEquals("GET catalog", first.access.acts.getLast().operation());
        assertEquals(List.of(), second.access.acts);
    }

    @Test
    void eventsComeAsTheyHappen() throws Exception {
        HttpResponse<InputStream> answer = second.client.send(second.request("/api/v1/events").header("Authorization", "Bearer " + RestServer.TOKEN).build(), BodyHandlers.ofInputStream());
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", ""));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertEquals("retry: 1000", lines.readLine());
        }
    }

    @Test
    void theFirmwareOfThisServerIsNotChangedOnTheOther() throws Exception {
        for (String path : new String[] {"firmware/updates", "firmware/updates/7/install", "appliance/restart", "appliance/disks", "appliance/disks/old/attach"}) {
            HttpResponse<String> answer = ask(second.request("/api/v1/" + path).header("Authorization", "Bearer " + RestServer.TOKEN).POST(BodyPublishers.ofString("{}")));
            assertEquals(409, answer.statusCode(), path + answer.body());
            assertTrue(answer.body().contains("server.own"), answer.body());
        }
        assertEquals(List.of(), first.firmware.calls);
        assertEquals(List.of(), first.disks.calls);
    }

    @Test
    void theDisksOfThisServerAreToldByItself() throws Exception {
        first.disks.image = false;
        HttpResponse<String> answer = ask(second.request("/api/v1/appliance/disks").header("Authorization", "Bearer " + RestServer.TOKEN).GET());
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void theCertificateOfThisServerIsNotChangedOnTheOther() throws Exception {
        HttpResponse<String> answer = ask(second.request("/api/v1/network/certificate").header("Authorization", "Bearer " + RestServer.TOKEN).DELETE());
        assertEquals(409, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("server.own") && answer.body().contains("about server backup2 itself") && !answer.body().contains("backup1"), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isEmpty(), "it does not help to try again");
        assertEquals(List.of(), first.access.acts);
    }
}
