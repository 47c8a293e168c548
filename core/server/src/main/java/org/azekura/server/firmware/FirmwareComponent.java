package org.azekura.server.firmware;

import java.nio.file.Path;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
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

/** Offers the firmware of this machine, whether it runs from an image or not: who asks is told. */
@Component(name = "org.azekura.server.firmware", service = {})
public final class FirmwareComponent {

    private final FirmwareDesk desk;
    private final ServiceRegistration<?> service;
    /** Null while no drivers run here. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile DriverInstaller installer;

    @Activate
    public FirmwareComponent(BundleContext context) throws BackupException {
        String root = context.getProperty("azekura.image.root");
        Places places = Places.of(Path.of(root == null ? "/" : root), Path.of(context.getProperty("azekura.home")), Map.of());
        desk = new FirmwareDesk(places, () -> installer);
        desk.begin();
        service = context.registerService(Firmware.class, desk, null);
    }

    @Deactivate
    void stop() {
        service.unregister();
        desk.close();
    }
}
