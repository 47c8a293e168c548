package org.azekura.installer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework that drivers run in. Bundles are made and unmade by one thread at a time. */
final class DriverFramework {

    /** Below that of who uses drivers. */
    private static final int START_LEVEL = 25;
    private static final Logger LOG = LoggerFactory.getLogger(DriverFramework.class);

    private final BundleContext context;
    private final Gate gate;
    private final Watch watch = new Watch();
    private volatile Patience patience;

    DriverFramework(BundleContext context, Gate gate, Patience patience) {
        this.context = context;
        this.gate = gate;
        this.patience = patience;
    }

    /** Nobody else installs anything; and to set it for each bundle would be queued, and meet some when they are gone. */
    void begin() {
        system().adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(START_LEVEL);
    }

    /** What came with the appliance, in no package, and serves as a driver does. */
    List<Shipped> shipped() {
        return Arrays.stream(context.getBundles()).map(Shipped::of).filter(Objects::nonNull).toList();
    }

    /** As it runs, or does not, since the framework began. */
    DriverBundles adopt(Shipped shipped) {
        return DriverBundles.adopt(context, gate, watch, shipped);
    }

    /** A copy of its own, beside whatever runs. */
    DriverBundles install(Whole whole) throws BackupException {
        return DriverBundles.install(context, gate, watch, whole);
    }

    /** Whatever hangs in it is left behind. */
    void stop(DriverBundles version) {
        if (!version.canStart()) {
            version.abandon(); // it hangs in its start: a stop would wait behind that
            return;
        }
        try {
            version.stop(patience.stop());
        } catch (BackupException e) {
            LOG.warn("{}; it is left behind", e.getMessage());
            version.abandon();
        }
    }

    void discard(DriverBundles version) {
        stop(version);
        version.uninstall();
    }

    /** What hangs in the code of a driver, for people; empty if nothing does. */
    String stuck(String driver) {
        return watch.stuck(driver);
    }

    Patience patience() {
        return patience;
    }

    /** Holds from the next change on. */
    void have(Patience other) {
        patience = other;
    }

    /** Whether nothing stops it just now. */
    boolean runs() {
        return system().getState() == Bundle.ACTIVE;
    }

    private Bundle system() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }

    /** The highest version of each package that somebody here exports. */
    Map<String, String> exported() {
        Map<String, Version> exported = new HashMap<>();
        Arrays.stream(context.getBundles()).map(bundle -> bundle.adapt(BundleRevision.class)).filter(Objects::nonNull)
                .flatMap(revision -> capabilities(revision).stream())
                .forEach(capability -> exported.merge((String) capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE),
                        (Version) capability.getAttributes().get(Constants.VERSION_ATTRIBUTE), (a, b) -> a.compareTo(b) < 0 ? b : a));
        Map<String, String> text = new HashMap<>();
        exported.forEach((name, version) -> text.put(name, version.toString()));
        return text;
    }

    private static List<BundleCapability> capabilities(BundleRevision revision) {
        BundleWiring wiring = revision.getWiring();
        return wiring == null ? revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
    }
}
