package org.azekura.server.firmware;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.DataDisks;
import org.azekura.api.server.Firmware;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Offers the firmware and the data disks of this machine, whether it runs from an image or not: who asks is told. */
@Component(name = "org.azekura.server.firmware", service = {})
public final class FirmwareComponent {

    private final FirmwareDesk desk;
    private final List<ServiceRegistration<?>> services;
    /** Null while no drivers run here. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile DriverInstaller installer;

    @Activate
    public FirmwareComponent(BundleContext context) throws BackupException {
        String root = context.getProperty("azekura.image.root");
        Path machine = Path.of(root == null ? "/" : root);
        Places places = Places.of(machine, Path.of(context.getProperty("azekura.home")), Map.of());
        desk = new FirmwareDesk(places, () -> installer);
        desk.begin();
        services = List.of(context.registerService(Firmware.class, desk, null),
                context.registerService(DataDisks.class, new DiskDesk(places.slot(), new SystemDoor(places.door())), null),
                context.registerService(AlertSource.class, new DiskAlerts(places, InstantSource.system()), null),
                context.registerService(AlertSource.class, new DiskSetAlerts(machine.resolve(DiskSetAlerts.SETS)), null));
    }

    @Deactivate
    void stop() {
        services.forEach(ServiceRegistration::unregister);
        desk.close();
    }
}
