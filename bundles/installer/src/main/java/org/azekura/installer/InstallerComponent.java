package org.azekura.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.driver.CatalogUse;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.driver.TransportUse;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the gate behind the distribution's bundles and runs the drivers, before anybody who uses devices starts. A driver that does not start keeps
 * nothing else from starting.
 */
@Component(name = "org.azekura.installer", immediate = true, service = {})
@Designate(ocd = InstallerComponent.Settings.class)
public final class InstallerComponent {

    private static final Logger LOG = LoggerFactory.getLogger(InstallerComponent.class);
    private static final int MAX_PACKAGES = 1000;

    private final Uses uses = new Uses();
    private final InstalledDrivers drivers;
    private final ServiceRegistration<DriverInstaller> service;

    @ObjectClassDefinition(name = "Installer of drivers", description = "Takes driver packages in and swaps them while jobs run.")
    public @interface Settings {

        @AttributeDefinition(name = "Time for a start", description = "Seconds that a driver may take to start, and then its devices to be served and to pass"
                + " their tests; 5 to 600. Behind that it is abandoned.", min = "5", max = "600")
        int startTimeout__s() default 30;

        @AttributeDefinition(name = "Time for a stop", description = "Seconds that a driver may take to stop before it is left behind; 1 to 600.",
                min = "1", max = "600")
        int stopTimeout__s() default 10;

        @AttributeDefinition(name = "Time for calls", description = "Seconds that calls to a device which have begun may take before they are given up when"
                + " its driver changes; 1 to 120.", min = "1", max = "120")
        int callTimeout__s() default 30;
    }

    @Activate
    public InstallerComponent(BundleContext context, Settings settings, @Reference ConfigurationAdmin configurations) throws BackupException {
        DriverHome home = new DriverHome(Path.of(context.getProperty("azekura.home"), "drivers"), step -> {});
        drivers = new InstalledDrivers(context, new SignedPackages(), home, new Gate(context), uses, new ConfiguredDevices(configurations),
                patience(settings));
        String distribution = context.getProperty("azekura.distribution");
        if (distribution == null) {
            drivers.begin(List.of(), new PublisherTrust(List.of(), false));
        } else {
            drivers.begin(files(Path.of(distribution, "drivers"), ".azd"), publishers(Path.of(distribution, "etc", "publishers")));
        }
        service = context.registerService(DriverInstaller.class, drivers, null);
    }

    private static Patience patience(Settings settings) throws BackupException {
        return new Patience(seconds("callTimeout_s", settings.callTimeout__s(), 1, 120), seconds("startTimeout_s", settings.startTimeout__s(), 5, 600),
                seconds("stopTimeout_s", settings.stopTimeout__s(), 1, 600));
    }

    /** Drivers go on as they are. */
    @Modified
    void change(Settings settings) throws BackupException {
        drivers.have(patience(settings));
    }

    private static Duration seconds(String setting, int value, int least, int most) throws BackupException {
        if (value < least || value > most) {
            throw BackupException.operator("setting.range", setting, setting + " is " + least + " to " + most + " seconds, like 30; not " + value);
        }
        return Duration.ofSeconds(value);
    }

    private static List<Path> files(Path folder, String end) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.getFileName().toString().endsWith(end)).limit(MAX_PACKAGES).sorted().toList();
        } catch (IOException e) {
            LOG.error("{} can't be read, and is taken for empty: {}", folder, e.toString());
            return List.of();
        }
    }

    private static PublisherTrust publishers(Path folder) {
        List<byte[]> certificates = new ArrayList<>();
        for (Path file : files(folder, ".pem")) {
            try {
                certificates.add(Files.readAllBytes(file));
            } catch (IOException e) {
                LOG.error("{} can't be read, and its publisher is not trusted: {}", file, e.toString());
            }
        }
        return new PublisherTrust(certificates, false);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addUse(DeviceUse use) {
        uses.add(use);
    }

    void removeUse(DeviceUse use) {
        uses.remove(use);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransportUse(TransportUse use) {
        uses.add(use);
    }

    void removeTransportUse(TransportUse use) {
        uses.remove(use);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCatalogUse(CatalogUse use) {
        uses.add(use);
    }

    void removeCatalogUse(CatalogUse use) {
        uses.remove(use);
    }

    @Deactivate
    void stop() {
        service.unregister();
        drivers.close();
    }
}
