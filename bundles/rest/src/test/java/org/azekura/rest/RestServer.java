package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.rest.access.AccessDoor;
import org.azekura.rest.access.Deferred;
import org.azekura.rest.access.Witness;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.disk.DiskRoutes;
import org.azekura.rest.document.OpenApi;
import org.azekura.rest.download.DownloadRoutes;
import org.azekura.rest.event.EventHub;
import org.azekura.rest.firmware.FirmwareRoutes;
import org.azekura.rest.host.EnrolmentRoutes;
import org.azekura.rest.host.JoinServlet;
import org.azekura.rest.https.Doors;
import org.azekura.rest.https.HealthServlet;
import org.azekura.rest.https.LocalToken;
import org.azekura.rest.https.NetworkRoutes;
import org.azekura.rest.https.QuietNetwork;
import org.azekura.rest.https.Remainder;
import org.azekura.rest.metrics.Metrics;
import org.azekura.rest.metrics.MetricsServlet;
import org.azekura.rest.peer.PassOn;
import org.azekura.rest.peer.Peers;
import org.azekura.rest.status.CatalogRoutes;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The interface on a real HTTP server, without TLS and without a framework. */
public final class RestServer implements AutoCloseable {

    public static final String TOKEN = "the-token-of-this-test";

    public final FakeServer fake = new FakeServer();
    public final FakeLibraries libraries = new FakeLibraries();
    public final FakeNotices notices = new FakeNotices();
    public final FakeDevices devices = new FakeDevices();
    public final EventHub hub = new EventHub(new EventHub.Sources(fake, notices, fake, devices), "start1");
    public final FakeEnrolment enrolment = new FakeEnrolment();
    /** The clock of who counts how often somebody knocks. */
    public final AtomicLong nanos = new AtomicLong();
    public final List<Route> routes = RestComponent.routes(fake, fake, fake.keys, fake, fake, fake.saveSets, fake.policies, fake.retention, fake.proofs, hub,
            new EnrolmentRoutes(enrolment, fake, URI.create("https://backup1:8443")));
    public FakeContents contents = new FakeContents();
    public final FakeDrivers drivers = new FakeDrivers();
    public final FakeFirmware firmware = new FakeFirmware();
    public final FakeDisks disks = new FakeDisks();
    public final FakeAccess access = new FakeAccess();
    public final FakeCatalog catalog = new FakeCatalog();
    public final FakeRequests requests = new FakeRequests();
    private final RouteTable table;
    final Deferred deferred;
    /** Of its catalog, this one not among them; on the second of two it knows the first. */
    public final List<CatalogServer> servers = new CopyOnWriteArrayList<>();
    private final PassOn passOn = Peers.of(() -> servers, TOKEN);
    private final Path uploads = Files.createTempDirectory("uploads");
    /** As few threads as an appliance has. */
    private final Server server = new Server(new QueuedThreadPool(32));
    private final ServerConnector connector = new ServerConnector(server);
    public final HttpClient client = HttpClient.newHttpClient();

    /** One whose callers say who they are. */
    public static RestServer start() {
        return behind(access -> new TestDoor());
    }

    /** One with the door of an appliance, in whose home lies this token. */
    static RestServer ofHome(String token) {
        return behind(access -> new AccessDoor(new LocalToken(token), access.tokens, access.sessions));
    }

    private static RestServer behind(Function<FakeAccess, Door> door) {
        try {
            return new RestServer(door);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private RestServer(Function<FakeAccess, Door> door) throws Exception {
        routes.addAll(RestComponent.driverRoutes(drivers, drivers, devices, libraries, fake));
        routes.addAll(RestComponent.accessRoutes(access.users, access.tokens, access.sessions, access.factors, access.passkeys, access.signOn, access.log, requests));
        routes.addAll(RestComponent.noticeRoutes(notices, notices));
        routes.addAll(new DownloadRoutes(fake, fake, access.log, () -> contents).routes());
        routes.addAll(new NetworkRoutes(QuietNetwork.one()).routes());
        routes.addAll(new FirmwareRoutes(firmware).routes());
        routes.addAll(new DiskRoutes(disks).routes());
        routes.addAll(new CatalogRoutes(catalog).routes());
        routes.add(new OpenApi(routes).route());
        table = new RouteTable(routes);
        deferred = new Deferred(requests, table);
        connector.setHost("127.0.0.1");
        connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration().addCustomizer(new Remainder());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        Door front = door.apply(access);
        serve(context, asWrapped(new ApiServlet(front, new Witness(access.log), deferred, table, new StandBy(catalog, table, "backup2"), passOn, new Uploads(uploads))), Route.ROOT + "/*");
        serve(context, new JoinServlet(enrolment, nanos::get), JoinServlet.PATH);
        serve(context, new MetricsServlet(front, new Metrics(fake, catalog, fake, fake, libraries, fake.proofs)), MetricsServlet.PATH);
        serve(context, new HealthServlet(() -> true), HealthServlet.PATH);
        server.setHandler(context);
        server.start();
    }

    /** As the whiteboard does it, whose answer to an error is a page. */
    private static Servlet asWrapped(Servlet servlet) {
        return new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
                servlet.service(request, new HttpServletResponseWrapper(response) {
                    @Override
                    public void sendError(int status) {
                        // there is no page about it
                    }
                });
            }
        };
    }

    private static void serve(ServletContextHandler context, Servlet servlet, String pattern) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, pattern);
    }

    /** Opens the doors of an appliance with this home, too. */
    Doors open(Path home) throws Exception {
        return Doors.open(server, home, TOKEN);
    }

    public String place() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(place() + path)).timeout(Duration.ofSeconds(20));
    }

    /** With the home's token. What is answered is as the document says. */
    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return send(TOKEN, method, path, body);
    }

    private HttpResponse<String> send(String token, String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request(Route.ROOT + path).header("Authorization", "Bearer " + token)
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        Described.check(table, method, path.replaceFirst("\\?.*", ""), answer);
        return answer;
    }

    /** @param who like {@code restorer host} */
    public HttpResponse<String> as(String who, String method, String path, String body) throws IOException, InterruptedException {
        return send("as " + who, method, path, body);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    /** What is answered well. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** What lies in files because it was sent and not used up. */
    public List<String> leftUploads() {
        return List.of(uploads.toFile().list());
    }

    @Override
    public void close() throws IOException {
        hub.close();
        client.close();
        passOn.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
        for (String left : leftUploads()) {
            Files.delete(uploads.resolve(left));
        }
        Files.delete(uploads);
    }
}
