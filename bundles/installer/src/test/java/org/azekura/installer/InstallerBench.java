package org.azekura.installer;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.felix.framework.FrameworkFactory;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.azekura.api.driver.PublisherTrust;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** An installer in a framework of its own, with somebody who uses the devices. */
final class InstallerBench implements AutoCloseable {

    static final PublisherTrust TRUST = new PublisherTrust(List.of(), false);
    private static final Duration LONG = Duration.ofMinutes(2);
    /** What a driver's start, and its end, may take: a sound one takes milliseconds, and on a busy machine a second; one that hangs is waited for so long. */
    static final Duration START = Duration.ofSeconds(5);

    final Framework framework;
    final InstalledDrivers drivers;
    /** Whom the framework treats as it does everybody; the system bundle sees more. */
    private final Bundle observer;
    /** What the user of devices was asked, in its order. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** Configured for every driver. */
    final List<DeviceName> devices = new CopyOnWriteArrayList<>();
    private final Path packages;
    /** Runs, and keeps the catalog from being changed; null if there is none. */
    String job;

    InstallerBench(Path folder) throws Exception {
        this(folder, step -> {}, START, List.of());
    }

    /** @param builtIn packages of the distribution */
    InstallerBench(Path folder, Consumer<String> step, Duration start, List<Path> builtIn) throws Exception {
        this(folder, step, start, builtIn, List.of());
    }

    /** @param shipped bundles that the launcher has started before */
    InstallerBench(Path folder, Consumer<String> step, Duration start, List<Path> builtIn, List<Path> shipped) throws Exception {
        packages = Files.createDirectories(folder.resolve("packages"));
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage",
                Files.createTempDirectory(folder, "framework").toString(), "org.osgi.framework.startlevel.beginning", "30"));
        framework.start();
        observer = framework.getBundleContext().installBundle("observer", new ByteArrayInputStream(TestPackage.bundle("observer", "1.0.0", "quiet", null)));
        observer.start();
        Uses uses = new Uses();
        uses.add((DeviceUse) this::pause);
        uses.add(() -> pause(Set.of(), "transports", LONG));
        uses.add(this::pauseCatalog);
        for (Path jar : shipped) {
            framework.getBundleContext().installBundle("reference:" + jar.toUri()).start();
        }
        drivers = new InstalledDrivers(framework.getBundleContext(), new TestPackage(), new DriverHome(folder.resolve("drivers"), step),
                new Gate(framework.getBundleContext()), uses, driver -> List.copyOf(devices), new Patience(LONG, start, START));
        try {
            drivers.begin(builtIn, TRUST);
        } catch (BackupException | RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    Path make(String version, String mode) throws Exception {
        return TestPackage.make(packages, "test", version, mode, null);
    }

    Path make(String version, String mode, String imports) throws Exception {
        return TestPackage.make(packages, "test", version, mode, imports);
    }

    Path make(String name, String version, String mode, Admission.Kind kind) throws Exception {
        return TestPackage.make(packages, name, version, mode, null, kind);
    }

    InstalledDriver install(String version, String mode) throws Exception {
        return drivers.install(make(version, mode), TRUST).driver();
    }

    Outcome update(String version, String mode) throws Exception {
        return drivers.update(make(version, mode), TRUST);
    }

    private DeviceUse.Pause pauseCatalog(String why, Duration patience) throws BackupException {
        if (job != null) {
            throw BackupException.operator("catalog.locked", "", job + " runs");
        }
        return pause(Set.of(), why, patience);
    }

    private DeviceUse.Pause pause(Set<DeviceName> named, String why, Duration patience) {
        asked.add("pause: " + why);
        return new DeviceUse.Pause() {
            @Override
            public void prove(Duration within) throws BackupException {
                asked.add("prove " + versions());
                String problem = service();
                if (!problem.isEmpty()) {
                    throw BackupException.device("device.broken", "d1", "device d1 " + problem, null);
                }
            }

            @Override
            public void close() {
                asked.add("resume " + versions());
            }
        };
    }

    private String service() throws BackupException {
        for (ServiceReference<?> reference : references()) {
            @SuppressWarnings("unchecked")
            Supplier<String> service = (Supplier<String>) observer.getBundleContext().getService(reference);
            String problem = service.get();
            observer.getBundleContext().ungetService(reference);
            return problem;
        }
        return "is not served";
    }

    private List<ServiceReference<?>> references() {
        try {
            ServiceReference<?>[] found = observer.getBundleContext().getServiceReferences(Supplier.class.getName(), "(test.version=*)");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Versions whose services can be had now. */
    List<String> versions() {
        List<String> versions = new ArrayList<>();
        references().forEach(reference -> versions.add((String) reference.getProperty("test.version")));
        return versions;
    }

    /** Bundles of drivers. */
    List<Bundle> bundles() {
        return Arrays.stream(framework.getBundleContext().getBundles()).filter(bundle -> bundle.getLocation().startsWith(DriverBundles.LOCATION)).toList();
    }

    InstalledDriver only() {
        List<InstalledDriver> all = drivers.list();
        if (all.size() != 1) {
            throw new AssertionError("one driver was expected, not " + all);
        }
        return all.getFirst();
    }

    private void stop() {
        try {
            framework.stop();
            framework.waitForStop(5_000);
        } catch (BundleException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
