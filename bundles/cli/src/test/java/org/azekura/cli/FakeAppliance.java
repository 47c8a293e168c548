package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.azekura.cli.text.Json;

/** Speaks the REST interface from a script: what a test put there is answered, what was asked is remembered. */
public final class FakeAppliance {

    /** Instead of an event: nothing answers from here on. */
    public static final String DIES = "dies";
    /** Instead of an event: the stream stays open and silent. */
    public static final String STAYS = "stays";
    public static final String TOKEN = "token-of-the-fake";

    public record Answer(int status, String body) {}

    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    public final List<byte[]> uploads = new CopyOnWriteArrayList<>();
    public final Map<String, Answer> answers = new ConcurrentHashMap<>();
    /** One list of events for each event stream that is opened. */
    public final Queue<List<String>> streams = new ArrayDeque<>();
    /** Answers a host that joins, which has no token. */
    public Function<JsonNode, Answer> joining = body -> new Answer(403, problem("join.refused", "the code is none of this appliance"));
    public final String fingerprint;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("fake appliance ", 0).factory());

    /** @param home gets url, token and certificate, as a running appliance has them */
    public FakeAppliance(Path home) throws Exception {
        OwnCertificate own = OwnCertificate.make();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(own.context()));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        fingerprint = HexFormat.ofDelimiter(":").withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(own.certificate().getEncoded()));
        Files.createDirectories(home.resolve("run"));
        Files.createDirectories(home.resolve("tls"));
        Files.writeString(home.resolve("run/url"), url() + "\n");
        Files.writeString(home.resolve("token"), TOKEN + "\n");
        Files.writeString(home.resolve("tls/console.pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(own.certificate().getEncoded()) + "\n-----END CERTIFICATE-----\n");
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param call like {@code GET status} */
    public void on(String call, int status, String body) {
        answers.put(call, new Answer(status, body));
    }

    /** A job that is ordered, ends in a state, and has a result. */
    public void job(String kind, String state, String error, String result) {
        on("POST jobs", 202, "{\"id\":1}");
        on("GET jobs/1", 200, "{\"id\":1,\"kind\":\"" + kind + "\",\"state\":\"" + state + "\",\"client\":\"host\",\"pool\":\"default\",\"started\":null,"
                + "\"ended\":null,\"files\":2,\"bytes\":10,\"error\":" + (error == null ? "null" : "\"" + error + "\"") + ",\"more\":1}");
        if (result == null) {
            on("GET jobs/1/result", 404, problem("result.unknown", "job 1 has no result"));
        } else {
            on("GET jobs/1/result", 200, result);
        }
        streams.add(List.of(progress("running"), progress(state)));
    }

    public static String progress(String state) {
        return "data: {\"job\":1,\"state\":\"" + state + "\",\"phase\":\"collecting\",\"files\":1,\"bytes\":2048,\"stored\":1024}\n\n";
    }

    public static String problem(String code, String detail) {
        return "{\"type\":\"urn:x\",\"code\":\"" + code + "\",\"kind\":\"operator\",\"subject\":\"s\",\"detail\":\"" + detail + "\"}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().replaceFirst("^/api/v1/", "");
        asked.add(call);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (body.length > 0 && "application/octet-stream".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            uploads.add(body);
        } else if (body.length > 0) {
            bodies.add(Json.read(new String(body, StandardCharsets.UTF_8)));
        }
        if (!"localhost".equals(exchange.getRequestHeaders().getFirst("Host"))) {
            send(exchange, new Answer(400, "<h2>Invalid SNI</h2>"));
        } else if (call.equals("POST join") && exchange.getRequestHeaders().getFirst("Authorization") == null) {
            send(exchange, joining.apply(bodies.getLast()));
        } else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, new Answer(401, problem("token.wrong", "this needs the bearer token")));
        } else if (call.startsWith("GET events?job=1") && !streams.isEmpty()) {
            exchange.sendResponseHeaders(200, 0);
            for (String event : streams.remove()) {
                if (event.equals(DIES)) {
                    server.stop(0);
                    return;
                }
                if (event.equals(STAYS)) {
                    exchange.getResponseBody().flush();
                    return;
                }
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        } else {
            send(exchange, answers.getOrDefault(call, new Answer(404, problem("request.unknown", "nothing at " + call))));
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }
}
