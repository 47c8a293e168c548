package org.azekura.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.event.EventHub;
import org.azekura.rest.host.EnrolmentRoutes;
import org.azekura.rest.host.JoinServlet;
import org.azekura.rest.https.HealthServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The interface on a real HTTP server, without TLS and without a framework. */
public final class RestServer {

    public static final String TOKEN = "the-token-of-this-test";

    public final FakeServer fake = new FakeServer();
    public final FakeLibraries libraries = new FakeLibraries();
    public final EventHub hub = new EventHub(fake, "start1");
    public final FakeEnrolment enrolment = new FakeEnrolment();
    /** The clock of who counts how often somebody knocks. */
    public final AtomicLong nanos = new AtomicLong();
    public final List<Route> routes = RestComponent.routes(fake, fake, fake.keys, fake, fake, fake.saveSets, fake.policies, hub,
            new EnrolmentRoutes(enrolment, fake, URI.create("https://backup1:8443")));
    public final FakeDrivers drivers = new FakeDrivers();
    public final FakeDevices devices = new FakeDevices();
    private final Path uploads = Files.createTempDirectory("uploads");
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    public final HttpClient client = HttpClient.newHttpClient();

    public RestServer() throws Exception {
        routes.addAll(RestComponent.driverRoutes(drivers, drivers, devices, libraries, fake));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        serve(context, new ApiServlet(new TestDoor(), new RouteTable(routes), new Uploads(uploads)), Route.ROOT + "/*");
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

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path)).timeout(Duration.ofSeconds(20));
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(request(Route.ROOT + path).header("Authorization", "Bearer " + TOKEN)
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    /** @param who like {@code restorer host} */
    public HttpResponse<String> as(String who, String method, String path, String body) throws IOException, InterruptedException {
        return client.send(request(Route.ROOT + path).header("Authorization", "Bearer as " + who)
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** What lies in files because it was sent and not used up. */
    public List<String> leftUploads() {
        return List.of(uploads.toFile().list());
    }

    public void close() throws Exception {
        hub.close();
        client.close();
        server.stop();
        for (String left : leftUploads()) {
            Files.delete(uploads.resolve(left));
        }
        Files.delete(uploads);
    }
}
