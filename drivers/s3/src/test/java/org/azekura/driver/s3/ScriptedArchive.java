package org.azekura.driver.s3;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers about objects in an archive in the words of the S3 API: HeadObject, GetObject, PutObject, DeleteObject, RestoreObject. It looks at no signature. */
final class ScriptedArchive {

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final String ERROR = "<Error><Code>%s</Code><Message>as the manual has it</Message></Error>";

    /** @param restore what x-amz-restore says, null for nothing */
    private record Kept(byte[] content, String storageClass, String restore) {

        Kept restore(String now) {
            return new Kept(content, storageClass, now);
        }

        boolean isReadable() {
            return storageClass == null || restore != null && restore.contains("\"false\"");
        }
    }

    private final Map<String, Kept> objects = new ConcurrentHashMap<>();
    private final HttpServer server;

    ScriptedArchive() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void close() {
        server.stop(0);
    }

    void put(String name, byte[] content, String storageClass) {
        objects.put(name, new Kept(content, storageClass, null));
    }

    void bring(Instant until) {
        objects.replaceAll((name, kept) -> kept.restore() == null ? kept : kept.restore("ongoing-request=\"false\", expiry-date=\"" + DATE.format(until) + "\""));
    }

    void end() {
        objects.replaceAll((name, kept) -> kept.restore(null));
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        String query = String.valueOf(call.getRequestURI().getQuery());
        byte[] body = call.getRequestBody().readAllBytes();
        Kept kept = objects.get(path.replaceFirst("^/backups/?", ""));
        try (call) {
            if (path.matches("/backups/?")) {
                bucket(call, query);
            } else if (call.getRequestMethod().equals("PUT")) {
                put(path.substring("/backups/".length()), body, null);
                say(call, 200, "");
            } else if (kept == null) {
                say(call, 404, ERROR.formatted("NoSuchKey"));
            } else {
                object(call, path.substring("/backups/".length()), kept, new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    private void bucket(HttpExchange call, String query) throws IOException {
        StringBuilder listed = new StringBuilder();
        objects.forEach((name, kept) -> listed.append("<Contents><Key>").append(name).append("</Key><Size>").append(kept.content().length).append("</Size></Contents>"));
        say(call, 200, query.contains("versioning") ? "<VersioningConfiguration/>" : query.contains("uploads") ? "<ListMultipartUploadsResult/>"
                : "<ListBucketResult>" + listed + "</ListBucketResult>");
    }

    private void object(HttpExchange call, String name, Kept kept, String body) throws IOException {
        Headers headers = call.getResponseHeaders();
        if (kept.storageClass() != null) {
            headers.set("x-amz-storage-class", kept.storageClass());
        }
        if (kept.restore() != null) {
            headers.set("x-amz-restore", kept.restore());
        }
        switch (call.getRequestMethod()) {
            case "DELETE" -> {
                objects.remove(name);
                call.sendResponseHeaders(204, -1);
            }
            case "HEAD" -> {
                headers.set("Content-Length", Integer.toString(kept.content().length));
                call.sendResponseHeaders(200, -1);
            }
            case "POST" -> retrieve(call, name, kept, body);
            default -> read(call, kept);
        }
    }

    private void retrieve(HttpExchange call, String name, Kept kept, String body) throws IOException {
        assertTrue(body.contains("<Days>") && body.contains("<Tier>Bulk</Tier>"), body);
        if (kept.storageClass() == null) {
            say(call, 403, ERROR.formatted("InvalidObjectState"));
        } else if (kept.restore() == null) {
            objects.put(name, kept.restore("ongoing-request=\"true\""));
            say(call, 202, "");
        } else if (kept.isReadable()) {
            say(call, 200, "");
        } else {
            say(call, 409, ERROR.formatted("RestoreAlreadyInProgress"));
        }
    }

    private static void read(HttpExchange call, Kept kept) throws IOException {
        if (kept.isReadable()) {
            int length = kept.content().length;
            call.getResponseHeaders().set("Content-Range", "bytes 0-" + (length - 1) + "/" + length);
            call.sendResponseHeaders(206, length);
            call.getResponseBody().write(kept.content());
        } else {
            say(call, 403, ERROR.formatted("InvalidObjectState"));
        }
    }

    private static void say(HttpExchange call, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean head = call.getRequestMethod().equals("HEAD");
        call.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            call.getResponseBody().write(bytes);
        }
    }
}
