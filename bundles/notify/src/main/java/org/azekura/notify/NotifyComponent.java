package org.azekura.notify;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.access.Seal;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.Alerts;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.ConsoleAddress;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Notifications;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happens while the server runs. */
@Component(name = "org.azekura.notify", immediate = true, service = {})
@Designate(ocd = NotifyComponent.Settings.class)
public final class NotifyComponent {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyComponent.class);

    private final BundleContext context;
    private final Courier courier;
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final List<ServiceRegistration<?>> published = new ArrayList<>();
    private volatile Settings settings;

    @ObjectClassDefinition(name = "Notifications", description = "What people are told of what happens.")
    public @interface Settings {

        @AttributeDefinition(name = "Address of the console", description = "What links in messages begin with, like https://backup.example.com:8443; empty: the address at which the"
                + " appliance listens.")
        String consoleAddress() default "";

        @AttributeDefinition(name = "Webhooks on this machine", description = "Whether a webhook may go to this very machine or to an address of its own link. Leave it off unless a"
                + " program that is told listens here: whoever may set a webhook would reach what listens to nobody else.")
        boolean localWebhooks() default false;
    }

    @Activate
    public NotifyComponent(BundleContext context, @Reference Catalog catalog, @Reference Jobs jobs, @Reference Alerts alerts, @Reference Seal seal, Settings settings) {
        this.context = context;
        this.settings = settings;
        InstantSource clock = InstantSource.system();
        Ways ways = new Ways(seal, clock, () -> this.settings.localWebhooks());
        Outbox outbox = new Outbox(catalog, clock, new Happened(jobs));
        courier = new Courier(outbox, ways::of, new Courier.Letters(context.getProperty("azekura.name"), this::console));
        published.add(context.registerService(Notifications.class, new TargetDesk(catalog, clock, ways, outbox, courier), null));
        published.add(context.registerService(AlertSource.class, new Unreached(catalog), null));
        if (!catalog.leads()) {
            return; // who leads tells people
        }
        watches.add(jobs.watch(progress -> {
            if (progress.state().ended() || progress.state() == Job.State.PARKED) {
                courier.wake();
            }
        }));
        watches.add(alerts.watch(change -> courier.wake()));
        courier.open();
    }

    /** Counts from the next message on. */
    @Modified
    void changed(Settings now) {
        settings = now;
    }

    private String console() {
        if (!settings.consoleAddress().isBlank()) {
            return settings.consoleAddress().strip().replaceAll("/+$", "");
        }
        ServiceReference<ConsoleAddress> found = context.getServiceReference(ConsoleAddress.class);
        return found == null ? "" : (String) found.getProperty(ConsoleAddress.URL);
    }

    @Deactivate
    void close() {
        published.forEach(ServiceRegistration::unregister);
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                LOG.warn("a watch did not close: {}", e.toString());
            }
        }
        courier.close();
    }
}
