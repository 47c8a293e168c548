package org.azekura.installer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of one version of a driver in the framework, at locations that are theirs alone. Used by one thread at a time. */
final class DriverBundles {

    /** What locations begin with. */
    static final String LOCATION = "driver:";
    private static final Duration REFRESH = Duration.ofSeconds(20);
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final Logger LOG = LoggerFactory.getLogger(DriverBundles.class);

    private final BundleContext context;
    private final Gate gate;
    private final Watch watch;
    private final Version about;
    private final List<Bundle> bundles = new ArrayList<>();

    /** Which one it is. */
    record Version(String driver, String version) {

        static Version of(Whole whole) {
            return new Version(whole.name(), whole.version().toString());
        }

        @Override
        public String toString() {
            return "driver " + driver + " " + version;
        }
    }

    private DriverBundles(BundleContext context, Gate gate, Watch watch, Version about) {
        this.context = context;
        this.gate = gate;
        this.watch = watch;
        this.about = about;
    }

    /** That of the distribution, as the launcher has installed it. */
    static DriverBundles adopt(BundleContext context, Gate gate, Watch watch, Shipped shipped) {
        DriverBundles made = new DriverBundles(context, gate, watch, Version.of(shipped.whole()));
        made.bundles.add(shipped.bundle());
        gate.adopt(shipped.bundle());
        return made;
    }

    /**
     * Installs them beside what runs; none of their code runs.
     *
     * @throws BackupException {@code package.refused} if one is no bundle; nothing of it stays
     */
    static DriverBundles install(BundleContext context, Gate gate, Watch watch, Whole whole) throws BackupException {
        Version about = Version.of(whole);
        DriverBundles made = new DriverBundles(context, gate, watch, about);
        boolean all = false;
        try {
            for (String jar : whole.bundles()) {
                made.add(whole.folder().resolve(jar));
            }
            made.requireOwnName();
            all = true;
            return made;
        } catch (IOException e) {
            throw BackupException.device("driver.failed", about.driver, about + " can't be read: " + e, e);
        } catch (BundleException e) {
            throw refused(about, "a bundle of it is none: " + e.getMessage());
        } finally {
            if (!all) {
                made.uninstall();
            }
        }
    }

    /** Libraries may be in many drivers; a driver of another's name is a copy that somebody forgot to rename, and would serve that one's devices. */
    private void requireOwnName() throws BackupException {
        String name = bundles.getLast().getSymbolicName();
        for (Bundle other : context.getBundles()) {
            String location = other.getLocation();
            if (name != null && name.equals(other.getSymbolicName()) && location.startsWith(LOCATION) && !location.startsWith(LOCATION + about.driver + "/")) {
                throw refused(about, "its bundle is called " + name + ", as that of driver " + location.substring(LOCATION.length(), location.indexOf('/'))
                        + " is; give it a Bundle-SymbolicName of its own");
            }
        }
    }

    private void add(Path jar) throws IOException, BundleException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(jar))) {
            Bundle bundle = context.installBundle(LOCATION + about.driver + "/" + about.version + "/" + jar.getFileName() + "#" + NUMBER.incrementAndGet(), in);
            bundles.add(bundle);
            gate.admit(bundle);
        }
    }

    /**
     * Finds for each requirement who meets it, before anything runs.
     *
     * @throws BackupException {@code package.refused} with all that is missing
     */
    void resolve() throws BackupException {
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        if (!wiring.resolveBundles(bundles)) {
            SortedSet<String> missing = new TreeSet<>();
            for (Bundle bundle : bundles) {
                for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
                    if (isNeeded(requirement) && wiring.findProviders(requirement).isEmpty()) {
                        missing.add(describe(requirement));
                    }
                }
            }
            throw refused(about, missing.isEmpty() ? "what it needs is here, but does not fit together" : "it needs what is not here: " + String.join(", ", missing));
        }
    }

    private static boolean isNeeded(BundleRequirement requirement) {
        return !Constants.RESOLUTION_OPTIONAL.equals(requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE))
                && !"active".equals(requirement.getDirectives().get("effective"));
    }

    private static String describe(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        return (requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) ? "" : requirement.getNamespace() + " ") + filter;
    }

    private static BackupException refused(Version about, String why) {
        return BackupException.operator("package.refused", about.driver, "the package of " + about + " is refused: " + why);
    }

    /** @throws BackupException {@code driver.hung}, {@code driver.failed} */
    void start(Duration patience) throws BackupException {
        watch.run(about.driver, about + " starts", patience, () -> {
            for (Bundle bundle : bundles) {
                if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                    bundle.start(Bundle.START_TRANSIENT);
                }
            }
        }, this::leave);
    }

    /** @throws BackupException {@code driver.hung}, {@code driver.failed} */
    void stop(Duration patience) throws BackupException {
        watch.run(about.driver, about + " stops", patience, () -> {
            for (Bundle bundle : bundles.reversed()) {
                if (bundle.getState() != Bundle.UNINSTALLED) {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                }
            }
        }, this::leave);
    }

    /** Whether it can be started: nothing hangs in it. */
    boolean canStart() {
        return bundles.stream().allMatch(bundle -> (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED | Bundle.ACTIVE)) != 0);
    }

    /** It hangs in its start or its stop: nobody hears of it again, and it leaves when it wakes up. */
    void abandon() {
        bundles.forEach(gate::abandon);
    }

    private void leave() {
        try {
            for (Bundle bundle : bundles.reversed()) {
                if (bundle.getState() != Bundle.UNINSTALLED) {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                }
            }
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("{}: {}", about, e.getMessage());
        }
        uninstall();
    }

    /** Nothing of it stays in memory. Bundles that hang are left; they leave by themselves when they wake up. */
    void uninstall() {
        List<Bundle> gone = new ArrayList<>();
        for (Bundle bundle : bundles) {
            try {
                if ((bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
                    bundle.uninstall();
                    gone.add(bundle);
                }
            } catch (BundleException | IllegalStateException e) {
                LOG.warn("{}: bundle {} can't be uninstalled: {}", about, bundle.getSymbolicName(), e.getMessage());
            }
        }
        refresh(gone);
        gone.forEach(gate::forget);
        bundles.removeAll(gone);
    }

    /** Lets go of the class loaders. */
    private void refresh(List<Bundle> gone) {
        if (gone.isEmpty()) {
            return;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class).refreshBundles(Set.copyOf(gone), event -> refreshed.countDown());
            if (!refreshed.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{}: the framework did not let go of its classes within {} s", about, REFRESH.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("the framework stops: {}", e.getMessage());
        }
    }
}
