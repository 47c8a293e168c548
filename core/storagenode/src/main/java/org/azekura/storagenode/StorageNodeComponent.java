package org.azekura.storagenode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.TransportUse;
import org.azekura.api.transport.Transport;
import org.azekura.storagenode.cartridge.volume.RingMemory;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.driver.ScrDrivers;
import org.azekura.wire.ServerLinks;
import org.azekura.wire.Transports;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the storage node where the role {@code node} is wanted. */
@Component(name = "org.azekura.node", immediate = true, service = {})
@Designate(ocd = StorageNodeComponent.Settings.class)
public final class StorageNodeComponent {

    private static final long LEAST_MiB = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(StorageNodeComponent.class);

    private final StorageNodeRole role;
    private final ServiceComponentRuntime components;
    private final ConfigurationAdmin configurations;
    private final MetaTypeService metatypes;
    private final Transports transports = new Transports();
    private DeviceServices devices;
    /** Null where no storage node is. */
    private ServiceRegistration<DeviceUse> use;
    private ServiceRegistration<TransportUse> transportUse;

    @ObjectClassDefinition(name = "Storage node", description = "Has volumes, drives and libraries.")
    public @interface Settings {

        @AttributeDefinition(name = "Memory for blocks on their way to drives", description = "MiB outside of the heap for all drives of this node together, 8 or more; 0: 1 GiB, or an eighth of"
                + " the machine's memory if that is less.", min = "0")
        int ringMemory__MiB() default 0;
    }

    @Activate
    public StorageNodeComponent(BundleContext context, @Reference ServiceComponentRuntime components, @Reference ConfigurationAdmin configurations,
            @Reference MetaTypeService metatypes) {
        this.role = new StorageNodeRole(Path.of(context.getProperty("azekura.home")), StorageNodeComponent::end);
        this.components = components;
        this.configurations = configurations;
        this.metatypes = metatypes;
    }

    @Activate
    void start(BundleContext context, Settings settings) throws BackupException {
        changed(settings);
        String roles = context.getProperty("azekura.roles");
        if (roles == null || !Arrays.asList(roles.split(",")).contains("node")) {
            LOG.info("no storage node here: azekura.roles is {}", roles);
            return;
        }
        role.start(new NodeName(context.getProperty("azekura.name")), context.getBundle().getVersion().toString(),
                ServerLinks.places(context.getProperty("azekura.server")), transports, new ScrDrivers(components, configurations, metatypes, context), Path.of(context.getProperty("azekura.home"), "node"), PATIENCE);
        devices = new DeviceServices(context, role, new DeviceFiles(Path.of(context.getProperty("azekura.home"), "node")));
        devices.open();
        use = context.registerService(DeviceUse.class, role.deviceUse(), null);
        transportUse = context.registerService(TransportUse.class, role.transportUse(), null);
    }

    /** Taken on while all goes on. */
    @Modified
    void changed(Settings settings) {
        RingMemory.SHARED.allow(settings.ringMemory__MiB() <= 0 ? RingMemory.usual() : Math.max(LEAST_MiB, settings.ringMemory__MiB()) << 20);
    }

    /** The launcher's hook does the rest, as after {@code azekura down}: in bounded time, whatever hangs. */
    private static void end(String why) {
        LOG.warn("this process ends: {}", why);
        System.exit(0);
    }

    @Deactivate
    void stop() {
        if (use != null) {
            use.unregister();
            transportUse.unregister();
            devices.close();
        }
        role.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addInstaller(DriverInstaller installer) {
        role.installerCame(installer);
    }

    void removeInstaller(DriverInstaller installer) {
        role.installerWent(installer);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        transports.add(transport);
        role.transportsChanged();
    }

    void removeTransport(Transport transport) {
        transports.remove(transport);
        role.transportsChanged();
    }
}
