package org.azekura.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The interface on a real HTTP server, without TLS and without a framework. */
final class RestServer {

    static final String TOKEN = "the-token-of-this-test";

    final FakeServer fake = new FakeServer();
    final FakeLibraries libraries = new FakeLibraries();
    final EventHub hub = new EventHub(fake, "start1");
    final FakeEnrolment enrolment = new FakeEnrolment();
    /** The clock of who counts how often somebody knocks. */
    final AtomicLong nanos = new AtomicLong();
    final List<Route> routes = RestComponent.routes(fake, fake, fake.keys, fake, fake, fake.saveSets, fake.policies, hub,
            new EnrolmentRoutes(enrolment, fake, URI.create("https://backup1:8443")));
    final FakeDrivers drivers = new FakeDrivers();
    final FakeDevices devices = new FakeDevices();
    private final Path uploads = Files.createTempDirectory("uploads");
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    final HttpClient client = HttpClient.newHttpClient();

    RestServer() throws Exception {
        routes.addAll(RestComponent.driverRoutes(drivers, drivers, devices, libraries, fake));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        serve(context, new ApiServlet(new Access(TOKEN), routes, new Uploads(uploads)), ApiServlet.ROOT + "/*");
        serve(context, new JoinServlet(enrolment, nanos::get), JoinServlet.PATH);
        serve(context, new HealthServlet(() -> true), HealthServlet.PATH);
        server.setHandler(context);
        server.start();
    }

    private static void serve(ServletContextHandler context, Servlet servlet, String pattern) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, pattern);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(request(ApiServlet.ROOT + path).header("Authorization", "Bearer " + TOKEN)
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** What lies in files because it was sent and not used up. */
    List<String> leftUploads() {
        return List.of(uploads.toFile().list());
    }

    void close() throws Exception {
        hub.close();
        client.close();
        server.stop();
        for (String left : leftUploads()) {
            Files.delete(uploads.resolve(left));
        }
        Files.delete(uploads);
    }
}
