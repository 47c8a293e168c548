package org.azekura.installer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.InstalledDriver.State;
import org.azekura.api.driver.Outcome;
import org.azekura.api.driver.PublisherTrust;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drivers of this process. Changes come one after the other; what there is can be asked for meanwhile. Thread-safe. */
final class InstalledDrivers implements DriverInstaller, AutoCloseable {

    /** Below that of who uses drivers. */
    private static final int START_LEVEL = 25;
    private static final Logger LOG = LoggerFactory.getLogger(InstalledDrivers.class);

    private final BundleContext context;
    private final Admission admission;
    private final DriverHome home;
    private final Gate gate;
    private final Uses uses;
    private final DeviceBook devices;
    private volatile Patience patience;
    private final Watch watch = new Watch();
    private final ReentrantLock changing = new ReentrantLock();
    private final SortedMap<String, Driver> drivers = new ConcurrentSkipListMap<>();
    /** Content ids of versions that were started anew; guarded by the lock. */
    private final Set<String> restarted = new HashSet<>();
    /** Content ids of what the distribution has, by the name of the driver. */
    private final Map<String, String> builtIn = new HashMap<>();

    /**
     * One that is here.
     *
     * @param about   null if not even that could be read
     * @param running null if it does not run
     * @param problem empty if there is none
     */
    private record Driver(About about, DriverBundles running, State state, String problem) {}

    InstalledDrivers(BundleContext context, Admission admission, DriverHome home, Gate gate, Uses uses, DeviceBook devices, Patience patience) {
        this.context = context;
        this.admission = admission;
        this.home = home;
        this.gate = gate;
        this.uses = uses;
        this.devices = devices;
        this.patience = patience;
    }

    /**
     * Starts what is here, and what the distribution has that is not here yet or newer than what is. What fails is left out, and said.
     *
     * @param packages of the distribution
     * @param trust    of these
     * @throws BackupException if not even the folder of drivers can be read
     */
    void begin(List<Path> packages, PublisherTrust trust) throws BackupException {
        changing.lock();
        try {
            // Nobody else installs anything; and to set it for each bundle would be queued, and meet some when they are gone.
            system().adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(START_LEVEL);
            home.open();
            List<String> names = home.names();
            Map<String, Admission.Candidate> distribution = new TreeMap<>();
            for (Path file : packages) {
                try {
                    Admission.Candidate candidate = admission.look(file);
                    distribution.merge(candidate.name(), candidate, (a, b) -> a.version().compareTo(b.version()) < 0 ? b : a);
                } catch (BackupException e) {
                    LOG.error("a driver of the distribution is left out: {}", e.getMessage());
                }
            }
            Set<String> all = new TreeSet<>(names);
            all.addAll(distribution.keySet());
            for (String name : all) {
                begin(name, distribution.get(name), trust);
            }
        } finally {
            changing.unlock();
        }
    }

    private void begin(String name, Admission.Candidate offered, PublisherTrust trust) {
        if (offered != null) {
            builtIn.put(name, offered.contentId());
        }
        try {
            home.tidy(name);
            Current current = home.current(name);
            About offer = offered == null || !isNews(name, current, offered) ? null : let(offered, trust);
            if (offer != null) {
                home.add(name, offered, offer);
                Current next = followed(current, offer);
                if (beginOn(name, next, current)) {
                    return;
                }
                current = home.current(name);
            }
            if (current != null && !current.isRemoved() && !beginOn(name, current, back(current))) {
                LOG.error("driver {} does not run; jobs on its devices wait", name);
            }
        } catch (BackupException e) {
            LOG.error("driver {} does not run: {}", name, e.getMessage());
            drivers.put(name, new Driver(null, null, State.FAILED, e.getMessage()));
        }
    }

    /** Null if it may not come in. */
    private About let(Admission.Candidate offered, PublisherTrust trust) {
        try {
            About offer = About.of(offered, offered.verified(trust));
            offered.requireServed(exported());
            return offer;
        } catch (BackupException e) {
            LOG.error("driver {} of the distribution is left out: {}", offered.name(), e.getMessage());
            return null;
        }
    }

    /** @param before null if there was none */
    private static Current followed(Current before, About now) {
        return before == null ? new Current(now.folder(), null, List.of()) : before.followedBy(now.folder());
    }

    /** What a version that does not start gives way to. */
    private static Current back(Current current) {
        return current.previous() == null ? null : new Current(current.previous(), null, current.refused());
    }

    private boolean isNews(String name, Current current, Admission.Candidate offer) throws BackupException {
        if (current == null) {
            return true;
        }
        if (current.isRemoved() || current.refused().contains(offer.contentId())) {
            return false;
        }
        About here = home.about(name, current.here());
        // A build may have made the same version anew.
        return here.version().compareTo(offer.version()) < 0 || here.version().equals(offer.version()) && !here.content().equals(offer.contentId());
    }

    /**
     * Runs a version as the current one.
     *
     * @param back what becomes current if it does not start; null if nothing does
     * @return false if it did not start, and neither did that
     */
    private boolean beginOn(String name, Current current, Current back) throws BackupException {
        About about = home.about(name, current.here());
        DriverBundles version = null;
        try {
            version = install(name, about);
            version.resolve();
            version.start(patience.start());
            if (!current.equals(home.current(name))) {
                home.put(name, current);
            }
            drivers.put(name, new Driver(about, version, State.ACTIVE, ""));
            LOG.info("driver {} {} of {} runs", name, about.version(), about.publisher());
            return true;
        } catch (BackupException e) {
            LOG.error("{}", e.getMessage());
            drivers.put(name, new Driver(about, null, State.FAILED, e.getMessage()));
            if (version != null) {
                discard(version);
            }
            if (back == null || back.isRemoved()) {
                return false;
            }
            home.put(name, back.refusing(about.content()));
            boolean runs = beginOn(name, home.current(name), null);
            drivers.computeIfPresent(name, (key, now) -> new Driver(now.about, now.running, now.state, about.version() + " did not start: " + e.getMessage()));
            return runs;
        }
    }

    private void discard(DriverBundles version) {
        if (!version.canStart()) {
            version.abandon();
            return;
        }
        try {
            version.stop(patience.stop());
        } catch (BackupException e) {
            LOG.warn("{}", e.getMessage());
            version.abandon();
        }
        version.uninstall();
    }

    private DriverBundles install(String name, About about) throws BackupException {
        return DriverBundles.install(context, gate, watch, new DriverBundles.Version(name, about.version().toString()), home.folder(name, about.folder()),
                about.bundles());
    }

    /** The highest version of each package that somebody here exports. */
    private Map<String, String> exported() {
        Map<String, org.osgi.framework.Version> exported = new HashMap<>();
        Arrays.stream(context.getBundles()).map(bundle -> bundle.adapt(BundleRevision.class)).filter(revision -> revision != null)
                .flatMap(revision -> capabilities(revision).stream())
                .forEach(capability -> exported.merge((String) capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE),
                        (org.osgi.framework.Version) capability.getAttributes().get(Constants.VERSION_ATTRIBUTE), (a, b) -> a.compareTo(b) < 0 ? b : a));
        Map<String, String> text = new HashMap<>();
        exported.forEach((name, version) -> text.put(name, version.toString()));
        return text;
    }

    private static List<BundleCapability> capabilities(BundleRevision revision) {
        BundleWiring wiring = revision.getWiring();
        return wiring == null ? revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
    }

    @Override
    public List<InstalledDriver> list() {
        return drivers.keySet().stream().map(this::describe).toList();
    }

    private InstalledDriver describe(String name) {
        Driver driver = drivers.get(name);
        List<DeviceName> served = List.of();
        String problem = driver.problem;
        try {
            served = devices.of(name);
        } catch (BackupException e) {
            problem = join(problem, e.getMessage());
        }
        return new InstalledDriver(name, driver.about == null ? "0.0.0" : driver.about.version().toString(), driver.about == null ? "" : driver.about.publisher(),
                driver.state, served, join(problem, watch.stuck(name)));
    }

    private static String join(String one, String other) {
        return one.isEmpty() ? other : other.isEmpty() ? one : one + "; " + other;
    }

    /** A change of what is here. */
    @FunctionalInterface
    private interface Change<T> {
        T run(Admission.Candidate candidate, About about) throws BackupException;
    }

    private <T> T admit(Path file, PublisherTrust trust, Change<T> change) throws BackupException {
        if (!Files.isRegularFile(file)) {
            admission.look(file);
        }
        changing.lock();
        try {
            Path copy = home.take(file);
            try {
                Admission.Candidate candidate = admission.look(copy);
                About about = About.of(candidate, candidate.verified(trust));
                if (about.publisher().isEmpty()) {
                    LOG.warn("driver {} {} is unsigned and let in, for this appliance is in development mode", candidate.name(), about.version());
                }
                candidate.requireServed(exported());
                return change.run(candidate, about);
            } finally {
                home.drop(copy);
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public Outcome.Done install(Path file, PublisherTrust trust) throws BackupException {
        return admit(file, trust, (candidate, about) -> {
            String name = candidate.name();
            if (drivers.containsKey(name)) {
                throw BackupException.operator("driver.installed", name, "driver " + name + " is here already in version "
                        + describe(name).version() + "; \"azekura driver update\" puts another in its place");
            }
            Current before = home.current(name);
            home.add(name, candidate, about);
            DriverBundles version = null;
            boolean done = false;
            try {
                version = install(name, about);
                version.resolve();
                version.start(patience.start());
                home.put(name, followed(before, about));
                done = true;
            } finally {
                if (!done) {
                    if (version != null) {
                        discard(version);
                    }
                    undo(name, before);
                }
            }
            drivers.put(name, new Driver(about, version, State.ACTIVE, ""));
            LOG.info("driver {} {} of {} is installed", name, about.version(), about.publisher());
            return new Outcome.Done(describe(name));
        });
    }

    private void undo(String name, Current before) throws BackupException {
        if (before == null) {
            home.remove(name);
        } else {
            home.tidy(name);
        }
    }

    @Override
    public Outcome update(Path file, PublisherTrust trust) throws BackupException {
        return admit(file, trust, (candidate, about) -> {
            String name = candidate.name();
            Driver now = get(name);
            if (now.about != null && about.version().compareTo(now.about.version()) <= 0) {
                throw BackupException.operator("package.refused", name, "the package of driver " + name + " " + about.version() + " is refused: "
                        + now.about.version() + " is here, and only a newer one takes its place; give one with a higher version");
            }
            if (about.kind() == Admission.Kind.CATALOG) {
                throw BackupException.operator("package.refused", name, "driver " + name + " keeps the catalog, which can't give way while the server runs");
            }
            return swap(name, now, candidate, about);
        });
    }

    private Outcome swap(String name, Driver now, Admission.Candidate candidate, About about) throws BackupException {
        Current before = home.current(name);
        home.add(name, candidate, about);
        DriverBundles next = null;
        boolean resolved = false;
        try {
            next = install(name, about);
            next.resolve();
            resolved = true;
        } finally {
            if (!resolved) {
                if (next != null) {
                    next.uninstall();
                }
                home.tidy(name);
            }
        }
        String why = "driver " + name + " is updated" + (now.about == null ? "" : " from " + now.about.version()) + " to " + about.version();
        LOG.info("{}", why);
        drivers.put(name, new Driver(now.about, now.running, State.SWAPPING, why));
        Swap.End end = null;
        try {
            end = new Swap(uses, patience).run(why, Set.copyOf(devices.of(name)), now.running, next, now.about == null ? null : () -> install(name, now.about),
                    () -> home.put(name, followed(before, about)));
            return ended(name, now, about, end);
        } finally {
            if (end == null) {
                drivers.put(name, now);
            }
            home.tidy(name);
        }
    }

    @Override
    public Outcome restart(String name, String why) throws BackupException {
        changing.lock();
        try {
            Driver now = get(name);
            if (now.running == null || !restarted.add(now.about.content())) {
                throw BackupException.operator("driver.restarted", name, "driver " + name + (now.running == null ? " does not run" : " was started anew already")
                        + ", and stays as it is: " + why);
            }
            DriverBundles next = install(name, now.about);
            next.resolve();
            String what = "driver " + name + " " + now.about.version() + " is started anew, for " + why;
            LOG.warn("{}", what);
            drivers.put(name, new Driver(now.about, now.running, State.SWAPPING, what));
            Swap.End end = null;
            try {
                end = new Swap(uses, patience).run(what, Set.copyOf(devices.of(name)), now.running, next, null, () -> {});
                return ended(name, now, now.about, end);
            } finally {
                if (end == null) {
                    drivers.put(name, now);
                }
            }
        } finally {
            changing.unlock();
        }
    }

    private Outcome ended(String name, Driver now, About about, Swap.End end) {
        return switch (end) {
            case Swap.End.Swapped(DriverBundles running) -> {
                drivers.put(name, new Driver(about, running, State.ACTIVE, ""));
                LOG.info("driver {} {} of {} runs", name, about.version(), about.publisher());
                yield new Outcome.Done(describe(name));
            }
            case Swap.End.BackedOut(DriverBundles running, BackupException why) -> {
                drivers.put(name, new Driver(now.about, running, State.ACTIVE, ""));
                LOG.warn("driver {} {} was backed out, {} runs again: {}", name, about.version(), now.about.version(), why.getMessage());
                yield new Outcome.BackedOut(describe(name), why.getMessage());
            }
            case Swap.End.Lost(BackupException why) -> {
                drivers.put(name, new Driver(now.about, null, State.FAILED, why.getMessage()));
                LOG.error("driver {} does not run any more: {}", name, why.getMessage());
                yield new Outcome.BackedOut(describe(name), why.getMessage());
            }
        };
    }

    private Driver get(String name) throws BackupException {
        Driver driver = drivers.get(name);
        if (driver == null) {
            throw BackupException.operator("driver.unknown", name, "there is no driver " + name + " here; there are: " + String.join(", ", drivers.keySet()));
        }
        return driver;
    }

    @Override
    public void remove(String name) throws BackupException {
        changing.lock();
        try {
            Driver now = get(name);
            List<DeviceName> used = devices.of(name);
            if (!used.isEmpty()) {
                throw BackupException.operator("driver.used", name, "driver " + name + " serves " + used + "; remove these devices first");
            }
            String content = builtIn.get(name);
            if (content == null) {
                home.remove(name);
            } else {
                home.put(name, new Current(Current.NONE, null, List.of()).refusing(content));
            }
            drivers.remove(name);
            if (now.running != null) {
                discard(now.running);
            }
            home.tidy(name);
            LOG.info("driver {} is removed", name);
        } finally {
            changing.unlock();
        }
    }

    private Bundle system() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }

    /** Holds from the next change on. */
    void have(Patience other) {
        patience = other;
    }

    /** What runs stops; at the next {@link #begin} it runs again. A framework that ends stops it by itself. */
    @Override
    public void close() {
        if (system().getState() == Bundle.ACTIVE) {
            changing.lock();
            try {
                drivers.values().stream().map(Driver::running).filter(running -> running != null).forEach(this::discard);
                drivers.clear();
            } finally {
                changing.unlock();
            }
        }
        gate.close();
    }
}
