package org.azekura.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An appliance that has one snapshot and whose jobs are done at once. Answers at the socket file of a home, on a thread of its own. */
final class MadeUpAppliance implements AutoCloseable {

    private static final String SNAPSHOT = "{\"id\":\"01a2\",\"client\":\"c\",\"saveSet\":\"s\",\"pool\":\"default\",\"time\":\"2026-01-01T00:00:00Z\",\"files\":1,\"bytes\":2}";
    private static final String JOB = "{\"id\":1,\"kind\":\"backup\",\"state\":\"done\",\"client\":\"c\",\"pool\":\"default\",\"started\":\"2026-01-01T00:00:00Z\","
            + "\"ended\":null,\"files\":1,\"bytes\":2048,\"error\":null}";
    private static final String PROGRESS = "id: a-1\nevent: progress\ndata: {\"job\":1,\"state\":\"%s\",\"phase\":\"collecting\",\"files\":1,\"bytes\":2048,\"stored\":7}\n\n";

    private final Path home;
    private final ServerSocketChannel server;

    /** @param home gets address, token and socket, as a running appliance has them */
    MadeUpAppliance(Path home) throws IOException {
        this.home = home;
        Path run = Files.createDirectories(home.resolve("run"));
        Files.writeString(run.resolve("url"), "https://127.0.0.1:1\n");
        Files.writeString(home.resolve("token"), "made-up\n");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(run.resolve("socket")));
        Thread.ofPlatform().daemon().name("made-up appliance").start(this::answer);
    }

    Path home() {
        return home;
    }

    private void answer() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                String request = head(Channels.newInputStream(channel));
                String body = body(request.substring(0, request.indexOf(" HTTP/")));
                String length = body.startsWith("id: ") ? "" : "Content-Length: " + body.length() + "\r\n";
                ByteBuffer answer = ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nContent-Type: x\r\n" + length + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
                while (answer.hasRemaining()) {
                    channel.write(answer);
                }
            } catch (IOException e) {
                // the caller left, or this closes
            }
        }
    }

    /** A body is read, too: what is left unread when a socket closes breaks the answer. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (next == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                int length = head.indexOf("Content-Length: ");
                in.readNBytes(length < 0 ? 0 : Integer.parseInt(head.substring(length + 16, head.indexOf("\r", length))));
                return head.toString();
            }
        }
        throw new IOException("no request");
    }

    private static String body(String call) {
        return switch (call.substring(call.lastIndexOf("/api/v1/") + 8)) {
            case "status" -> "{\"version\":\"0\",\"roles\":[{\"kind\":\"node\",\"name\":\"n\",\"connected\":true}],\"warnings\":[\"w\"],\"running\":0,\"snapshots\":1}";
            case "snapshots" -> "[" + SNAPSHOT + "]";
            case "jobs" -> call.startsWith("GET") ? "[" + JOB + "]" : JOB;
            case "events?job=1" -> PROGRESS.replace("%s", "running") + PROGRESS.replace("%s", "done");
            case "jobs/1" -> JOB;
            case "jobs/1/result" -> "{\"snapshot\":\"01a2\",\"job\":1,\"files\":1,\"bytes\":2048,\"stored\":7,\"warnings\":[{\"path\":\"/a\",\"reason\":\"r\"}],"
                    + "\"notRestored\":[{\"path\":\"/a\",\"reason\":\"r\"}]}";
            default -> "[]";
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
