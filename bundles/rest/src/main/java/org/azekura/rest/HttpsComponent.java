package org.azekura.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.UUID;
import org.azekura.api.server.ConsoleAddress;
import org.osgi.framework.BundleContext;
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
 * Makes certificate and token where there are none, lets Felix HTTP listen with them, answers {@code /health} from then on, and
 * publishes {@link Listening} as long as it listens.
 */
@Component(immediate = true, service = {})
public final class HttpsComponent {

    private static final Logger LOG = LoggerFactory.getLogger(HttpsComponent.class);

    private final BundleContext context;
    private final Listening listening;
    private final ServiceRegistration<Servlet> health;
    private final ServiceTracker<HttpServiceRuntime, ServiceRegistration<Listening>> runtimes;

    @Activate
    public HttpsComponent(BundleContext context, @Reference ConfigurationAdmin configuration) throws IOException, InvalidSyntaxException {
        this.context = context;
        Path home = Path.of(context.getProperty("azekura.home"));
        HttpsSettings settings = HttpsSettings.free(property("azekura.console.host", "127.0.0.1"), property("azekura.console.port", "0"));
        Access access = new Access(Secret.ensure(home.resolve("token")));
        ConsoleKey key = ConsoleKey.ensure(home.resolve("tls"), context.getProperty("azekura.name"));
        listening = new Listening(settings.url(), access);
        health = context.registerService(Servlet.class,
                new HealthServlet(() -> context.getServiceReference(ConsoleAddress.class) != null), pattern(HealthServlet.PATH));
        String start = UUID.randomUUID().toString();
        runtimes = new ServiceTracker<>(context, FrameworkUtil.createFilter("(&(objectClass=" + HttpServiceRuntime.class.getName()
                + ")(" + HttpsSettings.START + "=" + start + "))"), new Runtimes());
        runtimes.open();
        configuration.getConfiguration(HttpsSettings.PID, "?").update(settings.felix(key, start));
        LOG.info("console certificate {}", key.keyStore());
    }

    @Deactivate
    public void close() {
        runtimes.close();
        health.unregister();
    }

    static Dictionary<String, Object> pattern(String pattern) {
        return new Hashtable<>(Map.of(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, pattern,
                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED, true));
    }

    private String property(String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** The runtime service is there only while its connectors listen. */
    private final class Runtimes implements ServiceTrackerCustomizer<HttpServiceRuntime, ServiceRegistration<Listening>> {

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
