package org.azekura.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ConsoleAddress;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Snapshots;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the REST interface while HTTPS listens and the server offers its services; then says where. */
@Component(immediate = true, service = {})
public final class RestComponent {

    private static final Logger LOG = LoggerFactory.getLogger(RestComponent.class);

    private final EventHub events;
    private final Path urlFile;
    private final ServiceRegistration<Servlet> api;
    private final ServiceRegistration<ConsoleAddress> address;

    @Activate
    public RestComponent(BundleContext context, @Reference Listening listening, @Reference Appliance appliance, @Reference Pools pools,
            @Reference Jobs jobs, @Reference Snapshots snapshots) throws IOException {
        Path run = Path.of(context.getProperty("azekura.home"), "run");
        PrivateFile.folder(run);
        urlFile = run.resolve("url");
        events = new EventHub(jobs, UUID.randomUUID().toString().replace("-", ""));
        // the whiteboard serves it before this returns
        api = context.registerService(Servlet.class,
                new ApiServlet(listening.access(), routes(appliance, pools, jobs, snapshots, events)),
                HttpsComponent.pattern(ApiServlet.ROOT + "/*"));
        URI url = listening.url();
        PrivateFile.write(urlFile, PrivateFile.READABLE, (url + "\n").getBytes(StandardCharsets.UTF_8));
        address = context.registerService(ConsoleAddress.class, () -> url, new Hashtable<>(Map.of(ConsoleAddress.URL, url.toString())));
        LOG.info("REST interface answers at {}{}", url, ApiServlet.ROOT);
    }

    /** Everything this interface answers. */
    static List<Route> routes(Appliance appliance, Pools pools, Jobs jobs, Snapshots snapshots, EventHub events) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new StatusRoutes(appliance).routes());
        routes.addAll(new PoolRoutes(pools).routes());
        routes.addAll(new SnapshotRoutes(snapshots).routes());
        routes.addAll(new JobRoutes(jobs, snapshots).routes());
        routes.add(events.route());
        return routes;
    }

    @Deactivate
    public void close() throws IOException {
        address.unregister();
        Files.deleteIfExists(urlFile);
        events.close();
        api.unregister();
    }
}
