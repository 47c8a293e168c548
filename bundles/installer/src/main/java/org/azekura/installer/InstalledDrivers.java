package org.azekura.installer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.azekura.api.driver.PublisherTrust;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drivers of this process. Changes come one after the other; what there is can be asked for meanwhile. Thread-safe. */
final class InstalledDrivers implements DriverInstaller, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledDrivers.class);

    private final Admission admission;
    private final DriverHome home;
    private final Gate gate;
    private final Uses uses;
    private final DeviceBook devices;
    private final DriverFramework framework;
    private final Roster roster;
    private final Exchange exchange;
    private final ReentrantLock changing = new ReentrantLock();
    /** Content ids of versions that were started anew; guarded by the lock. */
    private final Set<String> restarted = new HashSet<>();
    private volatile Beginning.Distribution distribution = new Beginning.Distribution(Map.of(), Set.of());

    InstalledDrivers(BundleContext context, Admission admission, DriverHome home, Gate gate, Uses uses, DeviceBook devices, Patience patience) {
        this.admission = admission;
        this.home = home;
        this.gate = gate;
        this.uses = uses;
        this.devices = devices;
        this.framework = new DriverFramework(context, gate, patience);
        this.roster = new Roster(devices, framework);
        this.exchange = new Exchange(home, framework, roster, uses, devices);
    }

    /** As {@link Beginning#run}. */
    void begin(List<Path> packages, PublisherTrust trust) throws BackupException {
        changing.lock();
        try {
            distribution = new Beginning(admission, home, framework, roster).run(packages, trust);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public List<InstalledDriver> list() {
        return roster.list();
    }

    @Override
    public List<Unserved> unserved(Map<String, String> offered) {
        return roster.all().stream().map(Driver::whole).filter(whole -> whole != null && !whole.isShipped() && !isOfDistribution(whole))
                .map(whole -> new Unserved(whole.name(), whole.version().toString(), missing(whole, offered))).filter(one -> !one.lacks().isEmpty()).toList();
    }

    private boolean isOfDistribution(Whole whole) {
        return whole.content().equals(distribution.packages().get(whole.name()));
    }

    private String missing(Whole whole, Map<String, String> offered) {
        try {
            return admission.missing(whole.folder(), offered);
        } catch (BackupException e) {
            return e.getMessage();
        }
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
                candidate.requireServed(framework.exported());
                return change.run(candidate, about);
            } finally {
                home.drop(copy);
            }
        } finally {
            changing.unlock();
        }
    }

    private static BackupException refused(String name, About about, String why) {
        return BackupException.operator("package.refused", name, "the package of driver " + name + " " + about.version() + " is refused: " + why);
    }

    @Override
    public Outcome.Done install(Path file, PublisherTrust trust) throws BackupException {
        return admit(file, trust, (candidate, about) -> {
            String name = candidate.name();
            if (roster.has(name)) {
                throw BackupException.operator("driver.installed", name, "driver " + name + " is here already in version "
                        + roster.describe(name).version() + "; \"azekura driver update\" puts another in its place");
            }
            if (about.kind() == Admission.Kind.CATALOG) {
                throw refused(name, about, "the catalog is kept by another store, whose rows this one does not have; only newer versions of that one take its"
                        + " place");
            }
            Current before = home.current(name);
            home.add(name, candidate, about);
            Whole whole = Whole.of(name, about, home.folder(name, about.folder()));
            DriverBundles version = null;
            boolean done = false;
            try {
                version = framework.install(whole);
                version.resolve();
                version.start(framework.patience().start());
                home.put(name, Current.followed(before, about));
                done = true;
            } finally {
                if (!done) {
                    if (version != null) {
                        framework.discard(version);
                    }
                    home.tidy(name);
                }
            }
            roster.put(name, Driver.active(whole, version));
            LOG.info("driver {} {} of {} is installed", name, about.version(), whole.source());
            return new Outcome.Done(roster.describe(name));
        });
    }

    @Override
    public Outcome update(Path file, PublisherTrust trust) throws BackupException {
        return admit(file, trust, (candidate, about) -> {
            String name = candidate.name();
            Whole now = roster.get(name).whole();
            if (now != null && about.version().compareTo(now.version()) <= 0) {
                throw refused(name, about, now.version() + " is here, and only a newer one takes its place; give one with a higher version");
            }
            if (now != null && about.kind() != now.kind()) {
                throw refused(name, about, "it serves as " + about.kind().word() + ", and " + name + " " + now.version() + " as " + now.kind().word());
            }
            return exchange.update(name, candidate, about);
        });
    }

    @Override
    public Outcome restart(String name, String why) throws BackupException {
        changing.lock();
        try {
            Driver now = roster.get(name);
            if (now.running() == null || !restarted.add(now.whole().content())) {
                throw BackupException.operator("driver.restarted", name, "driver " + name + (now.running() == null ? " does not run" : " was started anew already")
                        + ", and stays as it is: " + why);
            }
            return exchange.restart(name, why);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void remove(String name, boolean park) throws BackupException {
        changing.lock();
        try {
            Driver now = roster.get(name);
            requireNotOurs(name, now);
            Set<DeviceName> used = new TreeSet<>(devices.of(name));
            if (!used.isEmpty() && !park) {
                throw BackupException.operator("driver.used", name, "driver " + name + " serves " + used + "; remove these devices first, or have their jobs"
                        + " park until it is installed again (--park)");
            }
            try (DeviceUse.Pause _ = uses.pause(Admission.Kind.DEVICE, used, "driver " + name + " was removed", framework.patience().calls())) {
                remove(name, now);
            }
            LOG.info("driver {} is removed{}", name, used.isEmpty() ? "" : "; jobs on " + used + " park until it is installed again");
        } finally {
            changing.unlock();
        }
    }

    private void remove(String name, Driver now) throws BackupException {
        String content = distribution.packages().get(name);
        if (content == null) {
            home.remove(name);
        } else {
            home.put(name, new Current(Current.NONE, null, List.of()).refusing(content));
        }
        roster.remove(name);
        if (now.running() != null) {
            framework.discard(now.running());
        }
        home.tidy(name);
    }

    private void requireNotOurs(String name, Driver now) throws BackupException {
        if (now.whole() != null && (now.whole().kind() == Admission.Kind.CATALOG || distribution.bundles().contains(name))) {
            throw BackupException.operator("driver.used", name, "driver " + name + " came with the appliance, which needs it; a newer version can take its place");
        }
    }

    /** Holds from the next change on. */
    void have(Patience other) {
        framework.have(other);
    }

    /** What came in packages stops; at the next {@link #begin} it runs again. A framework that ends stops it by itself. */
    @Override
    public void close() {
        if (framework.runs()) {
            changing.lock();
            try {
                roster.all().stream().filter(driver -> driver.running() != null && !driver.whole().isShipped()).forEach(driver -> framework.discard(driver.running()));
                roster.clear();
            } finally {
                changing.unlock();
            }
        }
        gate.close();
    }
}
