package org.azekura.rest.https;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.UUID;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.azekura.api.server.ConsoleAddress;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes certificate and token where there are none, lets Felix HTTP listen with them and at a {@link LocalDoor}, answers
 * {@code /health} from then on, and publishes {@link Listening} as long as it listens.
 */
@Component(immediate = true, service = {})
public final class HttpsComponent {

    private static final Logger LOG = LoggerFactory.getLogger(HttpsComponent.class);

    /** For what never comes: Jetty begins to listen within a second, on a machine with twenty times too much to do within half a minute; where the whole start has longer, it has. */
    private static final long LISTEN_MS = 1_000 * Math.max(120, Long.getLong("azekura.start.limit_s", 0));

    private final BundleContext context;
    private final ConfigurationAdmin configuration;
    private final Beginning beginning;

    @Activate
    public HttpsComponent(BundleContext context, @Reference ConfigurationAdmin configuration) {
        this.context = context;
        this.configuration = configuration;
        beginning = Beginning.of("https console", context, this::listen);
    }

    private void listen(Beginning begun) throws IOException, InvalidSyntaxException, InterruptedException {
        Path home = Path.of(context.getProperty("azekura.home"));
        HttpsSettings settings = HttpsSettings.free(property("azekura.console.host", "127.0.0.1"), property("azekura.console.port", "0"));
        LocalToken token = new LocalToken(Secret.ensure(home.resolve("token")));
        ConsoleKey key = ConsoleKey.ensure(home.resolve("tls"), context.getProperty("azekura.name"));
        begun.undo(context.registerService(Servlet.class,
                new HealthServlet(() -> context.getServiceReference(ConsoleAddress.class) != null), pattern(HealthServlet.PATH))::unregister);
        String start = UUID.randomUUID().toString();
        Filter ours = FrameworkUtil.createFilter("(&(objectClass=" + HttpServiceRuntime.class.getName() + ")(" + HttpsSettings.START + "=" + start + "))");
        Network network = new Network(settings, key, context.getProperty("azekura.name"));
        var runtimes = new ServiceTracker<>(context, ours, new Runtimes(new Listening(settings.url(),
                settings.others(context.getProperty("azekura.name")), token, network)));
        runtimes.open();
        begun.undo(runtimes::close);
        LocalDoor door = LocalDoor.of(home);
        begun.undo(context.registerService(ConnectorFactory.class, server -> {
            network.serves(server);
            return door.createConnector(server);
        }, null)::unregister);
        configuration.getConfiguration(HttpsSettings.PID, "?").update(settings.felix(key, start));
        LOG.info("console certificate {}", key.keyStore());
        if (runtimes.waitForService(LISTEN_MS) == null) {
            // also what is closed while it waits ends here; then nobody hears of it
            throw new IOException("the console does not listen at " + settings.url() + " after " + LISTEN_MS / 1000
                    + " s; somebody else may have taken the port meanwhile: give another with --port (0 takes a free one)");
        }
    }

    @Deactivate
    public void close() {
        beginning.close();
    }

    public static Dictionary<String, Object> pattern(String pattern) {
        return new Hashtable<>(Map.of(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, pattern,
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED, true));
    }

    private String property(String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** The runtime service is there only while its connectors listen. */
    private final class Runtimes implements ServiceTrackerCustomizer<HttpServiceRuntime, ServiceRegistration<Listening>> {

        private final Listening listening;

        Runtimes(Listening listening) {
            this.listening = listening;
        }

        @Override
        public ServiceRegistration<Listening> addingService(ServiceReference<HttpServiceRuntime> reference) {
            return context.registerService(Listening.class, listening, null);
        }

        @Override
        public void modifiedService(ServiceReference<HttpServiceRuntime> reference, ServiceRegistration<Listening> registration) {
            // its change counter: nothing to us
        }

        @Override
        public void removedService(ServiceReference<HttpServiceRuntime> reference, ServiceRegistration<Listening> registration) {
            registration.unregister();
        }
    }
}
