package org.azekura.server.disk;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.ApplianceDisks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers the disks of this machine, whether it runs from an image or not: who asks is told. */
@Component(name = "org.azekura.server.disk", service = {})
public final class DiskComponent {

    private final List<ServiceRegistration<?>> services;

    @Activate
    public DiskComponent(BundleContext context) {
        String root = context.getProperty("azekura.image.root");
        DiskPlaces places = DiskPlaces.of(Path.of(root == null ? "/" : root));
        services = List.of(context.registerService(ApplianceDisks.class, new DiskDesk(places), null),
                context.registerService(AlertSource.class, new HealthAlerts(places, InstantSource.system()), null),
                context.registerService(AlertSource.class, new SetAlerts(places.sets()), null));
    }

    @Deactivate
    void stop() {
        services.forEach(ServiceRegistration::unregister);
    }
}
